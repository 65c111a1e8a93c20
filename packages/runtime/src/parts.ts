import type { PureTransform, Sha256, Snapshot } from "@omnibase/core";
import type { Clock, Entropy, Failpoint, Handler, ProjectedFiles, Sealing, SnapshotSource, Store } from "@omnibase/spi";

/** What a host is made of. Everything that differs between two hosts, or between a host and its test, stands here. */
export interface HostParts {
  readonly store: Store;
  readonly snapshots: SnapshotSource;
  /** By the name that an effect's work says. */
  readonly handlers: ReadonlyMap<string, Handler>;
  /** By the sealed name, `std.generate_id@1`. */
  readonly transform: (implementation: string) => PureTransform | undefined;
  readonly sha256: Sha256;
  readonly clock: Clock;
  readonly files: ProjectedFiles;
  readonly failpoint: Failpoint;
  /** `omnibase/0.1.0`, as `Started` records it. */
  readonly engine: string;
  /** Absent: no step draws any. */
  readonly entropy?: Entropy;
  /** Absent: no workflow is executed that has secrets. */
  readonly sealing?: Sealing;
  /** What confines the code of others that a snapshot seals, as `Started` records it. Absent: nothing of that kind. */
  readonly isolation?: (implementations: Snapshot["implementations"]) => readonly string[] | undefined;
}

/** Bounds of a host, with the unit last. */
export const hostLimits = {
  /** Executions that are under way at once; above it, a start is answered `BUSY`. */
  executionsMax: 10_000,
  busyRetryMs: 1_000,
  /** A segment of pure steps ends after so long, so that a long computation leaves evidence on its way. */
  segmentMsMax: 10,
  /** How many steps pass between two looks at the clock. */
  segmentLookSteps: 16,
  /** A parked execution is kept in memory when its timer is nearer than this. */
  nearTimerMs: 60_000,
  /** Timers that are fired at once: so many executions are brought into memory for it. */
  timersPerLook: 100,
  /** A projected file that is one object, read back whole. */
  objectFileBytesMax: 16_777_216,
  /** Wall clocks jump, so nobody sleeps longer than this before looking again. */
  timerLookMsMax: 60_000,
  recoverPerLook: 1_000,
  /** How long a store that is full, or busy, is left alone before the same commit is tried again. */
  storeRetryMs: 250,
  conflictsMax: 3,
  /** How long a leaving owner waits for answers in flight. */
  drainMsMax: 10_000,
  drainLookMs: 5,
  /** What one step of tidying does at most: commits that come meanwhile wait for no more than this. */
  tidyRecordsMax: 500,
  tidyPagesMax: 128,
} as const;

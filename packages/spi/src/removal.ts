import type { ExecutionKey, ExecutionRow } from "./execution.ts";

/** An execution as a policy looks at it. */
export interface Extent extends ExecutionRow {
  readonly records: number;
  /** Of its records. */
  readonly bytes: number;
}

export interface ExtentQuery {
  readonly tenant: string;
  readonly after: number;
  readonly limit: number;
}

/** One execution that is to go, and what is remembered of it beside what its row says. */
export interface Removal extends Remembered {
  readonly key: ExecutionKey;
  /** The execution goes only if its log is still exactly this. */
  readonly head: string;
  readonly records: number;
}

interface Remembered {
  readonly removedMs: number;
  /** The rule by which it went, in words. */
  readonly policy: string;
  /** Where it was archived to; absent: nowhere. */
  readonly archive?: string;
  /** Until when it is remembered; absent: for ever. */
  readonly untilMs?: number;
}

/** What stands where an execution was. A receipt of it still verifies, against the head. */
export interface Tombstone extends Omit<ExecutionRow, "status">, Remembered {
  readonly head: string;
  readonly records: number;
}

/** `gone`: there is no such execution. `spared`: it may not go, or its log is another than was meant. */
export type Removed = "removed" | "gone" | "spared";

export interface TidyBounds {
  readonly nowMs: number;
  /** Records that are erased, and tombstones that fall, at most. */
  readonly recordsMax: number;
  /** Pages that are given back to the disk, at most. */
  readonly pagesMax: number;
}

export interface Tidied {
  readonly records: number;
  readonly tombstones: number;
  readonly freedBytes: number;
  /** Whether another step would find something to do. */
  readonly more: boolean;
}

import { randomBytes } from "node:crypto";
import { executionIdAt, type Snapshot } from "@omnibase/core";
import { systemClock } from "@omnibase/infra/clock";
import { sha256 } from "@omnibase/infra/crypto";
import { heard, openMetrics, type DoorParts, type Heard, type Metrics } from "@omnibase/server";
import type { Io } from "../edge/io.ts";
import { version } from "../program/version.ts";
import type { Project } from "../project/open.ts";
import { explanationOf } from "../text/codes.ts";
import { refusedFault } from "../text/faults.ts";
import { refusedByOwner } from "../text/refusals.ts";
import type { Driver, Listener } from "./drive.ts";
import { evidenceOf } from "./evidence.ts";
import { tenant } from "./layout.ts";

/** What was opened, and where its log goes. */
export interface Opened {
  readonly io: Pick<Io, "err">;
  readonly driver: Driver;
  readonly hearing: Hearing;
  readonly snapshot: Snapshot;
}

/** Hears all that an owner commits, and counts it. */
export interface Hearing {
  readonly metrics: Metrics;
  readonly listener: Listener;
  /** The store of the owner that listens to it. */
  readonly told: () => Heard;
}

export function openHearing(): Hearing {
  const metrics = openMetrics();
  let told: Heard | undefined;
  return {
    metrics,
    listener: {
      through: (store) => (told = heard(store, { clock: systemClock(), metrics })).store,
      grouped: (writes) => metrics.observe("omnibase_commit_group_size", writes),
    },
    told: () => {
      if (told === undefined) throw new Error("impossible: the owner of a data root has no store");
      return told;
    },
  };
}

/** What a door is opened on. */
export function doorParts(project: Project, { driver, hearing, io, snapshot }: Opened): DoorParts {
  const clock = systemClock();
  const { commits, store } = hearing.told();
  return {
    owner: driver.owner,
    store,
    commits,
    metrics: hearing.metrics,
    evidence: evidenceOf(project, store),
    words: {
      refusal: refusedByOwner,
      fault: refusedFault,
      title: (code) => explanationOf(code)?.says,
    },
    snapshot,
    tenant,
    version,
    publicKeyPem: project.key.publicKeyPem,
    clock,
    sha256,
    newId: () => executionIdAt(clock.nowMs(), randomBytes(10).toString("hex")),
    say: (line) => io.err(`${line}\n`),
  };
}

import { randomBytes } from "node:crypto";
import { executionIdAt, type Snapshot } from "@omnibase/core";
import { systemClock } from "@omnibase/infra/clock";
import { sha256 } from "@omnibase/infra/crypto";
import type { DoorParts, Heard, Metrics } from "@omnibase/server";
import type { Io } from "../edge/io.ts";
import { version } from "../program/version.ts";
import type { Project } from "../project/open.ts";
import { explanationOf } from "../text/codes.ts";
import { refusedFault } from "../text/faults.ts";
import { refusedByOwner } from "../text/refusals.ts";
import type { Driver } from "./drive.ts";
import { evidenceOf } from "./evidence.ts";
import { tenant } from "./layout.ts";

/** What was opened, and where its log goes. */
export interface Opened {
  readonly io: Pick<Io, "err">;
  readonly driver: Driver;
  readonly metrics: Metrics;
  readonly snapshot: Snapshot;
  readonly told: Heard;
}

/** What a door is opened on. */
export function doorParts(project: Project, { driver, io, metrics, snapshot, told }: Opened): DoorParts {
  const clock = systemClock();
  return {
    owner: driver.owner,
    store: told.store,
    commits: told.commits,
    metrics,
    evidence: evidenceOf(project, told.store),
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

import { mkdirSync } from "node:fs";
import { ok, type Result } from "@omnibase/core";
import { systemClock } from "@omnibase/infra/clock";
import { sha256 } from "@omnibase/infra/crypto";
import { projectedFiles } from "@omnibase/infra/files";
import { snapshotFolder } from "@omnibase/infra/snapshots";
import { openSqliteStore } from "@omnibase/infra/sqlite";
import { builtinTransforms } from "@omnibase/infra/transforms";
import { openHost } from "@omnibase/runtime";
import { noFailpoint, type Owner } from "@omnibase/spi";
import type { Refused } from "../edge/report.ts";
import { engine } from "../program/version.ts";
import type { Project } from "../project/open.ts";
import { snapshotsFolder, storeFile, storeFolder } from "./layout.ts";

/** Whoever drives executions over the data root: this process, or the one that owns it. */
export interface Driver {
  readonly owner: Owner;
  close(): Promise<void>;
}

export async function openDriver({ dataRoot, trust }: Project): Promise<Result<Driver, Refused>> {
  mkdirSync(storeFolder(dataRoot), { recursive: true, mode: 0o700 });
  const store = await openSqliteStore(storeFile(dataRoot), { inline: true });
  const host = openHost({
    store,
    snapshots: snapshotFolder(snapshotsFolder(dataRoot), { trust }),
    handlers: new Map(),
    transform: (implementation) => builtinTransforms[implementation],
    sha256,
    clock: systemClock(),
    files: projectedFiles(dataRoot),
    failpoint: noFailpoint,
    engine,
  });
  return ok({
    owner: host,
    close: async () => {
      await host.drain();
      await store.close();
    },
  });
}

import { join } from "node:path";
import type { Digest } from "@omnibase/core";
import { sha256, trustOf } from "@omnibase/infra/crypto";
import { systemClock } from "@omnibase/infra/clock";
import { failpointFromEnvironment } from "@omnibase/infra/failpoints";
import { projectedFiles } from "@omnibase/infra/files";
import { httpHandler } from "@omnibase/infra/http";
import { snapshotFolder } from "@omnibase/infra/snapshots";
import { openSqliteStore } from "@omnibase/infra/sqlite";
import { openHost } from "@omnibase/runtime";
import type { HostParts } from "@omnibase/runtime";
import type { Failpoint, Owner, SnapshotSource } from "@omnibase/spi";
import { openDriver } from "../../../apps/cli/src/data/drive.ts";
import { openSession } from "../../../apps/cli/src/session.ts";
import type { OwnedHost } from "../../../apps/cli/src/session.ts";
import { laneKey, transformOf } from "./project.ts";
import { breach } from "./sabotage.ts";
import type { Sabotage, VictimOptions } from "./victim-messages.ts";

/** A process that owns a data root, or talks to its owner. */
export interface Composition {
  readonly owner: Owner;
  keep(digest: Digest, text: string): Promise<void>;
  close(): Promise<void>;
}

export const storeFile = (dataRoot: string): string => join(dataRoot, ".omnibase/store.db");
export const socketOf = (dataRoot: string): string => join(dataRoot, ".omnibase/owner.sock");
const snapshotsOf = (dataRoot: string): string => join(dataRoot, ".omnibase/snapshots");

/** What lives is the command's own composition, down to the last part; only what carries a breach is put together here. */
export async function compose(options: VictimOptions): Promise<Composition> {
  if (options.sabotage !== undefined) return composeBreached(options, options.sabotage);
  const { dataRoot, inline } = options;
  const ground = { dataRoot, trust: trustOf([laneKey()]), config: { hosts: [], trust: [] }, workspaces: [] };
  const driver = await openDriver(ground, { env: process.env, lasting: !inline });
  return {
    owner: driver.owner,
    keep: (digest, text) => driver.keep({ digest, text, implementations: [] }),
    close: () => driver.close(),
  };
}

async function composeBreached(options: VictimOptions, sabotage: Sabotage): Promise<Composition> {
  const { dataRoot } = options;
  const failpoint = failpointFromEnvironment(process.env);
  const snapshots = snapshotFolder(snapshotsOf(dataRoot), { trust: trustOf([laneKey()]), failpoint });
  const session = await openSession({
    dataRoot,
    clock: systemClock(),
    failpoint,
    openHost: async () => {
      const parts = await partsOf(options, snapshots, failpoint);
      return breach(parts, sabotage, hostOver);
    },
  });
  return { owner: session, keep: (digest, text) => snapshots.keep(digest, text), close: () => session.close() };
}

const hostOver = (parts: HostParts): OwnedHost => ({ ...openHost(parts), close: () => parts.store.close() });

async function partsOf(
  { dataRoot, inline, sabotage }: VictimOptions,
  snapshots: SnapshotSource,
  failpoint: Failpoint,
): Promise<HostParts> {
  const store = await openSqliteStore(storeFile(dataRoot), {
    inline,
    failpoint,
    workerUrl: new URL("./sqlite-worker.js", import.meta.url),
    ...(sabotage === "synchronous-off" ? { synchronous: "OFF" } : {}),
  });
  const http = httpHandler();
  return {
    store,
    snapshots,
    handlers: new Map([[http.name, http]]),
    transform: transformOf,
    sha256,
    clock: systemClock(),
    files: projectedFiles(dataRoot),
    failpoint,
    engine: "omnibase/0.1.0",
  };
}

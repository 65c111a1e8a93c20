import { join } from "node:path";
import { sha256, trustOf } from "@omnibase/infra/crypto";
import { systemClock } from "@omnibase/infra/clock";
import { failpointFromEnvironment } from "@omnibase/infra/failpoints";
import { projectedFiles } from "@omnibase/infra/files";
import { httpHandler } from "@omnibase/infra/http";
import { snapshotFolder } from "@omnibase/infra/snapshots";
import { openSqliteStore } from "@omnibase/infra/sqlite";
import { openHost } from "@omnibase/runtime";
import type { HostParts } from "@omnibase/runtime";
import type { Failpoint, SnapshotSource } from "@omnibase/spi";
import { openSession } from "../../../apps/cli/src/session.ts";
import type { OwnedHost, Session } from "../../../apps/cli/src/session.ts";
import { laneKey, transformOf } from "./project.ts";
import { breach } from "./sabotage.ts";
import type { VictimOptions } from "./victim-messages.ts";

/** A process that owns a data root, or talks to its owner, made of the same parts as the command. */
export interface Composition {
  readonly session: Session;
  readonly snapshots: SnapshotSource;
}

export const storeFile = (dataRoot: string): string => join(dataRoot, ".omnibase/store.db");
export const socketOf = (dataRoot: string): string => join(dataRoot, ".omnibase/owner.sock");
const snapshotsOf = (dataRoot: string): string => join(dataRoot, ".omnibase/snapshots");

export async function compose(options: VictimOptions): Promise<Composition> {
  const { dataRoot, sabotage } = options;
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
  return { session, snapshots };
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
    workerUrl: new URL("./worker-entry.mjs", import.meta.url),
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

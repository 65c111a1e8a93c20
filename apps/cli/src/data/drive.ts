import { systemClock } from "@omnibase/infra/clock";
import { sealingIn, sha256, systemEntropy } from "@omnibase/infra/crypto";
import { failpointFromEnvironment } from "@omnibase/infra/failpoints";
import { makeDirectory, projectedFiles } from "@omnibase/infra/files";
import { OwnerGone } from "@omnibase/infra/owner";
import { snapshotFolder } from "@omnibase/infra/snapshots";
import { openSqliteStore } from "@omnibase/infra/sqlite";
import { openHost } from "@omnibase/runtime";
import type { ExecutionKey, Failpoint, Owner, Reply, Standing, Store } from "@omnibase/spi";
import type { Io } from "../edge/io.ts";
import { engine } from "../program/version.ts";
import type { Project } from "../project/open.ts";
import { openSession, type OwnedHost } from "../session.ts";
import { handlersFor } from "./handlers.ts";
import { isolationOf } from "./own-code.ts";
import { keepTransforms, keptTransforms, withTransforms, type KeptSource } from "./kept-transforms.ts";
import { snapshotsFolder, storeFile, storeFolder } from "./layout.ts";

/** Whoever drives executions over the data root: this process, or the one that owns it. */
export interface Driver {
  readonly owner: Owner;
  /** Keeps a compiled snapshot, and the code that came with it, where executions find it. */
  keep(built: Kept): Promise<void>;
  /** Drains what is ours and lets go. Whoever still waits is told `OWNER_LEAVING`. */
  close(): Promise<void>;
}

interface Kept {
  readonly digest: string;
  readonly text: string;
  readonly implementations: readonly KeptSource[];
}

export interface Driving extends Pick<Io, "env"> {
  /** Many executions, for long: the store gets a thread of its own. */
  readonly lasting: boolean;
  /** Present where this process must be the owner itself: whoever hears of all that is committed. */
  readonly listener?: Listener;
}

export interface Listener {
  /** What is driven on goes through the store that is handed back. */
  readonly through: (store: Store) => Store;
  readonly grouped: (writes: number) => void;
}

/** Whose data it is, whose signatures count there, and where its secrets lie. */
type Ground = Pick<Project, "config" | "dataRoot" | "trust" | "workspaces">;

export async function openDriver(project: Ground, { env, lasting, listener }: Driving): Promise<Driver> {
  const { dataRoot, trust } = project;
  makeDirectory(dataRoot, 0o777);
  makeDirectory(storeFolder(dataRoot), 0o700);
  const failpoint = failpointFromEnvironment(env);
  const clock = systemClock();
  const owned = (): Promise<OwnedHost> => ownHost(project, { env, failpoint, lasting, listener });
  const session = await openSession({ dataRoot, openHost: owned, clock, failpoint, alone: listener !== undefined });
  return {
    owner: { ...session, wait: (key) => waitOrLeave(session, key) },
    keep: ({ digest, implementations, text }) => {
      keepTransforms(dataRoot, implementations);
      return snapshotFolder(snapshotsFolder(dataRoot), { trust, failpoint }).keep(digest, text);
    },
    close: () => session.close(),
  };
}

interface Hosting extends Pick<Driving, "env" | "lasting"> {
  readonly failpoint: Failpoint;
  readonly listener: Driving["listener"];
}

/** One command commits where it runs: a worker would take longer to start than it is of use. */
async function ownHost(ground: Ground, { env, failpoint, lasting, listener }: Hosting): Promise<OwnedHost> {
  const { config, dataRoot, trust } = ground;
  const store = await openSqliteStore(storeFile(dataRoot), {
    inline: !lasting,
    failpoint,
    ...bundledWorker(),
    ...(listener === undefined ? {} : { grouped: listener.grouped }),
  });
  const kept = keptTransforms(ground);
  const host = openHost({
    store: listener?.through(store) ?? store,
    snapshots: withTransforms(snapshotFolder(snapshotsFolder(dataRoot), { trust, failpoint }), kept, dataRoot),
    handlers: handlersFor({ ...ground, env }),
    transform: kept.transform,
    sha256,
    clock: systemClock(),
    files: projectedFiles(dataRoot),
    failpoint,
    engine,
    entropy: systemEntropy,
    sealing: sealingIn(storeFolder(dataRoot), systemEntropy),
    isolation: (implementations) => isolationOf(implementations, config),
  });
  return {
    ...host,
    close: async () => {
      await kept.close();
      await store.close();
    },
  };
}

/** Beside the bundle, whichever part of it this code went to; sources find the worker by themselves. */
function bundledWorker(): { readonly workerUrl?: URL } {
  if (import.meta.url.endsWith(".ts")) return {};
  return {
    workerUrl: new URL(
      import.meta.url.includes("/chunks/") ? "../sqlite-worker.js" : "./sqlite-worker.js",
      import.meta.url,
    ),
  };
}

/** Hanging up on an owner while it works leaves the work to it; that is leaving, too. */
async function waitOrLeave(owner: Owner, key: ExecutionKey): Promise<Reply<Standing>> {
  try {
    return await owner.wait(key);
  } catch (error) {
    if (error instanceof OwnerGone) return { ok: false, error: { code: "OWNER_LEAVING" } };
    throw error;
  }
}

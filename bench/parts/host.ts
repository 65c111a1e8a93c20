import type { Graph, Json, Snapshot } from "@omnibase/core";
import { systemClock } from "@omnibase/infra/clock";
import { sha256 } from "@omnibase/infra/crypto";
import { httpHandler } from "@omnibase/infra/http";
import { memorySnapshots } from "@omnibase/infra/memory";
import { openSqliteStore } from "@omnibase/infra/sqlite";
import { builtinTransforms } from "@omnibase/infra/transforms";
import { openHost } from "@omnibase/runtime";
import type { Host } from "@omnibase/runtime";
import { noFailpoint } from "@omnibase/spi";
import type { Clock, Handler, Store } from "@omnibase/spi";
import { workflow } from "./graph.ts";

/** The one snapshot that is measured. */
export const digest = `sha256:${"0".repeat(64)}`;

const noop: Handler = {
  name: "noop",
  handle: () => Promise.resolve({ kind: "done", outcome: "SUCCESS", value: {} }),
};

export interface HostPlan {
  readonly store: Store;
  readonly graphs: readonly Graph[];
  /** What may be called over HTTP. */
  readonly hosts?: readonly string[];
  readonly clock?: Clock;
}

export function hostOver({ clock = systemClock(), graphs, hosts = [], store }: HostPlan): Host {
  const snapshot: Snapshot = {
    digest,
    keyid: digest,
    objects: {},
    graphs: Object.fromEntries(graphs.map((graph) => [graph.workflow, graph])),
    implementations: { "std.generate_id": "std.generate_id@1" },
    authority: { hosts, stores: {} },
  };
  return openHost({
    store,
    snapshots: memorySnapshots(() => snapshot),
    handlers: new Map([noop, httpHandler()].map((handler) => [handler.name, handler])),
    transform: (implementation) => builtinTransforms[implementation],
    sha256,
    clock,
    files: { read: () => Promise.resolve(undefined), write: () => Promise.resolve(), list: () => Promise.resolve([]) },
    failpoint: noFailpoint,
    engine: "omnibase/0.1.0",
  });
}

export const sqliteStore = (file: string, kind: "worker" | "inline"): Promise<Store> =>
  openSqliteStore(file, { inline: kind === "inline", workerUrl: new URL("./worker-entry.js", import.meta.url) });

/** From its start to its end, or this program ends. */
export async function executeOne(host: Host, execution: string, input: Json): Promise<void> {
  const key = { tenant: "default", execution };
  const started = await host.start({ ...key, workflow, snapshot: digest, input, principal: "bench" });
  if (!started.ok) throw new Error(started.error.code);
  const ended = await host.wait(key);
  if (!ended.ok || ended.value.status !== "ended") throw new Error(JSON.stringify(ended));
}

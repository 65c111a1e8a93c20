import { performance } from "node:perf_hooks";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Snapshot } from "@omnibase/core";
import { systemClock } from "@omnibase/infra/clock";
import { sha256 } from "@omnibase/infra/crypto";
import { httpHandler } from "@omnibase/infra/http";
import { memoryStore } from "@omnibase/infra/memory";
import { openSqliteStore } from "@omnibase/infra/sqlite";
import { builtinTransforms } from "@omnibase/infra/transforms";
import { openHost } from "@omnibase/runtime";
import type { Host } from "@omnibase/runtime";
import { noFailpoint } from "@omnibase/spi";
import type { Handler, Store } from "@omnibase/spi";
import { graphOf, workflow } from "./graph.ts";
import type { Shape } from "./graph.ts";

/** One load on one host, in a process of its own. Prints one line of JSON. */
export interface LoadTask {
  readonly shape: { readonly pures: number; readonly effects: number; readonly handler: "noop" | "http" };
  readonly concurrency: number;
  readonly executions: number;
  readonly store: "worker" | "inline" | "memory";
  /** A planted fault: every commit takes this much longer. */
  readonly delayMs?: number;
}

export interface LoadFigures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly rssMiB: number;
  readonly cpus: number;
}

const digest = `sha256:${"0".repeat(64)}`;

const noop: Handler = {
  name: "noop",
  handle: () => Promise.resolve({ kind: "done", outcome: "SUCCESS", value: {} }),
};

async function measure(task: LoadTask): Promise<LoadFigures> {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-bench-"));
  const receiver = task.shape.handler === "http" ? await openReceiver() : undefined;
  const origin = receiver === undefined ? "" : `http://127.0.0.1:${String(portOf(receiver))}`;
  const configuration = { method: "PUT", url: `${origin}/effects`, outcomes: { "2xx": "SUCCESS" } };
  const store = await openStore(task, folder);
  const host = hostOver(store, { ...task.shape, configuration }, origin);
  await host.recovered;
  try {
    await drive(host, task, { executions: Math.min(500, task.executions), label: "warm" });
    return await drive(host, task, { executions: task.executions, label: "load" });
  } finally {
    await host.drain();
    await store.close();
    receiver?.close();
    receiver?.closeAllConnections();
    rmSync(folder, { recursive: true });
  }
}

async function openStore(task: LoadTask, folder: string): Promise<Store> {
  const store = await plainStore(task, folder);
  const { delayMs } = task;
  if (delayMs === undefined) return store;
  return {
    ...store,
    async commit(commit) {
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      return store.commit(commit);
    },
  };
}

function plainStore({ store }: LoadTask, folder: string): Promise<Store> {
  if (store === "memory") return Promise.resolve(memoryStore());
  const workerUrl = new URL("./worker-entry.js", import.meta.url);
  return openSqliteStore(join(folder, "store.db"), { inline: store === "inline", workerUrl });
}

function hostOver(store: Store, shape: Shape, origin: string): Host {
  const snapshot: Snapshot = {
    digest,
    keyid: digest,
    objects: {},
    graphs: { [workflow]: graphOf(shape) },
    implementations: { "std.generate_id": "std.generate_id@1" },
    authority: { hosts: [origin], stores: {} },
  };
  return openHost({
    store,
    snapshots: { load: () => Promise.resolve({ ok: true, value: snapshot }), keep: () => Promise.resolve() },
    handlers: new Map([noop, httpHandler()].map((handler) => [handler.name, handler])),
    transform: (implementation) => builtinTransforms[implementation],
    sha256,
    clock: systemClock(),
    files: { read: () => Promise.resolve(undefined), write: () => Promise.resolve(), list: () => Promise.resolve([]) },
    failpoint: noFailpoint,
    engine: "omnibase/0.1.0",
  });
}

async function drive(
  host: Host,
  { concurrency }: LoadTask,
  { executions, label }: { readonly executions: number; readonly label: string },
): Promise<LoadFigures> {
  let next = 0;
  const tookMs: number[] = [];
  const client = async (): Promise<void> => {
    for (let index = next++; index < executions; index = next++) {
      const began = performance.now();
      await one(host, `${label}-${String(index)}`);
      tookMs.push(performance.now() - began);
    }
  };
  const began = performance.now();
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: concurrency }, client));
  const seconds = (performance.now() - began) / 1_000;
  const { system, user } = process.cpuUsage(before);
  tookMs.sort((a, b) => a - b);
  return {
    perSecond: executions / seconds,
    p50Ms: at(tookMs, 0.5),
    p99Ms: at(tookMs, 0.99),
    rssMiB: process.memoryUsage.rss() / 2 ** 20,
    cpus: (system + user) / 1e6 / seconds,
  };
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor(sorted.length * share)] ?? Number.NaN;

async function one(host: Host, execution: string): Promise<void> {
  const key = { tenant: "default", execution };
  const started = await host.start({ ...key, workflow, snapshot: digest, input: { name: "Ada" }, principal: "bench" });
  if (!started.ok) throw new Error(started.error.code);
  const ended = await host.wait(key);
  if (!ended.ok || ended.value.status !== "ended") throw new Error(JSON.stringify(ended));
}

/** Does nothing, quickly, so that what is measured is ours. */
function openReceiver(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(200, { "content-type": "application/json" }).end("{}"));
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the receiver has no port");
  return address.port;
}

const task: LoadTask = JSON.parse(process.argv[2] ?? "{}");
process.stdout.write(`${JSON.stringify(await measure(task))}\n`);

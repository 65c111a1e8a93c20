import { performance } from "node:perf_hooks";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryStore } from "@omnibase/infra/memory";
import type { Host } from "@omnibase/runtime";
import type { Store } from "@omnibase/spi";
import { graphOf } from "./graph.ts";
import type { Shape } from "./graph.ts";
import { executeOne, hostOver, sqliteStore } from "./host.ts";

/** One load on one host, in a process of its own. Prints one line of JSON. */
export interface LoadTask {
  readonly shape: Omit<Shape, "configuration">;
  readonly concurrency: number;
  readonly executions: number;
  readonly store: "worker" | "inline" | "memory";
  /** A planted fault: every commit takes this much longer. */
  readonly delayMs?: number;
  /** A planted fault: a commit takes so much longer for every record that its log holds already. */
  readonly delayUsPerRecord?: number;
}

export interface LoadFigures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly rssMiB: number;
  readonly cpus: number;
  /** How many records the log of one execution holds. */
  readonly records: number;
}

async function measure(task: LoadTask): Promise<LoadFigures> {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-bench-"));
  const receiver = task.shape.handler === "http" ? await openReceiver() : undefined;
  const origin = receiver === undefined ? "" : `http://127.0.0.1:${String(portOf(receiver))}`;
  const configuration = { method: "PUT", url: `${origin}/effects`, outcomes: { "2xx": "SUCCESS" } };
  const store = await openStore(task, folder);
  const host = hostOver({ store, graphs: [graphOf({ ...task.shape, configuration })], hosts: [origin] });
  await host.recovered;
  try {
    await drive(host, task, { executions: Math.min(500, task.executions), label: "warm" });
    const figures = await drive(host, task, { executions: task.executions, label: "load" });
    const lines = await store.read({ tenant: "default", execution: "load-0" });
    return { ...figures, records: lines.length };
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
  const { delayMs = 0, delayUsPerRecord = 0 } = task;
  if (delayMs + delayUsPerRecord === 0) return store;
  return {
    ...store,
    async commit(commit) {
      const ms = delayMs + (delayUsPerRecord * commit.expected) / 1_000;
      await new Promise((resolve) => setTimeout(resolve, ms));
      return store.commit(commit);
    },
  };
}

function plainStore({ store }: LoadTask, folder: string): Promise<Store> {
  return store === "memory" ? Promise.resolve(memoryStore()) : sqliteStore(join(folder, "store.db"), store);
}

async function drive(
  host: Host,
  { concurrency, shape }: LoadTask,
  { executions, label }: { readonly executions: number; readonly label: string },
): Promise<Omit<LoadFigures, "records">> {
  const input = { name: "Ada", items: Array.from({ length: shape.map?.items ?? 0 }, (_, index) => `item ${index}`) };
  let next = 0;
  const tookMs: number[] = [];
  const client = async (): Promise<void> => {
    for (let index = next++; index < executions; index = next++) {
      const began = performance.now();
      await executeOne(host, `${label}-${String(index)}`, input);
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

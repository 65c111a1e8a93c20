import { performance } from "node:perf_hooks";
import type { Store, Timer } from "@omnibase/spi";
import { graphOf, waitGraph } from "./graph.ts";
import { executeOne, hostOver, sqliteStore } from "./host.ts";
import { latenessOf } from "./probe.ts";
import type { Lateness } from "./probe.ts";

/** A host on a store where many executions wait, in a process of its own. Prints one line of JSON. */
export interface TimersTask {
  readonly file: string;
  /** Timers that are due before this instant come due while the host is watched. */
  readonly untilMs: number;
  /** A planted fault: whatever is parked is read into memory at the start, so many times. */
  readonly readsAll?: number;
  /** A planted fault: every commit takes this much longer. */
  readonly delayMs?: number;
}

export interface TimersFigures {
  /** From the start of the process until its first command was answered. */
  readonly answeredMs: number;
  readonly recoveredMs: number;
  /** The most that was seen at any time. */
  readonly rssMiB: number;
  /** How many timers came due and fired, and how late the records that say so were stored. */
  readonly fired: number;
  readonly late: Lateness;
}

async function measure(task: TimersTask): Promise<TimersFigures> {
  const rss = watchRss();
  const firings = new Map<string, number>();
  const plain = await sqliteStore(task.file, "worker");
  const readings = Array.from({ length: task.readsAll ?? 0 }, () => everythingIn(plain));
  await Promise.all(readings);
  const store = watching(plain, firings, task.delayMs ?? 0);
  const shape = { pures: 0, effects: 1, handler: "noop", configuration: {} } as const;
  const host = hostOver({ store, graphs: [graphOf(shape), waitGraph] });
  const recovered = host.recovered.then(() => performance.now());
  await executeOne(host, `first-${String(Date.now())}`, { name: "Ada" });
  const answeredMs = performance.now();
  const recoveredMs = await recovered;
  const awaited = await plain.due(task.untilMs, 10_000);
  if ((awaited[0]?.dueMs ?? 0) <= Date.now()) throw new Error("timers were due before the host could be watched");
  if (new Set(awaited.map(({ dueMs }) => dueMs)).size < awaited.length / 2) throw new Error("timers are due at once");
  await sleepUntil(task.untilMs);
  for (let looks = 0; looks < 1_000 && firings.size < awaited.length; looks += 1) await sleepUntil(Date.now() + 10);
  const lateMs = awaited.flatMap((timer) => lateBy(timer, firings));
  await host.drain();
  await store.close();
  return { answeredMs, recoveredMs, rssMiB: rss(), fired: lateMs.length, late: latenessOf(lateMs) };
}

function watchRss(): () => number {
  let most = 0;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss() / 2 ** 20);
  };
  setInterval(look, 20).unref();
  return () => {
    look();
    return most;
  };
}

/** Notes when a record is stored that says that a timer fired. */
const watching = (store: Store, firings: Map<string, number>, delayMs: number): Store => ({
  ...store,
  async commit(commit) {
    if (delayMs > 0) await sleepUntil(Date.now() + delayMs);
    const committed = await store.commit(commit);
    const tells = commit.records.some((line) => line.includes('"type":"TimerFired"'));
    if (tells && committed.kind === "committed") firings.set(commit.key.execution, Date.now());
    return committed;
  },
});

const lateBy = ({ dueMs, execution }: Timer, firings: ReadonlyMap<string, number>): readonly number[] => {
  const firedMs = firings.get(execution);
  return firedMs === undefined ? [] : [firedMs - dueMs];
};

const sleepUntil = (untilMs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, untilMs - Date.now()));
  });

async function everythingIn(store: Store): Promise<readonly (readonly string[])[]> {
  const logs: (readonly string[])[] = [];
  for (let before: number | undefined; ;) {
    const page = { tenant: "default", status: "parked", limit: 1_000 } as const;
    const rows = await store.list(before === undefined ? page : { ...page, before });
    for (const row of rows) logs.push(await store.read(row));
    before = rows.at(-1)?.number;
    if (before === undefined) return logs;
  }
}

const task: TimersTask = JSON.parse(process.argv[2] ?? "{}");
process.stdout.write(`${JSON.stringify(await measure(task))}\n`);

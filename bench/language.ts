import { closeSync, copyFileSync, fsyncSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import type { Lateness } from "./parts/probe.ts";
import type { LoadFigures, LoadTask } from "./parts/load.ts";
import type { ParkTask } from "./parts/park.ts";
import { fsyncProbeMs, pacedSyncs } from "./parts/probe.ts";
import { bundlePrograms, measured, runtimes } from "./parts/programs.ts";
import type { Runtime } from "./parts/programs.ts";
import type { TimersFigures, TimersTask } from "./parts/timers.ts";

/** What the language adds to the spine: a map of many items, and very many executions that wait for a timer. */

const { values } = parseArgs({
  options: { "planted-slow-store": { type: "boolean", default: false }, parked: { type: "string", default: "100000" } },
});
const parked = Number(values.parked);
/** So many timers come due so evenly while a host is watched, which has so long to begin. */
const timers = { due: 500, spreadMs: 5_000, leadMs: 8_000 };

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const rounded = (value: number, digits = 2): string => value.toFixed(digits);

const verdictOf = (met: boolean): string => (met ? "MET" : "NOT MET");

const probe = (): void => print(`fsync probe, median of 200: ${rounded(fsyncProbeMs(), 3)} ms`);

interface MapTask extends Pick<LoadTask, "store" | "executions" | "delayUsPerRecord"> {
  readonly items: number;
  readonly parallel: number;
}

/** Milliseconds an item, of maps with one effect for each. */
function mapMs(runtime: Runtime, { items, parallel, ...task }: MapTask): number {
  const shape = { pures: 0, effects: 0, handler: "noop", map: { items, parallel } } as const;
  const figures = measured<LoadFigures>(runtime, "load", { ...task, shape, concurrency: 1 } satisfies LoadTask);
  const ms = 1_000 / figures.perSecond / items;
  print(
    `map of ${String(items)}, parallel ${String(parallel)}, ${task.store}: ` +
      `${rounded(figures.perSecond)} executions/s, ${rounded(figures.perSecond * figures.records, 0)} events/s, ` +
      `${rounded(ms, 3)} ms an item, RSS ${rounded(figures.rssMiB, 0)} MiB CPU ${rounded(figures.cpus)}`,
  );
  return ms;
}

/**
 * What a map costs on a disk, and whether an item of many costs what an item of few does. That is asked without a disk,
 * which changes its mind more than the answer may: three times in turn.
 */
function runMap(
  runtime: Runtime,
  parallel: number,
  planted: Pick<Partial<MapTask>, "delayUsPerRecord" | "executions"> = {},
): void {
  mapMs(runtime, { items: 1_000, parallel, store: "inline", executions: 5, ...planted });
  const ratios = Array.from({ length: 3 }, () => {
    const few = mapMs(runtime, { items: 100, parallel, store: "memory", executions: 200, ...planted });
    return mapMs(runtime, { items: 1_000, parallel, store: "memory", executions: 20, ...planted }) / few;
  });
  const ratio = ratios.toSorted((a, b) => a - b)[1] ?? Number.NaN;
  print(
    `an item of 1,000 against one of 100, parallel ${String(parallel)}, median: ${rounded(ratio)}× | ` +
      `${verdictOf(ratio <= 1.5)} (flat: ≤ 1.5×)`,
  );
}

/** A store where all of them wait, made once. */
function parkedStore(runtime: Runtime, folder: string): string {
  const file = join(folder, "parked.db");
  const began = performance.now();
  const dueMs = Date.now() + 3_600_000;
  measured<number>(runtime, "park", { file, count: parked, dueMs, spreadMs: 3_600_000 } satisfies ParkTask);
  print(`${String(parked)} executions parked on timers in ${rounded((performance.now() - began) / 1_000, 1)} s`);
  return file;
}

async function runTimers(
  runtime: Runtime,
  { folder, from }: { readonly folder: string; readonly from: string },
  planted: Partial<TimersTask> = {},
): Promise<void> {
  const file = join(folder, `timers-${runtime.name}.db`);
  copyDurably(from, file);
  const dueMs = Date.now() + timers.leadMs;
  const untilMs = dueMs + timers.spreadMs;
  measured<number>(runtime, "park", { file, count: timers.due, dueMs, spreadMs: timers.spreadMs } satisfies ParkTask);
  const figures = measured<TimersFigures>(runtime, "timers", { file, untilMs, ...planted } satisfies TimersTask);
  const { answeredMs, fired, late, recoveredMs, rssMiB } = figures;
  const floor = await pacedSyncs(timers.due, timers.spreadMs);
  const isPunctual = fired === timers.due && late.p99Ms <= 50;
  const pending = `${String(parked)} pending`;
  print(
    `${pending}: first command answered ${rounded(answeredMs, 0)} ms after the process began ` +
      `(recovered ${rounded(recoveredMs, 0)} ms) | ${verdictOf(answeredMs <= 2_000)} (≤ 2,000 ms)`,
  );
  print(`${pending}: RSS at most ${rounded(rssMiB, 0)} MiB | ${verdictOf(rssMiB <= 200)} (≤ 200 MiB)`);
  print(
    `${pending}: ${String(fired)} of ${String(timers.due)} timers due over ${String(timers.spreadMs / 1_000)} s fired, ` +
      `${told(late)} | ` +
      `${verdictOf(isPunctual)} (all, p99 ≤ 50 ms)`,
  );
  print(`one sync at each of those instants, by a program that does nothing else: ${told(floor)}`);
  rmSync(file);
}

const told = ({ maxMs, p50Ms, p99Ms }: Lateness): string =>
  `late p50 ${rounded(p50Ms, 0)} ms p99 ${rounded(p99Ms, 0)} ms at most ${rounded(maxMs, 0)} ms`;

/** What is still to be written to the disk would be in the way of what is measured. */
function copyDurably(from: string, to: string): void {
  copyFileSync(from, to);
  const descriptor = openSync(to, "r+");
  fsyncSync(descriptor);
  closeSync(descriptor);
}

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-timers-"));
  try {
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await bundlePrograms();
probe();
const all = runtimes();
await withFolder(async (folder) => {
  const [newest] = all;
  if (newest === undefined) throw new Error("impossible: there is the Node that runs this");
  const from = parkedStore(newest, folder);
  if (values["planted-slow-store"]) {
    // The benchmark must be able to say no.
    runMap(newest, 64, { delayUsPerRecord: 10, executions: 1 });
    await runTimers(newest, { folder, from }, { readsAll: 4, delayMs: 60 });
    return;
  }
  for (const runtime of all) {
    print(`\n## Node ${runtime.name}`);
    await runTimers(runtime, { folder, from });
    for (const parallel of [1, 64]) runMap(runtime, parallel);
  }
});
print("");
probe();

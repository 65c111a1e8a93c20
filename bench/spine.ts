import { fsyncProbeMs } from "./parts/probe.ts";
import type { LoadFigures, LoadTask } from "./parts/load.ts";
import { bundlePrograms, measured, runtimes } from "./parts/programs.ts";
import type { Runtime } from "./parts/programs.ts";
import { startupMs } from "./parts/startup.ts";

/** The spine's figures, each beside its target, with the fsync probe and the raw loop of the same run. */

interface Row {
  readonly name: string;
  readonly task: LoadTask;
  readonly target?: (figures: LoadFigures) => boolean;
  readonly wants?: string;
}

const noop = (pures: number, effects: number): LoadTask["shape"] => ({ pures, effects, handler: "noop" });

const rows: readonly Row[] = [
  {
    name: "1 effect, concurrency 1, inline",
    task: { shape: noop(0, 1), concurrency: 1, executions: 2_000, store: "inline" },
    target: ({ p50Ms, p99Ms }) => p50Ms <= 0.8 && p99Ms <= 3,
    wants: "p50 ≤ 0.8 ms, p99 ≤ 3 ms",
  },
  {
    name: "10 effects, concurrency 1, inline",
    task: { shape: noop(0, 10), concurrency: 1, executions: 1_000, store: "inline" },
    target: ({ perSecond }) => perSecond >= 450,
    wants: "≥ 450/s",
  },
  {
    name: "10 effects, concurrency 1, worker",
    task: { shape: noop(0, 10), concurrency: 1, executions: 500, store: "worker" },
  },
  {
    name: "10 effects, concurrency 100, worker",
    task: { shape: noop(0, 10), concurrency: 100, executions: 10_000, store: "worker" },
    target: ({ perSecond, rssMiB }) => perSecond >= 4_000 && rssMiB <= 120,
    wants: "≥ 4,000/s, RSS ≤ 120 MiB",
  },
  {
    name: "10 effects, concurrency 100, inline",
    task: { shape: noop(0, 10), concurrency: 100, executions: 10_000, store: "inline" },
  },
  {
    name: "10 pure steps + 1 effect, concurrency 100, worker",
    task: { shape: noop(10, 1), concurrency: 100, executions: 20_000, store: "worker" },
    target: ({ perSecond, rssMiB }) => perSecond >= 8_000 && rssMiB <= 120,
    wants: "≥ 8,000/s, RSS ≤ 120 MiB",
  },
  {
    name: "10 HTTP effects on loopback, concurrency 100, worker",
    task: { shape: { pures: 0, effects: 10, handler: "http" }, concurrency: 100, executions: 2_000, store: "worker" },
  },
];

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const rounded = (value: number, digits = 2): string => value.toFixed(digits);

function runRows(runtime: Runtime): void {
  print(`\n## Node ${runtime.name}`);
  for (const { name, target, task, wants } of rows) {
    const figures = measured<LoadFigures>(runtime, "load", task);
    const verdict = target === undefined ? "" : ` | ${verdictOf(target(figures))} (${wants ?? ""})`;
    print(
      `${name}: ${rounded(figures.perSecond, 0)}/s p50 ${rounded(figures.p50Ms)} ms p99 ${rounded(figures.p99Ms)} ms ` +
        `RSS ${rounded(figures.rssMiB, 0)} MiB CPU ${rounded(figures.cpus)}${verdict}`,
    );
  }
  runRatio(runtime);
  runFlatness(runtime);
  runStartup(runtime);
}

/** What a new process costs beside one that does nothing. */
function runStartup(runtime: Runtime): void {
  const { bareMs, firstMs, helpMs } = startupMs(runtime);
  const help = helpMs - bareMs;
  const first = firstMs - bareMs;
  print(
    `--help: bare + ${rounded(help, 0)} ms (bare ${rounded(bareMs, 0)}) | ${verdictOf(help <= 60)} (≤ bare + 60 ms)`,
  );
  print(`first execution: bare + ${rounded(first, 0)} ms | ${verdictOf(first <= 120)} (≤ bare + 120 ms)`);
}

const verdictOf = (met: boolean): string => (met ? "MET" : "NOT MET");

/** Ours and the raw loop in turn, so that a machine that changes its mind changes it for both. */
function runRatio(runtime: Runtime, planted: Partial<LoadTask> = {}): void {
  const ratios: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const task: LoadTask = { shape: noop(0, 10), concurrency: 100, executions: 5_000, store: "worker", ...planted };
    const ours = measured<LoadFigures>(runtime, "load", task).perSecond;
    const raw = measured<{ perSecond: number }>(runtime, "raw", { records: 13, concurrency: 100, executions: 5_000 });
    ratios.push(raw.perSecond / ours);
    print(`raw loop: ${rounded(raw.perSecond, 0)}/s, ours ${rounded(ours, 0)}/s: ${rounded(raw.perSecond / ours)}×`);
  }
  const median = ratios.toSorted((a, b) => a - b)[1] ?? Number.NaN;
  print(`against the raw loop, median: ${rounded(median)}× | ${verdictOf(median <= 3.5)} (≤ 3.5×)`);
}

/** A step of a long execution costs what a step of a short one costs. */
function runFlatness(runtime: Runtime): void {
  for (const kind of ["pures", "effects"] as const) {
    const perStepUs = [10, 100, 1_000, 9_000].map((steps) => {
      const shape = kind === "pures" ? noop(steps, 0) : noop(0, steps);
      const executions = Math.max(2, Math.round((kind === "pures" ? 60_000 : 10_000) / steps));
      const { perSecond } = measured<LoadFigures>(runtime, "load", {
        shape,
        concurrency: 1,
        executions,
        store: "inline",
      });
      return 1e6 / perSecond / steps;
    });
    const flat = Math.max(...perStepUs.slice(1)) / (perStepUs[1] ?? Number.NaN);
    const figures = perStepUs.map((us) => rounded(us, 1)).join(", ");
    print(`cost per step of 10, 100, 1,000, 9,000 ${kind}: ${figures} µs | ${verdictOf(flat <= 1.5)} (flat)`);
  }
}

await bundlePrograms();
const probe = (): void => print(`fsync probe, median of 200: ${rounded(fsyncProbeMs(), 3)} ms`);
if (process.argv.includes("--planted-slow-store")) {
  // The benchmark must be able to say no.
  for (const runtime of runtimes().slice(0, 1)) runRatio(runtime, { delayMs: 5, executions: 1_000 });
} else {
  probe();
  for (const runtime of runtimes()) runRows(runtime);
  print("");
  probe();
}

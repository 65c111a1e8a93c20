import { performance } from "node:perf_hooks";
import {
  decodeRecord,
  pictureOf,
  traceLines,
  traceMarkdown,
  traceOf,
  walkOf,
  type ExecutionEvent,
  type Graph,
} from "@omnibase/core";
import { pngOf, svgOf } from "@omnibase/infra/picture";
import { logOf, sha256 } from "@omnibase/testkit";
import { contractsGraph, contractsLog } from "./parts/contracts.ts";

/** What a trace and its pictures cost: text after an execution, SVG and PNG, at 12 and at 100 boxes. */

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const verdictOf = (met: boolean): string => (met ? "MET" : "NOT MET");

/** The median of some rounds, after as many that warm it up. */
async function warmMs(rounds: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 2 * rounds; round += 1) {
    const began = performance.now();
    await work();
    if (round >= rounds) times.push(performance.now() - began);
  }
  return times.toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN;
}

const promised = (ms: number, most: number | undefined): string =>
  most === undefined ? "" : ` | ${verdictOf(ms <= most)} (≤ ${String(most)} ms)`;

interface Case {
  readonly graph: Graph;
  readonly log: readonly ExecutionEvent[];
}

async function measure({ graph, log }: Case): Promise<void> {
  const [first = "", ...rest] = logOf(log);
  const lines = [first, ...rest] as const;
  const draw = (): string => {
    const walk = walkOf(graph, lines.map(decodeRecord));
    return svgOf(pictureOf({ graph, walk, open: "all" }), { theme: "auto", captions: ["an execution"] });
  };
  const began = performance.now();
  const svg = draw();
  const firstMs = performance.now() - began;
  const boxes = svg.split("data-place=").length - 1;
  const textMs = await warmMs(20, () => {
    const trace = traceOf({ graph, lines, sha256 });
    return [traceLines(trace, sha256), traceMarkdown(trace)];
  });
  const svgMs = await warmMs(10, draw);
  const pngMs = await warmMs(3, () => pngOf(svg));
  print(`\n## ${String(boxes)} boxes, ${String(lines.length)} records`);
  print(`trace as text: ${textMs.toFixed(1)} ms`);
  const [svgMost, pngMost] = boxes > 12 ? [] : [60, 400];
  print(
    `SVG: ${svgMs.toFixed(0)} ms warm, the first ${firstMs.toFixed(0)} ms, ${String(svg.length)} bytes${promised(svgMs, svgMost)}`,
  );
  print(`PNG of it: ${pngMs.toFixed(0)} ms${promised(pngMs, pngMost)}`);
}

print(`Node ${process.version}`);
for (const contracts of [2, 24]) {
  await measure({ graph: contractsGraph(contracts), log: contractsLog(contracts) });
}

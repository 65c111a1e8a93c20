import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { writeProject } from "./parts/many-artifacts.ts";
import { root, runtimes, type Runtime } from "./parts/programs.ts";

/** What it takes to compile a project of many artifacts, as a whole command, beside a program that only reads them. */

const { values } = parseArgs({ options: { artifacts: { type: "string", default: "500" } } });
const artifacts = Number(values.artifacts);
const rounds = 5;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const reading = `
const { readdirSync, readFileSync } = require("node:fs");
const { hash } = require("node:crypto");
for (const name of readdirSync("contracts")) hash("sha256", readFileSync("contracts/" + name));
`;

type Figures = Readonly<Record<"reading" | "cold" | "changed" | "same", number>>;

/** In turn, so that a machine that changes its mind changes it for all of them. Medians, in milliseconds. */
function measure({ node }: Runtime, folder: string): Figures {
  const command = join(root, "apps/cli/bin/omnibase.mjs");
  const timeOf = (args: readonly string[]): number => {
    const began = performance.now();
    const { status, stdout } = spawnSync(node, args, { cwd: folder });
    if (status !== 0) throw new Error(`ended with ${String(status)}: ${String(stdout)}`);
    return performance.now() - began;
  };
  const compile = (): number => timeOf([command, "compile", "--json"]);
  const times = Array.from({ length: rounds }, () => {
    rmSync(join(folder, ".omnibase/cache"), { recursive: true, force: true });
    const cold = compile();
    // One declared file is another one now, and all others are as they were.
    appendFileSync(join(folder, "contracts/IN_ORDER_000_V0.yaml"), "# again\n");
    return { reading: timeOf(["-e", reading]), cold, changed: compile(), same: compile() };
  });
  const median = (name: keyof Figures): number =>
    times.map((time) => time[name]).toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN;
  return { reading: median("reading"), cold: median("cold"), changed: median("changed"), same: median("same") };
}

const verdictOf = (met: boolean): string => (met ? "MET" : "NOT MET");

for (const runtime of runtimes()) {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-compile-"));
  writeProject(folder, artifacts);
  const { changed, cold, reading: floor, same } = measure(runtime, folder);
  rmSync(folder, { recursive: true });
  const told = (ms: number): string => `${ms.toFixed(0)} ms, ${(ms / floor).toFixed(1)}× reading`;
  print(`\n## Node ${runtime.name}: ${String(artifacts)} artifacts; reading and hashing them ${floor.toFixed(0)} ms`);
  print(`nothing cached: ${told(cold)} | ${verdictOf(cold <= 3_000)} (≤ 3,000 ms)`);
  print(`one artifact changed: ${told(changed)} | ${verdictOf(changed <= 1_000)} (≤ 1,000 ms)`);
  print(`nothing changed: ${told(same)}`);
}

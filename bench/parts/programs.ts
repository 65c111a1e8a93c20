import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
// @ts-expect-error -- plain JavaScript, because the command reads it before anything is built
import { hostEnvironment as plainEnvironment, hostFlags as plainFlags } from "../../apps/cli/bin/host-flags.mjs";
// @ts-expect-error -- as above
import { bundling } from "../../scripts/bundling.mjs";

export const hostFlags: readonly string[] = plainFlags;
export const hostEnvironment: Readonly<Record<string, string>> = plainEnvironment;

export const root: string = join(import.meta.dirname, "../..");
const outdir = join(root, "node_modules/.omnibase-bench");

/** The programs that are measured run as users run ours: bundled, each in a process of its own, with a host's flags. */
export async function bundlePrograms(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: {
      load: "bench/parts/load.ts",
      park: "bench/parts/park.ts",
      timers: "bench/parts/timers.ts",
      raw: "bench/parts/raw.ts",
      "raw-worker": "bench/parts/raw-worker.ts",
      "worker-entry": "packages/infra/src/sqlite/worker-entry.ts",
    },
    outdir,
    ...bundling,
  });
}

export interface Runtime {
  readonly name: string;
  readonly node: string;
}

/** Node 24 is what the figures are promised for; the Node that runs this is printed beside it. */
export function runtimes(): readonly Runtime[] {
  const newest = join(root, "ci/nodes/node_modules/node24/bin/node");
  const own = { name: process.version, node: process.execPath };
  if (!existsSync(newest)) spawnSync("npm", ["ci", "--prefix", join(root, "ci/nodes"), "--no-audit", "--no-fund"]);
  return existsSync(newest) ? [{ name: "v24", node: newest }, own] : [own];
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the program's name says what it prints
export function measured<Figures>({ node }: Runtime, program: string, task: unknown): Figures {
  const { status, stdout, stderr } = spawnSync(
    node,
    [...hostFlags, join(outdir, `${program}.js`), JSON.stringify(task)],
    {
      encoding: "utf8",
      env: { ...process.env, ...hostEnvironment, NODE_NO_WARNINGS: "1" },
      timeout: 300_000,
    },
  );
  if (status !== 0) throw new Error(`${program} ended with ${String(status)}: ${stderr}`);
  const figures: Figures = JSON.parse(stdout);
  return figures;
}

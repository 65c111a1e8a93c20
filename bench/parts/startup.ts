import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { root } from "./programs.ts";
import type { Runtime } from "./programs.ts";

export interface StartupFigures {
  readonly bareMs: number;
  readonly helpMs: number;
  readonly firstMs: number;
}

/** Whole processes, in turn, so that a machine that changes its mind changes it for all three. Medians. */
export function startupMs({ node }: Runtime, rounds = 15): StartupFigures {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-startup-"));
  const command = join(root, "apps/cli/bin/omnibase.mjs");
  for (const part of ["omnibase.yaml", "contracts"]) {
    cpSync(join(root, "examples/01-greet", part), join(folder, part), { recursive: true });
  }
  writeFileSync(join(folder, "ada.json"), '{"name":"Ada"}');
  const programs = {
    bare: ["-e", "0"],
    help: [command, "--help"],
    first: [command, "run", "--wf", "demo::WF_GREET_V0", "--payload", "ada.json", "--json"],
  };
  const timeOf = (args: readonly string[]): number => {
    const began = performance.now();
    const { status, stderr } = spawnSync(node, args, { cwd: folder });
    if (status !== 0) throw new Error(`ended with ${String(status)}: ${String(stderr)}`);
    return performance.now() - began;
  };
  timeOf(programs.first);
  const times = Array.from({ length: rounds }, () => ({
    bare: timeOf(programs.bare),
    help: timeOf(programs.help),
    first: timeOf(programs.first),
  }));
  rmSync(folder, { recursive: true });
  const median = (name: keyof typeof programs): number =>
    times.map((time) => time[name]).toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN;
  return { bareMs: median("bare"), helpMs: median("help"), firstMs: median("first") };
}

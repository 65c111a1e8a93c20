import { spawnSync } from "node:child_process";
import type { SpawnSyncReturns } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Control } from "./verdict.ts";

export const root: string = join(import.meta.dirname, "../../..");
export const command: string = join(root, "apps/cli/bin/omnibase.mjs");

export type Ran = SpawnSyncReturns<string>;

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: { readonly [name: string]: string };
}

export function ran(program: string, args: readonly string[], { cwd = root, env = {} }: RunOptions = {}): Ran {
  return spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 256 * 1024 * 1024,
    timeout: 30 * 60_000,
  });
}

export const ranNode = (args: readonly string[], options: RunOptions = {}): Ran => ran(process.execPath, args, options);

export interface Suite {
  readonly pass: boolean;
  readonly passed: number;
  readonly failed: number;
  /** Names of the tests that passed. */
  readonly names: readonly string[];
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Runs tests as the project runs them and counts what they said. A suite that tested nothing does not pass. */
export function suite(
  paths: readonly string[],
  options: RunOptions & { readonly args?: readonly string[] } = {},
): Suite {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-accept-"));
  const file = join(folder, "report.json");
  const { args = [], ...rest } = options;
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const outcome = ranNode([vitest, "run", ...paths, "--reporter=json", `--outputFile=${file}`, ...args], rest);
  try {
    const report: Report = JSON.parse(readFileSync(file, "utf8"));
    const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    const names = results.filter(({ status }) => status === "passed").map(({ fullName }) => fullName);
    const { numFailedTests: failed, numPassedTests: passed } = report;
    return { pass: outcome.status === 0 && failed === 0 && passed > 0, passed, failed, names };
  } catch {
    process.stderr.write(outcome.stderr);
    return { pass: false, passed: 0, failed: 0, names: [] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Faults that the project's own tests plant; each of those that passed was noticed. */
export const planted = ({ names }: Suite, pattern: RegExp): readonly Control[] =>
  names.filter((name) => pattern.test(name)).map((name) => ({ name, red: true }));

export const filesIn = (folder: string, pattern: RegExp): readonly string[] =>
  readdirSync(join(root, folder)).filter((name) => pattern.test(name));

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isObject, type Json } from "@omnibase/core";

/** The published cases. They lie beside the repository, and not everywhere. */
export const pgs: string = join(import.meta.dirname, "../../../shared/conformance/pgs");
export const isThere: boolean = existsSync(join(pgs, "cases.json"));

export interface PgsCase {
  readonly id: string;
  readonly workflow: string;
  readonly options?: { readonly mode?: string };
  readonly setup: { readonly files: Readonly<Record<string, string>>; readonly after: readonly string[] };
  readonly payload: Json;
  readonly expected: Expected;
  readonly ours?: Partial<Expected> & { readonly compile?: string };
}

export interface Expected {
  readonly route: Json;
  readonly outcome: Readonly<Record<string, Json>>;
  readonly exit: number;
  readonly state: Readonly<Record<string, StateFile>>;
  readonly state_unchanged: readonly string[];
  /** Of `examine` on what was executed, where it was recorded. */
  readonly examine_exit?: number;
}

type StateFile =
  | { readonly format: "json"; readonly value: Json }
  | { readonly format: "jsonl"; readonly records: Json };

export function pgsCases(): readonly PgsCase[] {
  if (!isThere) return [];
  const { cases }: { readonly cases: readonly PgsCase[] } = JSON.parse(readFileSync(join(pgs, "cases.json"), "utf8"));
  return cases;
}

/** Where we differ on purpose, what is ours counts. */
export function expectedOf({ expected, ours = {} }: PgsCase): Expected {
  const outcome = { ...expected.outcome, ...ours.outcome };
  return { ...expected, ...ours, outcome };
}

/** Placeholders stand for what no two executions have in common. */
export function matches(expected: Json, actual: Json | undefined): boolean {
  if (expected === "<timestamp>") return typeof actual === "string" && !Number.isNaN(Date.parse(actual));
  if (expected === "<record_id>" || expected === "<address>") return typeof actual === "string" && actual !== "";
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return false;
    return expected.every((item, index) => matches(item, actual[index]));
  }
  if (!isObject(expected)) return expected === actual;
  if (!isObject(actual) || Object.keys(actual).length !== Object.keys(expected).length) return false;
  return Object.entries(expected).every(([key, value]) => matches(value, actual[key]));
}

/** By path. */
export type Files = Readonly<Record<string, string>>;

/** Every file below a data root but the store's own, by its path. Empty files are left out. */
export function dataFiles(root: string, below = ""): Files {
  const found: Record<string, string> = {};
  for (const name of readdirSync(join(root, below))) {
    if (name === ".omnibase") continue;
    const path = below === "" ? name : `${below}/${name}`;
    if (statSync(join(root, path)).isDirectory()) Object.assign(found, dataFiles(root, path));
    else {
      const text = readFileSync(join(root, path), "utf8");
      if (text !== "") found[path] = text;
    }
  }
  return found;
}

export const contentOf = (file: StateFile): Json => (file.format === "json" ? file.value : file.records);

export function parsed({ format }: StateFile, text: string): Json {
  if (format === "json") return JSON.parse(text);
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line): Json => JSON.parse(line));
}

import { isObject } from "../value/json.ts";
import type { Json } from "../value/json.ts";
import type { Problem } from "../value/problem.ts";
import { err, ok } from "../value/result.ts";
import type { Result } from "../value/result.ts";
import { isKey } from "./key.ts";
import type { StoreImport } from "./operation.ts";
import { countWrite, entryOfLine, entryWrites } from "./registry.ts";
import type { RegistryEntry } from "./registry.ts";
import { lineProblem } from "./line-problem.ts";

/**
 * Rebuilds a registry from the lines of its projected file: the last line of a key wins, and a tombstone removes it.
 *
 * One wrong line refuses the whole file, because a key that is forgotten could be taken twice.
 */
export function importRegistry(file: string, lines: readonly Json[]): Result<StoreImport, readonly Problem[]> {
  const read: Read = { entries: new Map(), keyOf: new Map() };
  const problems = lines.flatMap((line, index) => {
    const message = takeIn(line, read);
    return message === undefined ? [] : [lineProblem(file, index + 1, message)];
  });
  if (problems.length > 0) return err(problems);
  const rows = [...read.entries].flatMap(([key, value]) => entryWrites(key, value));
  return ok({ entities: lines.length === 0 ? [] : [...rows, countWrite(read.entries.size)], journal: lines });
}

interface Read {
  readonly entries: Map<string, RegistryEntry>;
  /** By address. */
  readonly keyOf: Map<string, string>;
}

/** Says what is wrong with the line. */
function takeIn(line: Json, { entries, keyOf }: Read): string | undefined {
  if (!isObject(line)) return "a line of a registry is an object";
  const { key, tombstone } = line;
  if (!isKey(key)) return "`key` is a text of 1 to 256 characters";
  const before = entries.get(key);
  const entry = tombstone === true ? undefined : entryOfLine(line);
  if (typeof entry === "string") return entry;
  const owner = entry === undefined ? undefined : keyOf.get(entry.address);
  if (owner !== undefined && owner !== key) return `the address belongs to the key ${owner}`;
  if (before !== undefined) keyOf.delete(before.address);
  entries.delete(key);
  if (entry === undefined) return undefined;
  keyOf.set(entry.address, key);
  entries.set(key, entry);
  return undefined;
}

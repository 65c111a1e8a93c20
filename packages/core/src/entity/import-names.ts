import { isObject } from "../value/json.ts";
import type { Json } from "../value/json.ts";
import type { Problem } from "../value/problem.ts";
import { err, ok } from "../value/result.ts";
import type { Result } from "../value/result.ts";
import { isDocumentKey } from "./document.ts";
import { lineProblem } from "./line-problem.ts";
import { isNameEntry } from "./name-registry.ts";
import type { StoreImport } from "./operation.ts";

/** Rebuilds a name registry from the one object that its file is. */
export function importNames(file: string, given: Json): Result<StoreImport, readonly Problem[]> {
  if (!isObject(given)) return err([lineProblem(file, 1, "the file of a name registry is one object")]);
  const entities = Object.entries(given).map(([key, value]) => ({ key, value }));
  const wrong = entities.filter(({ key, value }) => !isDocumentKey(key) || !isNameEntry(value));
  if (wrong.length === 0) return ok({ entities, journal: [] });
  const rule = "a name is a text of 1 to 256 characters, with `resource_addresses`, a list of texts, under it";
  return err(wrong.map(({ key }) => lineProblem(file, 1, `${rule}, not as ${JSON.stringify(key)} is`)));
}

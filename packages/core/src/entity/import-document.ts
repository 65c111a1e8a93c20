import { isObject } from "../value/json.ts";
import type { Json } from "../value/json.ts";
import type { Problem } from "../value/problem.ts";
import { err, ok } from "../value/result.ts";
import type { Result } from "../value/result.ts";
import { isDocumentKey } from "./document.ts";
import { lineProblem } from "./line-problem.ts";
import type { StoreImport } from "./operation.ts";

/** Rebuilds a document store from the one object that its file is. */
export function importDocument(file: string, given: Json): Result<StoreImport, readonly Problem[]> {
  if (!isObject(given)) return err([lineProblem(file, 1, "the file of a document store is one object")]);
  const entities = Object.entries(given).map(([key, value]) => ({ key, value }));
  const wrong = entities.filter(({ key }) => !isDocumentKey(key));
  if (wrong.length === 0) return ok({ entities, journal: [] });
  return err(
    wrong.map(({ key }) => lineProblem(file, 1, `a key is a text of 1 to 256 characters, not ${JSON.stringify(key)}`)),
  );
}

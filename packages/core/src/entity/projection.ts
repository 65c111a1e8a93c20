import { canonical } from "../value/canonical.ts";
import type { Json } from "../value/json.ts";
import type { Problem } from "../value/problem.ts";
import type { Result } from "../value/result.ts";
import { importAppendOnly } from "./import-append-only.ts";
import { importDocument } from "./import-document.ts";
import { importNames } from "./import-names.ts";
import { importRegistry } from "./import-registry.ts";
import type { StoreKind } from "./kinds.ts";
import type { StoreImport } from "./operation.ts";

/** What the projected file of a store is: a line for each entry of its journal, or one object of what it holds. */
type ProjectionForm = "lines" | "object";

export const projectionForm: { readonly [kind in StoreKind]: ProjectionForm } = {
  registry: "lines",
  "append-only": "lines",
  document: "object",
  "name-registry": "object",
};

/** Each entry on a line of its own, so that two versions differ where the store does. */
export function objectText(entities: readonly { readonly key: string; readonly value: Json }[]): string {
  if (entities.length === 0) return "{}\n";
  return `{\n${entities.map(({ key, value }) => `${JSON.stringify(key)}:${canonical(value)}`).join(",\n")}\n}\n`;
}

/** Rebuilds a store from the values of its projected file: its lines, or the one object. */
export function importStore(
  kind: StoreKind,
  file: string,
  values: readonly Json[],
): Result<StoreImport, readonly Problem[]> {
  switch (kind) {
    case "registry":
      return importRegistry(file, values);
    case "append-only":
      return importAppendOnly(file, values);
    case "document": {
      const [value = {}] = values;
      return importDocument(file, value);
    }
    case "name-registry": {
      const [value = {}] = values;
      return importNames(file, value);
    }
  }
}

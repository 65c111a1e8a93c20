import { canonical } from "../value/canonical.ts";
import type { Json } from "../value/json.ts";
import type { Problem } from "../value/problem.ts";
import { err, type Result } from "../value/result.ts";
import type { EntityRules } from "../graph/entity.ts";
import { changesOf } from "./changes.ts";
import { importAppendOnly } from "./import-append-only.ts";
import { importDocument } from "./import-document.ts";
import { importNames } from "./import-names.ts";
import { importRegistry } from "./import-registry.ts";
import type { StoreKind } from "./kinds.ts";
import { breachOf } from "./lawful.ts";
import { lineProblem } from "./line-problem.ts";
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

/** The file of a store, as it is read. */
export interface StoreFile {
  readonly kind: StoreKind;
  readonly file: string;
  /** What its records are. Absent: they are whatever lies there. */
  readonly rules?: EntityRules | undefined;
}

/**
 * Rebuilds a store from the values of its projected file: its lines, or the one object. One record that is none refuses
 * the whole file, because nothing could be done with it afterwards.
 */
export function importStore(
  { file, kind, rules }: StoreFile,
  values: readonly Json[],
): Result<StoreImport, readonly Problem[]> {
  const imported = importKind(kind, file, values);
  if (!imported.ok || rules === undefined) return imported;
  const breaches = breachesIn(kind, imported.value, rules);
  return breaches.length === 0 ? imported : err(breaches.map((message) => lineProblem(file, 1, message)));
}

/** A stream is a whole history, which is gone through; of other records nobody knows how they came to where they are. */
function breachesIn(kind: StoreKind, { entities }: StoreImport, rules: EntityRules): readonly string[] {
  const { lifecycle, ...still } = rules;
  const isHistory = kind === "append-only" && lifecycle !== undefined;
  const lines = new Map(kind === "append-only" ? entities.map(({ key, value }) => [key, value]) : []);
  const reader = { get: (key: string) => lines.get(key) };
  return changesOf[kind]({ writes: entities }, reader).flatMap((change) => {
    const breach = breachOf(isHistory ? rules : still, change);
    return breach === undefined ? [] : [`${JSON.stringify(change.key)}: ${breach}`];
  });
}

function importKind(kind: StoreKind, file: string, values: readonly Json[]): Result<StoreImport, readonly Problem[]> {
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

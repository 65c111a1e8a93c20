import type { Expression, PathExpression } from "../artifact/expression.ts";
import type { Spot } from "../artifact/spot.ts";
import { isSecret, type Field } from "../graph/field.ts";
import type { Flow } from "../graph/paths.ts";
import type { Code } from "./codes.ts";
import { anyField } from "./field-rules.ts";

/** One scope, as the checks see it: a flow of numbered places, and what is read where. */
export interface ScopeView {
  readonly flow: Flow;
  /** Names for messages, by number. */
  readonly names: readonly string[];
  /** Where each place is declared; absent for the ends of a contract, which nobody declares. */
  readonly spots: readonly (Spot | undefined)[];
  /** Where execution of the scope ends. */
  readonly ends: ReadonlySet<number>;
  /** Places that wait for every token that may still come. */
  readonly joins: ReadonlySet<number>;
  readonly sites: readonly Site[];
  /** Does every edge lead somewhere? If not, what seems to be cut off may only be misspelt. */
  readonly whole: boolean;
}

/** Something that is evaluated at a place. */
export interface Site {
  readonly reader: number;
  readonly expression: Expression;
  readonly lookup: Lookup;
  readonly expects: Expectation | undefined;
  /** It only gives a name to what it reads; whoever reads the name is asked. */
  readonly isName?: true;
}

export interface Expectation {
  readonly name: string;
  readonly field: Field;
  readonly code: Code;
}

/** What the other side declares under this name, if it declares it. */
export const expected = (name: string, field: Field | undefined, code: Code): Expectation | undefined =>
  field === undefined ? undefined : { name, field, code };

export type Lookup = (path: PathExpression) => Found | Unknown;

export interface Found {
  readonly field: Field;
  readonly need?: Need;
}

/** A place that must have ended, with an outcome that returns what is read. */
export interface Need {
  readonly of: number;
  readonly returns: (outcome: string) => boolean;
}

export interface Unknown {
  readonly code: Code;
  readonly message: string;
  readonly hint?: string;
}

export const isUnknown = (found: Found | Unknown): found is Unknown => "code" in found;

/** The label of the edge that is taken when an input has no value. Never an outcome: names are not empty. */
export const missingLabel = "";

/** What an expression evaluates to, as far as declarations tell. */
export function fieldOf(expression: Expression, lookup: Lookup): Field {
  switch (expression.kind) {
    case "literal":
      return { type: typeOfLiteral(expression.value), required: true };
    case "timestamp":
      return { type: "string", required: true };
    case "object": {
      const fields = expression.fields.map(({ key, value }) => [key, fieldOf(value, lookup)] as const);
      return { type: "object", required: true, fields: Object.fromEntries(fields) };
    }
    case "list": {
      const holdsSecret = expression.items.some((item) => isSecret(fieldOf(item, lookup)));
      return { type: "array", required: true, ...(holdsSecret ? { secret: true } : {}) };
    }
    case "path": {
      const found = lookup(expression);
      return isUnknown(found) ? anyField : found.field;
    }
  }
}

/** Objects and lists have kinds of their own, so a literal is a scalar. */
function typeOfLiteral(value: unknown): Field["type"] {
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value === "string" ? "string" : typeof value === "boolean" ? "boolean" : "any";
}

export const rootUnknown = (
  code: "INPUT_PATH_ROOT_UNKNOWN" | "OUTPUT_PATH_ROOT_UNKNOWN",
  path: PathExpression,
): Unknown => ({
  code,
  message: `${spelled(path)} begins with ${path.root}, which does not exist here`,
});

export const spelled = ({ root, path }: PathExpression): string => ["$", root, ...path].join(".");

import {
  fieldsOfSchema,
  keyRefusal,
  numberRefusal,
  type Located,
  type LocatedEntry,
  type LocatedMap,
  type Position,
  type Problem,
} from "@omnibase/core";
import type { Literal } from "@omnibase/infra/typescript";
import { declaredIn } from "./definition.ts";
import { jsonSchemaOf } from "./json-schema.ts";
import { isStandardSchema, type StandardSchema } from "./standard-schema.ts";

/** What turns a value of an author into a located document. */
export interface Locating {
  /** Where an offset of the author's file is. */
  readonly position: (offset: number) => Position;
  /** How a definition is called where another one refers to it. */
  readonly identityOf: (definition: object) => string;
  readonly report: (problem: Problem) => void;
}

/** The call of a builder, as its file has it. */
export interface Called extends Locating {
  readonly at: Position;
  /** The argument, as it is written. */
  readonly literal: Literal | undefined;
  readonly source: string;
}

/** A value, and where it stands: as it is written, or all of it where it was computed. */
export interface Standing {
  readonly literal: Literal | undefined;
  readonly at: Position;
}

export function located(value: unknown, standing: Standing, locating: Locating, depth = 0): Located {
  const { literal } = standing;
  const at = literal === undefined ? standing.at : locating.position(literal.at);
  if (declaredIn(value) !== undefined) return { kind: "scalar", value: locating.identityOf(Object(value)), at };
  if (isStandardSchema(value)) return schemaFields(value, at, locating);
  if (isScalar(value)) return { kind: "scalar", value, at };
  if (depth < depthMax && Array.isArray(value)) {
    const items = literal?.kind === "list" && literal.items.length === value.length ? literal.items : [];
    const inside = value.map((item: unknown, index) =>
      located(item, { literal: items[index], at }, locating, depth + 1),
    );
    return { kind: "list", at, items: inside };
  }
  if (depth < depthMax && isPlain(value)) {
    const known = literal?.kind === "map" ? literal.entries : undefined;
    const entries = Object.entries(value).flatMap(([key, one]): readonly LocatedEntry[] => {
      if (one === undefined) return [];
      const entry = known?.get(key);
      const keyAt = entry === undefined ? at : locating.position(entry.keyAt);
      const refused = keyRefusal(key);
      if (refused !== undefined) locating.report({ ...refused, severity: "error", at: keyAt });
      return refused === undefined
        ? [{ key, keyAt, value: located(one, { literal: entry?.value, at: keyAt }, locating, depth + 1) }]
        : [];
    });
    return { kind: "map", at, entries };
  }
  locating.report({ code: "DEFINITION_VALUE", severity: "error", message: `${nameOf(value)} is no data`, at });
  return { kind: "scalar", value: null, at };
}

/** Whatever is deeper goes in circles. */
const depthMax = 64;

const isScalar = (value: unknown): value is null | boolean | number | string =>
  value === null ||
  typeof value === "boolean" ||
  (typeof value === "string" && !/\p{Surrogate}/u.test(value)) ||
  (typeof value === "number" && numberRefusal(String(value), value) === undefined);

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));

function nameOf(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return "a text with half a character";
  return typeof value === "object" ? "an instance of a class, or what contains itself," : `a ${typeof value}`;
}

/** A schema where fields are declared: what is executed of it. */
function schemaFields(schema: StandardSchema, at: Position, locating: Locating): Located {
  const said = schemaDocument(schema, at, locating);
  const fields = said && fieldsOfSchema(said);
  if (fields?.ok === false) for (const problem of fields.error) locating.report(problem);
  return located(fields?.ok === true ? fields.value : {}, { literal: undefined, at }, locating);
}

/** The JSON Schema itself. */
export function schemaDocument(schema: StandardSchema, at: Position, locating: Locating): Located | undefined {
  const said = jsonSchemaOf(schema);
  if (said.ok) return located(said.value, { literal: undefined, at }, locating);
  locating.report({ code: "SCHEMA_NOT_EXECUTED", severity: "error", ...said.error, at });
  return undefined;
}

export const textAt = (value: string, at: Position): Located => ({ kind: "scalar", value, at });

export const mapOf = (entries: readonly LocatedEntry[], at: Position): LocatedMap => ({ kind: "map", entries, at });

export const entry = (key: string, value: Located, keyAt: Position = value.at): LocatedEntry => ({ key, keyAt, value });

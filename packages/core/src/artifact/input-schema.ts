import type { Field, Fields, FieldType } from "../graph/field.ts";
import type { Json } from "../value/json.ts";
import { limits } from "../value/limits.ts";
import { fieldName, pattern, valueOf } from "./field.ts";
import { anything, flag, list, mapped, narrowed, number, oneOf, optional, refuse, saying, shape } from "./reader.ts";
import { table, text } from "./reader.ts";
import { entriesIn } from "../dialect/reshape.ts";
import type { At, Here, Reader, Table } from "./reader.ts";
import { described, part } from "./schema.ts";
import { soundField } from "./sound-field.ts";
import { problemAt, type Spot } from "./spot.ts";

/** What is executed of JSON Schema 2020-12. Each keyword has a rule of a field, so a schema is no second language. */
interface Schema {
  readonly here: Here;
  readonly spot: Spot;
  readonly type: { readonly name: SchemaType; readonly nullable: boolean } | undefined;
  readonly enum: At<readonly At<Json>[]> | undefined;
  readonly const: At<Json> | undefined;
  readonly default: At<Json> | undefined;
  readonly minLength: At<number> | undefined;
  readonly maxLength: At<number> | undefined;
  readonly pattern: At<string> | undefined;
  readonly format: At<NonNullable<Field["format"]>> | undefined;
  readonly minimum: At<number> | undefined;
  readonly maximum: At<number> | undefined;
  readonly exclusiveMinimum: At<number> | undefined;
  readonly exclusiveMaximum: At<number> | undefined;
  readonly multipleOf: At<number> | undefined;
  readonly items: Schema | undefined;
  readonly minItems: At<number> | undefined;
  readonly maxItems: At<number> | undefined;
  readonly uniqueItems: boolean | undefined;
  readonly properties: Table<Schema> | undefined;
  readonly required: At<readonly At<string>[]> | undefined;
  readonly additionalProperties: boolean | Schema | undefined;
  readonly minProperties: At<number> | undefined;
  readonly maxProperties: At<number> | undefined;
  readonly anyOf: At<readonly Schema[]> | undefined;
  readonly $ref: At<string> | undefined;
  readonly $defs: Table<Schema> | undefined;
  /** Ours: JSON Schema has no word for what is nobody's business. */
  readonly secret: boolean | undefined;
}

type SchemaType = Exclude<FieldType, "any"> | "null";

const types: readonly SchemaType[] = ["string", "number", "integer", "boolean", "object", "array", "null"];
const dialect = "https://json-schema.org/draft/2020-12/schema";

/** One type, or one type and null. */
const type: Reader<NonNullable<Schema["type"]>> = saying(
  () => {
    const name = { enum: types.filter((one) => one !== "null") };
    const both = { type: "array", prefixItems: [name, { const: "null" }], minItems: 2, maxItems: 2 };
    return { anyOf: [{ enum: types }, both] };
  },
  (here) => {
    if (here.located.kind !== "list") {
      const name = oneOf(types)(here);
      return name && { name: name.value, nullable: false };
    }
    const [name, other, third] = list(oneOf(types))(here)?.value ?? [];
    if (name !== undefined && name.value !== "null" && other?.value === "null" && third === undefined) {
      return { name: name.value, nullable: true };
    }
    return refuse(here, "ARTIFACT_SCHEMA", "a list of types is one type and null", "use anyOf for several");
  },
);

/** A schema may hold schemas. */
const schema: Reader<Schema> = saying(
  part("jsonSchema", (parts) => described(schemaShape, parts)),
  (here) => {
    const read = schemaShape(here);
    return read && { ...read, here };
  },
);

const boolOrSchema: Reader<boolean | Schema> = saying(
  (parts) => ({ anyOf: [{ type: "boolean" }, described(schema, parts)] }),
  (here) => (here.located.kind === "scalar" ? flag(here) : schema(here)),
);

const reference = narrowed(text, { pattern: String.raw`^#/\$defs/[\w-]+$` });

const schemaShape = shape({
  $schema: optional(oneOf([dialect])),
  $ref: optional(reference),
  $defs: optional(table(schema, fieldName)),
  $comment: optional(text),
  title: optional(text),
  examples: optional(list(anything)),
  type: optional(type),
  enum: optional(list(anything)),
  const: optional(anything),
  default: optional(anything),
  minLength: optional(number),
  maxLength: optional(number),
  pattern: optional(pattern),
  format: optional(oneOf(["email", "date-time", "date", "uuid"] as const)),
  minimum: optional(number),
  maximum: optional(number),
  exclusiveMinimum: optional(number),
  exclusiveMaximum: optional(number),
  multipleOf: optional(number),
  items: optional(schema),
  minItems: optional(number),
  maxItems: optional(number),
  uniqueItems: optional(flag),
  properties: optional(table(schema, fieldName)),
  required: optional(list(text)),
  additionalProperties: optional(boolOrSchema),
  minProperties: optional(number),
  maxProperties: optional(number),
  anyOf: optional(list(schema)),
  secret: optional(flag),
});

/** The inputs of an intent as a JSON Schema: an object whose every name is declared, because nobody could read the others. */
export const inputSchema: Reader<Fields> = mapped(
  saying(
    (parts) => ({
      ...described(schema, parts),
      required: ["type", "properties", "additionalProperties"],
      properties: { type: { const: "object" }, additionalProperties: { const: false }, secret: { const: false } },
    }),
    (here: Here) => schema({ ...here, report: (problem) => here.report({ ...problem, code: codeFor(problem.code) }) }),
  ),
  (read, here) => {
    const { additionalProperties, properties, type: kind } = read;
    if (kind?.name !== "object" || kind.nullable || additionalProperties !== false || properties === undefined) {
      const hint = "write type: object, properties, and additionalProperties: false";
      return refuse(here, "SCHEMA_FORBIDDEN", "an input is an object whose every name is declared", hint);
    }
    if (read.secret === true) {
      return refuse(here, "SCHEMA_FORBIDDEN", "an input is not secret as a whole", "say it of each field that is");
    }
    const walk: Walk = { root: read, within: [], used: new Set(), budget: { left: limits.schemaFieldsMax } };
    const fields = toField(read, walk)?.fields;
    const unused = [...(read.$defs?.entries.values() ?? [])].filter(({ key }) => !walk.used.has(key));
    for (const { key, spot } of fields === undefined ? [] : unused) {
      here.report(problemAt(spot, "SCHEMA_FORBIDDEN", `nothing refers to ${key}`, { hint: "take it out" }));
    }
    return fields;
  },
);

/** Whatever is wrong with the shape of a schema is something in it that is not executed. */
const codeFor = (code: string): string =>
  code === "UNKNOWN_KEY" || code === "ARTIFACT_SCHEMA" ? "SCHEMA_FORBIDDEN" : code;

interface Walk {
  /** What holds the definitions. */
  readonly root: Schema;
  readonly used: Set<string>;
  /** The references that led here. */
  readonly within: readonly string[];
  readonly budget: { left: number };
}

function toField(given: Schema, walk: Walk): Field | undefined {
  const { here } = given;
  walk.budget.left -= 1;
  if (walk.budget.left < 0) {
    const most = String(limits.schemaFieldsMax);
    return walk.budget.left < -1 ? undefined : refuse(here, "SCHEMA_FORBIDDEN", `a schema says at most ${most} things`);
  }
  const stray = strayIn(given, walk.root);
  if (stray !== undefined) return refuse(here, "SCHEMA_FORBIDDEN", stray);
  if (given.$ref !== undefined) return referred(given.$ref, given, walk);
  if (given.anyOf !== undefined) return anyWay(given.anyOf.value, given, walk);
  const { type: kind } = given;
  if (kind?.name === "null") return refuse(here, "SCHEMA_FORBIDDEN", "only null is no input");
  const inside = insideOf(given, walk);
  return inside && soundField({ type: kind?.name ?? "any", required: false, ...rulesOf(given), ...inside }, here);
}

/** Keywords that say nothing of which values are admitted, so that they may stand anywhere. */
const annotations: ReadonlySet<string> = new Set([
  "title",
  "summary",
  "description",
  "$comment",
  "examples",
  "default",
  "secret",
]);

const ofOneType: { readonly [keyword: string]: SchemaType } = {
  minLength: "string",
  maxLength: "string",
  minItems: "array",
  maxItems: "array",
};

/** What stands in a schema and would not be executed there. */
function strayIn({ here: { located }, type: kind, ...given }: Schema, root: Schema): string | undefined {
  const keys = entriesIn(located).map(({ key }) => key);
  const alone = given.$ref === undefined ? (given.anyOf === undefined ? undefined : "anyOf") : "$ref";
  if (given.$defs !== undefined && given.$defs !== root.$defs) return "definitions stand at the top of a schema";
  for (const key of keys) {
    if (alone !== undefined && key !== alone && !annotations.has(key)) return `${key} means nothing beside ${alone}`;
    const wanted = ofOneType[key];
    if (wanted !== undefined && wanted !== kind?.name) return `${key} is for a ${wanted}`;
  }
  return undefined;
}

function referred({ spot, value }: At<string>, given: Schema, walk: Walk): Field | undefined {
  const name = value.slice("#/$defs/".length);
  const target = value.startsWith("#/$defs/") ? walk.root.$defs?.entries.get(name)?.value : undefined;
  const told = { ...given.here, spot };
  walk.used.add(name);
  if (target === undefined) return refuse(told, "SCHEMA_FORBIDDEN", `${value} is nothing in $defs of this schema`);
  if (walk.within.includes(name)) return refuse(told, "SCHEMA_FORBIDDEN", `${value} refers to itself, without an end`);
  const field = toField(target, { ...walk, within: [...walk.within, name] });
  const said = { ...valueOf("default", given.default), ...secrecyOf(given) };
  return field && (Object.keys(said).length === 0 ? field : soundField({ ...field, ...said }, given.here));
}

/** Several ways; one of which only says null makes the others nullable. */
function anyWay(ways: readonly Schema[], given: Schema, walk: Walk): Field | undefined {
  const others = ways.filter(({ type: kind }) => kind?.name !== "null");
  const fields = others.flatMap((one) => toField(one, walk) ?? []);
  if (fields.length < others.length) return undefined;
  const isNullable = others.length < ways.length || fields.some((one) => one.nullable === true);
  const [only, second] = fields;
  const field: Field =
    only !== undefined && second === undefined
      ? { ...only, nullable: isNullable }
      : { type: "any", required: false, nullable: isNullable, any_of: fields };
  return soundField({ ...field, ...valueOf("default", given.default), ...secrecyOf(given) }, given.here);
}

const secrecyOf = ({ secret }: Schema): Pick<Field, "secret"> => (secret === true ? { secret } : {});

type Rules = Omit<Field, "type" | "required" | "fields" | "items" | "others">;

function rulesOf(given: Schema): Rules {
  const allowed = given.const === undefined ? given.enum?.value.map(({ value }) => value) : [given.const.value];
  const isList = given.type?.name === "array";
  // What says nothing of null lets it pass; what names a type, or values, does not.
  const isNamed = allowed?.includes(null) ?? given.type === undefined;
  const nullable = given.type === undefined ? isNamed : given.type.nullable && (allowed?.includes(null) ?? true);
  return {
    ...valueOf("default", given.default),
    ...(allowed === undefined ? {} : { enum: allowed }),
    ...valueOf("min_length", isList ? given.minItems : given.minLength),
    ...valueOf("max_length", isList ? given.maxItems : given.maxLength),
    ...valueOf("minimum", given.minimum),
    ...valueOf("maximum", given.maximum),
    ...valueOf("exclusive_minimum", given.exclusiveMinimum),
    ...valueOf("exclusive_maximum", given.exclusiveMaximum),
    ...valueOf("multiple_of", given.multipleOf),
    ...valueOf("format", given.format),
    ...valueOf("pattern", given.pattern),
    ...valueOf("min_fields", given.minProperties),
    ...valueOf("max_fields", given.maxProperties),
    ...(given.uniqueItems === true ? { unique: true as const } : {}),
    ...secrecyOf(given),
    nullable,
  };
}

const open: Field = { type: "any", required: false };

/** Beside what is declared anything may stand, unless a schema says otherwise. */
function insideOf(given: Schema, walk: Walk): Pick<Field, "fields" | "items" | "others"> | undefined {
  const { additionalProperties: more, items, properties } = given;
  const item = items && toField(items, walk);
  const fields = properties && fieldsIn(properties, given, walk);
  const declared = typeof more === "object" ? toField(more, walk) : undefined;
  const isLost =
    (items !== undefined && item === undefined) ||
    (properties !== undefined && fields === undefined) ||
    (typeof more === "object" && declared === undefined);
  if (isLost) return undefined;
  const others = declared ?? (more === false || fields === undefined ? undefined : open);
  return {
    ...(item === undefined ? {} : { items: item }),
    ...(fields === undefined && more !== false ? {} : { fields: fields ?? {} }),
    ...(others === undefined ? {} : { others }),
  };
}

function fieldsIn({ entries }: Table<Schema>, { here, required: names }: Schema, walk: Walk): Fields | undefined {
  const needed = new Set(names?.value.map(({ value }) => value));
  for (const { spot, value } of names?.value ?? []) {
    if (!entries.has(value)) here.report(problemAt(spot, "SCHEMA_FORBIDDEN", `${value} is required and not declared`));
  }
  const fields = [...entries.values()].flatMap(({ key, value }) => {
    const field = toField(value, walk);
    return field === undefined ? [] : [[key, { ...field, required: needed.has(key) }] as const];
  });
  return fields.length < entries.size ? undefined : Object.fromEntries(fields);
}

import { parsePattern } from "../expression/pattern.ts";
import { isSecret, type Field, type Fields, type FieldType } from "../graph/field.ts";
import {
  anything,
  flag,
  keyRule,
  list,
  mapped,
  narrowed,
  number,
  oneOf,
  optional,
  refuse,
  required,
  saying,
  shape,
  table,
  text,
} from "./reader.ts";
import type { At, Here, KeyRule, Reader, Table } from "./reader.ts";
import { described, part } from "./schema.ts";
import { soundField } from "./sound-field.ts";
import { problemAt } from "./spot.ts";

const types: readonly FieldType[] = ["string", "number", "integer", "boolean", "object", "array", "any"];
const formats = ["email", "date-time", "date", "uuid"] as const;

/** Matched by RE2. */
export const pattern: Reader<At<string>> = mapped(text, (read, here) => {
  const parsed = parsePattern(read.value);
  return parsed.ok ? read : refuse(here, parsed.error.code, parsed.error.message);
});

/** A field may hold fields. */
export const field: Reader<Field> = saying(
  part("field", (parts) => described(fieldShape, parts)),
  (here) => {
    const read = fieldShape(here);
    return read && fieldOf(read, here);
  },
);

const FIELD_NAME = /^[\w-]{1,200}$/;

export const fieldName: KeyRule = keyRule(
  part("fieldName", () => ({ pattern: FIELD_NAME.source })),
  (given, { spot, report }) => {
    if (FIELD_NAME.test(given)) return true;
    report(problemAt(spot, "ID_CHARSET", `${given}: the name of a field consists of ASCII letters, digits, _ and -`));
    return false;
  },
);

/** Names of fields are read as parts of paths, so they hold no dot. */
export const fields: Reader<Table<Field>> = table(field, fieldName);

/** What is recorded as it comes: it is not secret, however deep, because whoever reads it is meant to. */
const recordedField: Reader<Field> = narrowed(
  mapped(field, (read, here) =>
    isSecret(read) ? refuse(here, "SECRET_FLOW", "what comes here is recorded, so it cannot be secret") : read,
  ),
  { properties: { secret: { const: false } } },
);

export const recordedFields: Reader<Table<Field>> = table(recordedField, fieldName);

/** The same, of some types only. */
export const recordedFieldsOf = (some: readonly FieldType[], why: string): Reader<Table<Field>> =>
  table(
    narrowed(
      mapped(recordedField, (read, here) =>
        some.includes(read.type)
          ? read
          : refuse(here, "ARTIFACT_SCHEMA", `${why} of type ${read.type}`, `use one of ${some.join(", ")}`),
      ),
      { properties: { type: { enum: some }, secret: { const: false } } },
    ),
    fieldName,
  );

export const plainFields = (read: Table<Field> | undefined): Fields =>
  Object.fromEntries([...(read?.entries ?? [])].map(([key, { value }]) => [key, value]));

const fieldShape = shape({
  type: required(oneOf(types)),
  required: optional(flag),
  default: optional(anything),
  enum: optional(list(anything)),
  min_length: optional(number),
  max_length: optional(number),
  minimum: optional(number),
  maximum: optional(number),
  exclusive_minimum: optional(number),
  exclusive_maximum: optional(number),
  multiple_of: optional(number),
  format: optional(oneOf(formats)),
  pattern: optional(pattern),
  nullable: optional(flag),
  fields: optional(fields),
  others: optional(field),
  min_fields: optional(number),
  max_fields: optional(number),
  items: optional(field),
  unique: optional(flag),
  any_of: optional(list(field)),
  secret: optional(flag),
});

const fieldOf = (read: NonNullable<ReturnType<typeof fieldShape>>, here: Here): Field | undefined =>
  soundField(
    {
      type: read.type.value,
      required: read.required ?? false,
      ...valueOf("default", read.default),
      ...(read.enum === undefined ? {} : { enum: read.enum.value.map(({ value }) => value) }),
      ...valueOf("min_length", read.min_length),
      ...valueOf("max_length", read.max_length),
      ...valueOf("minimum", read.minimum),
      ...valueOf("maximum", read.maximum),
      ...valueOf("exclusive_minimum", read.exclusive_minimum),
      ...valueOf("exclusive_maximum", read.exclusive_maximum),
      ...valueOf("multiple_of", read.multiple_of),
      ...valueOf("format", read.format),
      ...valueOf("pattern", read.pattern),
      ...(read.nullable === undefined ? {} : { nullable: read.nullable }),
      ...(read.fields === undefined ? {} : { fields: plainFields(read.fields) }),
      ...(read.others === undefined ? {} : { others: read.others }),
      ...valueOf("min_fields", read.min_fields),
      ...valueOf("max_fields", read.max_fields),
      ...(read.items === undefined ? {} : { items: read.items }),
      ...(read.unique === true ? { unique: true as const } : {}),
      ...valueOf("any_of", read.any_of),
      ...(read.secret === true ? { secret: true as const } : {}),
    },
    here,
  );

export const valueOf = <N extends string, T>(name: N, read: At<T> | undefined): { readonly [K in N]?: T } =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a computed key is widened to string otherwise
  (read === undefined ? {} : { [name]: read.value }) as { readonly [K in N]?: T };

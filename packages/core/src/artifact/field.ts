import { admit } from "../execution/admit.ts";
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
} from "./reader.ts";
import type { At, Here, KeyRule, Reader, Table } from "./reader.ts";
import { described, part } from "./schema.ts";
import { problemAt } from "./spot.ts";

const types: readonly FieldType[] = ["string", "number", "integer", "boolean", "object", "array", "any"];
const formats = ["email", "date-time"] as const;

/** Which rules belong to which types. The others would never be executed. */
const rulesOf: { readonly [rule: string]: readonly FieldType[] } = {
  min_length: ["string", "array"],
  max_length: ["string", "array"],
  format: ["string"],
  minimum: ["number", "integer"],
  maximum: ["number", "integer"],
  fields: ["object"],
  items: ["array"],
};

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

/** Fields of some types only. */
export const fieldsOf = (some: readonly FieldType[], why: string): Reader<Table<Field>> =>
  table(
    narrowed(
      mapped(field, (read, here) =>
        some.includes(read.type)
          ? read
          : refuse(here, "ARTIFACT_SCHEMA", `${why} of type ${read.type}`, `use one of ${some.join(", ")}`),
      ),
      { properties: { type: { enum: some } } },
    ),
    fieldName,
  );

/** Fields of what is recorded as it comes: none is secret, however deep, because a log keeps what it says. */
export const recordedFields: Reader<Table<Field>> = table(
  narrowed(
    mapped(field, (read, here) =>
      isSecret(read) ? refuse(here, "SECRET_FLOW", "what comes here is recorded, so it cannot be secret") : read,
    ),
    { properties: { secret: { const: false } } },
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
  format: optional(oneOf(formats)),
  fields: optional(fields),
  items: optional(field),
  secret: optional(flag),
});

function fieldOf(read: NonNullable<ReturnType<typeof fieldShape>>, here: Here): Field | undefined {
  const rules = {
    ...valueOf("default", read.default),
    ...(read.enum === undefined ? {} : { enum: read.enum.value.map(({ value }) => value) }),
    ...valueOf("min_length", read.min_length),
    ...valueOf("max_length", read.max_length),
    ...valueOf("minimum", read.minimum),
    ...valueOf("maximum", read.maximum),
    ...valueOf("format", read.format),
    ...(read.fields === undefined ? {} : { fields: plainFields(read.fields) }),
    ...(read.items === undefined ? {} : { items: read.items }),
    ...(read.secret === true ? { secret: true as const } : {}),
  };
  const found: Field = { type: read.type.value, required: read.required ?? false, ...rules };
  const contradiction = contradictionIn(found);
  return contradiction === undefined ? found : refuse(here, "FIELD_CONTRADICTION", contradiction);
}

const valueOf = <N extends string, T>(name: N, read: At<T> | undefined): { readonly [K in N]?: T } =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a computed key is widened to string otherwise
  (read === undefined ? {} : { [name]: read.value }) as { readonly [K in N]?: T };

function contradictionIn(found: Field): string | undefined {
  const stray = Object.entries(rulesOf).find(([rule, of]) => rule in found && !of.includes(found.type));
  if (stray !== undefined) return `${stray[0]} means nothing on a field of type ${found.type}`;
  if ((found.min_length ?? 0) > (found.max_length ?? Number.POSITIVE_INFINITY)) return "min_length is above max_length";
  if ((found.minimum ?? Number.NEGATIVE_INFINITY) > (found.maximum ?? Number.POSITIVE_INFINITY)) {
    return "minimum is above maximum";
  }
  if (![found.min_length ?? 0, found.max_length ?? 0].every((length) => Number.isSafeInteger(length) && length >= 0)) {
    return "a length is a whole number from 0";
  }
  const { default: value, enum: members, ...rules } = found;
  if (rules.secret === true && (value !== undefined || members !== undefined)) {
    return "a secret has neither a default nor an enum, because everybody may read this file";
  }
  const strange = (members ?? []).some((member) => admit({ member: rules }, { member }).nack.length > 0);
  if (strange) return "enum holds a value that the other rules refuse";
  const wrong = value === undefined ? undefined : admit({ default: found }, { default: value }).nack[0];
  return wrong?.message;
}

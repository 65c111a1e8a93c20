import type { Field, Fields, Json, JsonObject } from "@omnibase/core";

/** The JSON Schema of declared fields: what is checked is what is documented. */
export function schemaOf(fields: Fields): JsonObject {
  const required = Object.entries(fields).flatMap(([name, field]) => (field.required ? [name] : []));
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOfField(field)])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

/** What is the same by another name. */
const renamed = [
  ["default", "default"],
  ["enum", "enum"],
  ["minimum", "minimum"],
  ["maximum", "maximum"],
  ["exclusive_minimum", "exclusiveMinimum"],
  ["exclusive_maximum", "exclusiveMaximum"],
  ["multiple_of", "multipleOf"],
  ["format", "format"],
  ["pattern", "pattern"],
  ["min_fields", "minProperties"],
  ["max_fields", "maxProperties"],
] as const satisfies readonly (readonly [keyof Field, string])[];

export function schemaOfField(field: Field): JsonObject {
  const { any_of: ways, fields, items, max_length: most, min_length: least, nullable, others, type, unique } = field;
  const isList = type === "array";
  const rules = renamed.flatMap(([name, as]): readonly (readonly [string, Json])[] => {
    const rule = field[name];
    return rule === undefined ? [] : [[as, rule]];
  });
  const types = type === "any" ? undefined : nullable === true ? [type, "null"] : type;
  const closed = fields === undefined ? {} : schemaOf(fields);
  return {
    ...closed,
    ...(types === undefined ? {} : { type: types }),
    ...Object.fromEntries(rules),
    ...(least === undefined ? {} : { [isList ? "minItems" : "minLength"]: least }),
    ...(most === undefined ? {} : { [isList ? "maxItems" : "maxLength"]: most }),
    ...(items === undefined ? {} : { items: schemaOfField(items) }),
    ...(unique === true ? { uniqueItems: true } : {}),
    ...(others === undefined ? {} : { additionalProperties: schemaOfField(others) }),
    ...(ways === undefined ? {} : { anyOf: ways.map(schemaOfField) }),
  };
}

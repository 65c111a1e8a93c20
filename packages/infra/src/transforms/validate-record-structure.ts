import type { Json, PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { compare } from "./compare.ts";
import { isList, isRecord, memberOf } from "./same-json.ts";

/** Lists how a record is not what its schema says. Bad data is an answer here; only a schema that is none is a violation. */
export const validateRecordStructure: PureTransform = ({ record, schema }) => {
  if (!isRecord(schema) || !Object.values(schema).every(isRecord)) return violation("schema", "it must name fields");
  if (!isRecord(record)) return answered([{ field: "", rule: "type" }]);
  return answered(
    Object.entries(schema).flatMap(([field, rules]) =>
      isRecord(rules) ? brokenBy(record, field, rules).map((rule) => ({ field, rule })) : [],
    ),
  );
};

const answered = (violations: readonly Json[]): ReturnType<PureTransform> =>
  success({ is_valid: violations.length === 0, violations });

type Fields = { readonly [name: string]: Json };

const types: { readonly [type: string]: (value: Json) => boolean } = {
  string: (value) => typeof value === "string",
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  object: (value) => isRecord(value),
  array: (value) => isList(value),
  integer_string: (value) => typeof value === "string" && /^-?\d+$/.test(value),
  hex_string: (value) => typeof value === "string" && /^(?:0x)?[\da-fA-F]+$/.test(value),
};

/** The rules of one field that its value breaks. Where the type is wrong already, nothing else is asked. */
function brokenBy(record: Fields, field: string, rules: Fields): readonly string[] {
  const value = memberOf(record, field);
  if (value === undefined || value === null) return rules["required"] === true ? ["required"] : [];
  const { type } = rules;
  if (typeof type === "string" && !(Object.hasOwn(types, type) && types[type]?.(value) === true)) return ["type"];
  return Object.keys(ruleBreaks).filter((rule) => {
    const bound = memberOf(rules, rule);
    return bound !== undefined && ruleBreaks[rule]?.(value, bound, record) === true;
  });
}

const ruleBreaks: { readonly [rule: string]: (value: Json, bound: Json, record: Fields) => boolean } = {
  pattern: (value, bound) => !(typeof value === "string" && typeof bound === "string" && matches(value, bound)),
  min_value: (value, bound) => !(numberOf(value) >= numberOf(bound)),
  max_value: (value, bound) => !(numberOf(value) <= numberOf(bound)),
  min_length: (value, bound) => !(lengthOf(value) >= numberOf(bound)),
  max_length: (value, bound) => !(lengthOf(value) <= numberOf(bound)),
  lte_field: (value, bound, record) => {
    const difference = typeof bound === "string" ? compare(value, memberOf(record, bound)) : undefined;
    return difference === undefined || difference > 0;
  },
};

/** The whole text, not a part of it. */
const matches = (value: string, pattern: string): boolean => new RegExp(`^(?:${pattern})$`, "u").test(value);

/** What is no number fits no bound. A text of digits counts, because amounts travel as texts. */
const numberOf = (value: Json): number =>
  typeof value === "number" || (typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value))
    ? Number(value)
    : Number.NaN;

function lengthOf(value: Json): number {
  if (typeof value === "string") return Array.from(value).length;
  return isList(value) ? value.length : Number.NaN;
}

import { admit } from "../execution/admit.ts";
import type { Field, FieldType } from "../graph/field.ts";
import type { Json } from "../value/json.ts";
import { valueAt } from "../execution/evaluate.ts";
import { refuse, type Here } from "./reader.ts";

/** A field whose rules go together, or why they do not. Defaults inside of a default are filled in here, once. */
export function soundField(found: Field, here: Here): Field | undefined {
  const contradiction = contradictionIn(found);
  if (contradiction !== undefined) return refuse(here, "FIELD_CONTRADICTION", contradiction);
  const { default: given, ...rules } = found;
  return given === undefined ? found : { ...found, default: filledIn(rules, given) };
}

function filledIn(rules: Field, given: Json): Json {
  return valueAt(admit({ it: rules }, { it: given }).payload, ["it"]) ?? given;
}

/** Which rules belong to which types. The others would never be executed. */
const rulesOf: { readonly [rule: string]: readonly FieldType[] } = {
  min_length: ["string", "array"],
  max_length: ["string", "array"],
  format: ["string"],
  minimum: ["number", "integer"],
  maximum: ["number", "integer"],
  exclusive_minimum: ["number", "integer"],
  exclusive_maximum: ["number", "integer"],
  multiple_of: ["number", "integer"],
  pattern: ["string"],
  others: ["object"],
  min_fields: ["object"],
  max_fields: ["object"],
  unique: ["array"],
  any_of: ["any"],
  fields: ["object"],
  items: ["array"],
};

const anyWayMax = 16;

function contradictionIn(found: Field): string | undefined {
  const stray = Object.entries(rulesOf).find(([rule, of]) => rule in found && !of.includes(found.type));
  if (stray !== undefined) return `${stray[0]} means nothing on a field of type ${found.type}`;
  const crossed = bounds.find(([least, most]) => (found[least] ?? -Infinity) > (found[most] ?? Infinity));
  if (crossed !== undefined) return `${crossed[0]} is above ${crossed[1]}`;
  const counts = [found.min_length, found.max_length, found.min_fields, found.max_fields];
  if (!counts.every((count = 0) => Number.isSafeInteger(count) && count >= 0)) {
    return "a length is a whole number from 0";
  }
  if ((found.multiple_of ?? 1) <= 0) return "multiple_of is above 0";
  if (found.any_of !== undefined && (found.any_of.length === 0 || found.any_of.length > anyWayMax)) {
    return `any_of names 1 to ${String(anyWayMax)} ways`;
  }
  return strangeValueIn(found);
}

const bounds = [
  ["min_length", "max_length"],
  ["min_fields", "max_fields"],
  ["minimum", "maximum"],
  ["exclusive_minimum", "exclusive_maximum"],
] as const;

function strangeValueIn({ default: value, enum: members, ...rules }: Field): string | undefined {
  if (rules.secret === true && (value !== undefined || members !== undefined)) {
    return "a secret has neither a default nor an enum, because everybody may read this file";
  }
  const strange = (members ?? []).some((member) => admit({ member: rules }, { member }).nack.length > 0);
  if (strange) return "enum holds a value that the other rules refuse";
  const whole = members === undefined ? rules : { ...rules, enum: members };
  const wrong =
    value === undefined ? undefined : admit({ default: { ...whole, default: value } }, { default: value }).nack[0];
  return wrong?.message;
}

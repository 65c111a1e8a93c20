import { isOpaque, isSecret } from "../graph/field.ts";
import type { Field, Fields } from "../graph/field.ts";
import { ownValue } from "../value/present.ts";
import { ruleMisfit } from "./rules-fit.ts";

export const anyField: Field = { type: "any", required: false };

/**
 * The field at the end of a path, or `undefined` where there can be none. What is inside of a secret is secret, and of
 * one that is recorded as a whole no part is read.
 */
export function fieldAt(start: Field, path: readonly string[]): Field | undefined {
  let field: Field | undefined = start;
  for (const name of path) {
    if (field === undefined || (isOpaque(field) && isSecret(field))) return undefined;
    const { type, fields, others, secret }: Field = field;
    const isOpen = type === "any" || (type === "object" && fields === undefined && others === undefined);
    if (isOpen) return anyField;
    const inner: Field | undefined = ownValue(fields ?? {}, name) ?? (others && { ...others, required: false });
    field = inner !== undefined && secret === true ? { ...inner, secret } : inner;
  }
  return field;
}

/** Why a value of one field may not stand where another is declared: by type, by rule, or by something inside of it. */
export function misfit(from: Field, to: Field): string | undefined {
  if (from.type === "any" || to.type === "any") return undefined;
  if (from.nullable === true && to.nullable !== true) return `${from.type} or null where ${to.type} is declared`;
  const isWhole = from.type === "integer" && to.type === "number";
  if (from.type !== to.type && !isWhole) return `${from.type} where ${to.type} is declared`;
  const rule = ruleMisfit(from, to);
  if (rule !== undefined) return rule;
  if (from.fields !== undefined && to.fields !== undefined) return misfitOfFields(from.fields, to.fields);
  return from.items === undefined || to.items === undefined ? undefined : misfit(from.items, to.items);
}

function misfitOfFields(from: Fields, to: Fields): string | undefined {
  for (const [name, wanted] of Object.entries(to)) {
    const given = ownValue(from, name);
    if (given === undefined && wanted.required) return `an object without ${name}, which is required`;
    if (given !== undefined && wanted.required && !given.required && given.default === undefined) {
      return `an object whose ${name} may be absent, and is required`;
    }
    const inner = given === undefined ? undefined : misfit(given, wanted);
    if (inner !== undefined) return `${inner}, at ${name}`;
  }
  return undefined;
}

import type { Json, PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { compare } from "./compare.ts";
import { isList, isRecord, memberOf, sameJson } from "./same-json.ts";

/** Every rule holds, or the first that does not is named in a violation. A rule that nobody understands does not hold. */
export const validateParameterRules: PureTransform = ({ parameters, rules }) => {
  if (!isRecord(parameters)) return violation("parameters", "it must be an object");
  if (!isList(rules)) return violation("rules", "it must be a list");
  const failed = rules.find((rule) => !holds(rule, parameters));
  if (failed === undefined) return success({ valid: true, failed_rule: null });
  return { outcome: "VIOLATION", value: { valid: false, failed_rule: failed } };
};

interface Operands {
  /** Absent: the parameter is not there. */
  readonly actual: Json | undefined;
  readonly value: Json | undefined;
  readonly allowed: Json | undefined;
}

const isOrdered =
  (fits: (difference: number) => boolean) =>
  ({ actual, value }: Operands): boolean => {
    const difference = compare(actual, value);
    return difference !== undefined && fits(difference);
  };

const operators: { readonly [op: string]: (operands: Operands) => boolean } = {
  eq: ({ actual, value }) => sameJson(actual ?? null, value ?? null),
  neq: ({ actual, value }) => !sameJson(actual ?? null, value ?? null),
  lt: isOrdered((difference) => difference < 0),
  lte: isOrdered((difference) => difference <= 0),
  gt: isOrdered((difference) => difference > 0),
  gte: isOrdered((difference) => difference >= 0),
  in: ({ actual, allowed, value }) => {
    const list = allowed ?? value;
    return isList(list) && list.some((one) => sameJson(one, actual ?? null));
  },
  not_null: ({ actual }) => actual !== undefined && actual !== null,
};

function holds(rule: Json, parameters: { readonly [name: string]: Json }): boolean {
  if (!isRecord(rule)) return false;
  const { field, op, value, allowed } = rule;
  if (typeof field !== "string" || typeof op !== "string" || !Object.hasOwn(operators, op)) return false;
  return operators[op]?.({ actual: memberOf(parameters, field), value, allowed }) === true;
}

import type { Json, PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { isList, isRecord, memberOf, sameJson } from "./same-json.ts";

/** The records whose fields are all as the filter says: a value, or `"present"` for any but null. None is a violation. */
export const filterRecords: PureTransform = ({ source, filter }) => {
  if (!isList(source)) return violation("source", "it must be a list");
  if (!isRecord(filter)) return violation("filter", "it must be an object");
  const wanted = Object.entries(filter);
  const extracted = source.filter(
    (record) => isRecord(record) && wanted.every(([name, value]) => fits(record, name, value)),
  );
  return extracted.length === 0 ? violation("source", "no record fits the filter") : success({ extracted });
};

function fits(record: { readonly [name: string]: Json }, name: string, value: Json): boolean {
  const actual = memberOf(record, name);
  return value === "present" ? actual !== undefined && actual !== null : sameJson(actual, value);
}

import type { Json, PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { isList, isRecord, memberOf } from "./same-json.ts";

/** The value at a path of names with dots between them; `type` says what it must be. */
export const extract: PureTransform = ({ from, path, type }) => {
  if (typeof path !== "string" || path === "") return violation("path", "it must be a text");
  let result = from;
  for (const name of path.split(".")) result = isRecord(result) ? memberOf(result, name) : undefined;
  if (result === undefined) return violation("path", `there is nothing at ${path}`);
  return type === undefined || typeOf(result) === type || (type === "integer" && Number.isInteger(result))
    ? success({ result })
    : violation("type", `what is at ${path} is of the type ${typeOf(result)}`);
};

function typeOf(value: Json): string {
  if (value === null) return "null";
  return isList(value) ? "array" : typeof value;
}

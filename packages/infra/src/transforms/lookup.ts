import type { PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { isRecord, memberOf } from "./same-json.ts";

/** The value of a key in a map. A key that is not there is a violation. */
export const lookup: PureTransform = ({ key, map }) => {
  if (typeof key !== "string") return violation("key", "it must be a text");
  if (!isRecord(map)) return violation("map", "it must be an object");
  const result = memberOf(map, key);
  return result === undefined ? violation("key", `the map has no key ${key}`) : success({ result });
};

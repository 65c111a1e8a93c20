import type { PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { sameJson } from "./same-json.ts";

/** Whether two values are the same value. */
export const compareEqual: PureTransform = ({ left, right }) => {
  if (left === undefined) return violation("left", "it is missing");
  if (right === undefined) return violation("right", "it is missing");
  return success({ is_equal: sameJson(left, right) });
};

import type { PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";

/** Hands a value on as the result. */
export const execEmit: PureTransform = ({ value }) =>
  value === undefined ? violation("value", "it is missing") : success({ result: value });

import type { PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { isRecord } from "./same-json.ts";

/** A record of the fields that are bound. */
export const assembleRecord: PureTransform = ({ fields }) =>
  isRecord(fields) ? success({ record: fields }) : violation("fields", "it must be an object");

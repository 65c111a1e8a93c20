import type { PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { isList, sameJson } from "./same-json.ts";

/** Whether a value is among those that are allowed. What is not is a violation, so nobody can forget to ask. */
export const validateSetMembership: PureTransform = ({ value, allowed_set }) => {
  if (!isList(allowed_set)) return violation("allowed_set", "it must be a list");
  const isMember = value !== undefined && allowed_set.some((allowed) => sameJson(allowed, value));
  return isMember ? success({ is_member: true }) : violation("value", "it is not in the allowed set");
};

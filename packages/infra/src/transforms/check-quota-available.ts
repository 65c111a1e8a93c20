import type { PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";

/** Whether one more fits. */
export const checkQuotaAvailable: PureTransform = ({ assigned_count, quota }) => {
  if (typeof assigned_count !== "number") return violation("assigned_count", "it must be a number");
  if (typeof quota !== "number") return violation("quota", "it must be a number");
  return success({ quota_available: assigned_count < quota });
};

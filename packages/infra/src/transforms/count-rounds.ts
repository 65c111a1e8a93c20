import type { Json, PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { isList, isRecord, memberOf } from "./same-json.ts";

/**
 * How far a sequence went: how many of its rounds succeeded, and how many of the items that these had of their own. A
 * round counts its own only where all of them succeeded.
 */
export const countRounds: PureTransform = ({ outcomes, results }) => {
  if (!isList(outcomes)) return violation("outcomes", "it must be a list");
  if (!isList(results)) return violation("results", "it must be a list");
  const subItems = results.map(subItemsIn).filter((own) => own.every(isSuccess));
  return success({
    result_status: outcomes.every(isSuccess) ? "SUCCESS" : "VIOLATION",
    items_processed: outcomes.filter(isSuccess).length,
    sub_items_processed: subItems.reduce((sum, own) => sum + own.length, 0),
  });
};

function subItemsIn(result: Json): readonly Json[] {
  const own = isRecord(result) ? memberOf(result, "sub_items") : undefined;
  return isList(own) ? own : [];
}

const isSuccess = (outcome: Json): boolean => outcome === "SUCCESS";

import type { PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { isList, isRecord, memberOf } from "./same-json.ts";

/** What came of several workflows, each by its code. One that says nothing of a success has failed. */
export const collectResults: PureTransform = ({ workflows }) => {
  if (!isList(workflows)) return violation("workflows", "it must be a list");
  const results = workflows.filter(isRecord).map((workflow) => ({
    code: memberOf(workflow, "code") ?? null,
    result_status: memberOf(workflow, "result_status") ?? "FAILED",
    outputs: memberOf(workflow, "outputs") ?? {},
  }));
  if (results.length < workflows.length) return violation("workflows", "each must be an object");
  const all_succeeded = results.every(({ result_status }) => result_status === "SUCCESS");
  return success({ result_status: all_succeeded ? "SUCCESS" : "PARTIAL_FAILURE", results, all_succeeded });
};

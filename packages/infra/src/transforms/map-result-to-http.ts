import type { Json, PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { isRecord, memberOf } from "./same-json.ts";

/** Which of the three words that a mapping knows a failure comes under. Every other one is a BACKEND_ERROR. */
const failures: ReadonlyMap<Json | undefined, string> = new Map([
  ["EXIT_VIOLATION", "VIOLATION"],
  ["EXIT_REJECTED", "VIOLATION"],
  ["ADMISSION_DENIED", "VIOLATION"],
  ["EXIT_NOT_FOUND", "NOT_FOUND"],
]);

/** The status and body of an HTTP response for what an execution came to. What the mapping does not name is 500. */
export const mapResultToHttp: PureTransform = ({ execution_result, mapping }) => {
  if (!isRecord(execution_result)) return violation("execution_result", "it must be an object");
  if (!isRecord(mapping)) return violation("mapping", "it must be an object");
  const of = (name: string): Json | undefined => memberOf(execution_result, name);
  const result_status = statusOf(of("status"), of("exit_reason_code"));
  const mapped = memberOf(mapping, result_status) ?? 500;
  if (!isHttpStatus(mapped)) return violation("mapping", `${result_status} is not mapped to a status from 100 to 599`);
  const response_body = {
    status: of("status") ?? "BACKEND_ERROR",
    exit_reason_code: of("exit_reason_code") ?? null,
    trace_id: of("trace_id") ?? null,
    result_payload: of("result_payload") ?? {},
    ...textAt("error_code", of("error_code")),
    ...textAt("message", of("message")),
  };
  return success({ http_status: mapped, response_body, result_status });
};

function statusOf(status: Json | undefined, reason: Json | undefined): string {
  if (status === "SUCCESS") return "SUCCESS";
  return (status === "FAILED" ? failures.get(reason) : undefined) ?? "BACKEND_ERROR";
}

const isHttpStatus = (status: Json): boolean =>
  typeof status === "number" && Number.isInteger(status) && status >= 100 && status <= 599;

const textAt = (name: string, text: Json | undefined): { readonly [name: string]: string } =>
  typeof text === "string" && text !== "" ? { [name]: text } : {};

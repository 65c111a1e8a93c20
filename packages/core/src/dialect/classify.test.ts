import { expect, it } from "vitest";
import { endingOf } from "./classify.ts";

it.each([
  ["COMPLETED", "VIOLATION", "completed", "COMPLETED"],
  ["HTTP_200", "VIOLATION", "completed", "COMPLETED"],
  ["HTTP_404", "SUCCESS", "failed", "EXIT_HTTP_404"],
  ["FAILED", "VIOLATION", "failed", "EXIT_VIOLATION"],
  ["FAILED", "SUCCESS", "failed", "COMPLETED"],
  ["FAILED", "NACK", "rejected", "EXIT_REJECTED"],
  ["FAILED", "STRANGE", "failed", "EXECUTION_ERROR"],
  ["EXITED", "SUCCESS", "completed", "COMPLETED"],
  ["EXITED", "ACK", "completed", "COMPLETED"],
  ["EXITED", "NACK", "rejected", "EXIT_REJECTED"],
  ["HALTED", "ALREADY_EXISTS", "failed", "EXIT_ALREADY_EXISTS"],
  ["DUPLICATE_NONCE", "NOT_FOUND", "failed", "EXIT_NOT_FOUND"],
  [undefined, "BACKEND_ERROR", "failed", "EXIT_BACKEND_ERROR"],
  [undefined, "CAP_REACHED", "failed", "GOVERNANCE_VIOLATION"],
] as const)("an exit with the reason %s after %s is %s, by %s", (reason, status, meaning, says) => {
  expect(endingOf(reason, status)).toEqual({ class: meaning, reason: says });
});

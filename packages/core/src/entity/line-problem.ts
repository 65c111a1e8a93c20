import type { Problem } from "../value/problem.ts";

/** What is wrong with a line of a file that a store would take in. */
export const lineProblem = (file: string, line: number, message: string): Problem => ({
  code: "DATA_LINE_INVALID",
  severity: "error",
  message,
  at: { file, line, column: 1 },
  hint: "correct the line, or move the file away so that the store begins empty",
});

import { printable } from "@omnibase/core";
import { paintFor, problemsText } from "../text/frame.ts";
import type { Io } from "./io.ts";
import { errorDocument, type ExitCode, type Refused, type Report } from "./report.ts";

export type Format = "human" | "json";

/** On stdout stands the result and nothing else; in JSON it is exactly one document, whatever happened. */
export function printReport(io: Io, format: Format, report: Report): ExitCode {
  if (format === "json") io.out(`${JSON.stringify(report.document)}\n`);
  else if (report.text !== "") io.out(`${report.text}\n`);
  if (format === "human") for (const note of report.notes ?? []) io.err(`${note}\n`);
  return report.exit;
}

export function printRefused(io: Io, format: Format, refused: Refused): ExitCode {
  if (format === "json") {
    io.out(`${JSON.stringify(errorDocument(refused))}\n`);
    return refused.exit;
  }
  const paint = paintFor(io.color);
  const { code, hint, message, problems = [], sources = new Map() } = refused;
  if (problems.length > 0) io.err(`${problemsText(problems, { sources, paint })}\n\n`);
  io.err(`omnibase: ${paint.bad(code)} ${printable(message, messageCharsMax)}\n`);
  if (hint !== undefined) io.err(`  ${paint.dim("hint:")} ${printable(hint, messageCharsMax)}\n`);
  return refused.exit;
}

const messageCharsMax = 2_000;

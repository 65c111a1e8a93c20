import { printable, type Json } from "@omnibase/core";
import { paintFor, problemsText } from "../text/frame.ts";
import type { Io } from "./io.ts";
import { errorDocument, type ExitCode, type Refused, type Report } from "./report.ts";

export type Format = "human" | "json";

/** On stdout stands the result and nothing else; in JSON it is exactly one document, whatever happened. */
export function printReport(io: Io, format: Format, report: Report): ExitCode {
  if (format === "json") io.out(jsonText(report.document));
  else if (report.text !== "") io.out(`${report.text}\n`);
  if (format === "human") for (const note of report.notes ?? []) io.err(`${note}\n`);
  return report.exit;
}

export function printRefused(io: Io, format: Format, refused: Refused): ExitCode {
  if (format === "json") {
    io.out(jsonText(errorDocument(refused)));
    return refused.exit;
  }
  const paint = paintFor(io.color);
  const { code, hint, message, problems = [], sources = new Map() } = refused;
  if (problems.length > 0) io.err(`${problemsText(problems, { sources, paint })}\n\n`);
  io.err(`omnibase: ${paint.bad(code)} ${printable(message, messageCharsMax)}\n`);
  if (hint !== undefined) io.err(`  ${paint.dim("hint:")} ${printable(hint, messageCharsMax)}\n`);
  return refused.exit;
}

/** The same JSON, without characters that act on a terminal: those that JSON itself lets through are escaped, too. */
const jsonText = (document: Json): string =>
  `${JSON.stringify(document).replaceAll(ACTIVE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;

const ACTIVE = /[\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g;

const messageCharsMax = 2_000;

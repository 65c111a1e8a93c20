import { printable, type Json } from "@omnibase/core";
import { version } from "../program/version.ts";
import { inertJson } from "../text/inert-json.ts";
import { annotationOfRefusal, annotationsText } from "../text/annotations.ts";
import { paintFor, problemsText } from "../text/frame.ts";
import type { Standing } from "../text/place.ts";
import { sarifOf } from "../text/sarif.ts";
import { yamlText } from "../text/yaml-text.ts";
import type { Io } from "./io.ts";
import { errorDocument, type ExitCode, type Findings, type Refused, type Report } from "./report.ts";

/** `sarif` and `github` are for commands that find problems. */
export type Format = "human" | "json" | "yaml" | "sarif" | "github";

/** On stdout stands the result and nothing else; in JSON it is exactly one document, whatever happened. */
export function printReport(io: Io, format: Format, report: Report): ExitCode {
  const { document, exit, notes = [], problems = [], text } = report;
  if (report.told === true) return exit;
  switch (format) {
    case "json":
      io.out(jsonText(document));
      return exit;
    case "yaml":
      io.out(yamlText(document));
      return exit;
    case "sarif":
      io.out(jsonText(sarifOf({ problems, standing: standingOf(report, io), version, exit })));
      return exit;
    case "github":
      io.out(linesOf(annotationsText(problems, standingOf(report, io)), text));
      break;
    case "human":
      if (problems.length > 0) io.err(`${framesOf(report, io)}\n\n`);
      io.out(linesOf(text));
      break;
  }
  for (const note of notes) io.err(`${note}\n`);
  return exit;
}

/** One of many that come while a command goes on: a line each, in JSON as in text. */
export function printOne(io: Io, format: Format, { document, text }: Pick<Report, "document" | "text">): void {
  if (format === "json") io.out(jsonText(document));
  else if (format === "yaml") io.out(`---\n${yamlText(document)}`);
  else io.out(linesOf(text));
}

export function printRefused(io: Io, format: Format, refused: Refused): ExitCode {
  const { code, exit, hint, message, problems = [] } = refused;
  if (format === "json" || format === "yaml") {
    const document = errorDocument(refused);
    io.out(format === "json" ? jsonText(document) : yamlText(document));
    return exit;
  }
  if (format === "sarif") {
    const failure = problems.length > 0 ? {} : { failure: { code, message } };
    io.out(jsonText(sarifOf({ problems, standing: standingOf(refused, io), version, exit, ...failure })));
  }
  if (format === "github") {
    const says = hint === undefined ? [message] : [message, `hint: ${hint}`];
    const annotations = annotationsText(problems, standingOf(refused, io));
    io.out(linesOf(problems.length > 0 ? annotations : annotationOfRefusal(code, says)));
  } else if (problems.length > 0) io.err(`${framesOf(refused, io)}\n\n`);
  const paint = paintFor(io.color);
  io.err(`omnibase: ${paint.bad(code)} ${printable(message, messageCharsMax)}\n`);
  if (hint !== undefined) io.err(`  ${paint.dim("hint:")} ${printable(hint, messageCharsMax)}\n`);
  return exit;
}

const framesOf = ({ problems = [], sources = new Map() }: Findings, io: Io): string =>
  problemsText(problems, { sources, paint: paintFor(io.color) });

/** Asked only where something stands: the folder of the call may be gone. */
const standingOf = ({ base, problems = [] }: Findings, io: Io): Standing => ({
  base,
  cwd: problems.length > 0 ? io.cwd() : "",
});

const linesOf = (...parts: readonly string[]): string =>
  parts
    .filter((part) => part !== "")
    .map((part) => `${part}\n`)
    .join("");

const jsonText = (document: Json): string => `${inertJson(document)}\n`;

const messageCharsMax = 2_000;

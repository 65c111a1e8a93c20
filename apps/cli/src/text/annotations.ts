import { printable, type Problem } from "@omnibase/core";
import { pathFromCall, type Standing } from "./place.ts";

const textCharsMax = 2_000;

/** One workflow command of GitHub Actions for each problem, which it shows at the line. */
export const annotationsText = (problems: readonly Problem[], standing: Standing): string =>
  problems.map((problem) => annotationOf(problem, standing)).join("\n");

function annotationOf({ at, code, hint, message, severity }: Problem, standing: Standing): string {
  const place = { file: pathFromCall(at.file, standing), line: at.line, col: at.column, title: code };
  return commandLine(severity, place, hint === undefined ? [message] : [message, `hint: ${hint}`]);
}

/** What went wrong with the command itself, and has no line. */
export const annotationOfRefusal = (code: string, says: readonly string[]): string =>
  commandLine("error", { title: code }, says);

type Properties = { readonly [name: string]: string | number };

function commandLine(level: Problem["severity"], properties: Properties, says: readonly string[]): string {
  const named = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(shown(String(value)))}`);
  return `::${level} ${named.join(",")}::${escaped(says.map(shown).join("\n"))}`;
}

const shown = (text: string): string => printable(text, textCharsMax);

/** As the runner decodes it. The percent sign goes first, or it would be escaped twice. */
const escaped = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapedProperty = (text: string): string => escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

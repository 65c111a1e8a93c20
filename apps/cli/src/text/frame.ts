import picocolors from "picocolors";
import { printable, type Position, type Problem } from "@omnibase/core";

export interface FrameOptions {
  readonly sources: ReadonlyMap<string, string>;
  readonly paint: Paint;
}

/** Colours, or none. */
export interface Paint {
  readonly bad: Tint;
  readonly warn: Tint;
  readonly dim: Tint;
  readonly bold: Tint;
}

type Tint = (text: string) => string;

export function paintFor(color: boolean): Paint {
  const { bold, dim, red, yellow } = picocolors.createColors(color);
  return { bad: red, warn: yellow, dim, bold };
}

/** Every problem as `file:line:column`, code and message, the line itself with a caret, and what to do. */
export function problemsText(problems: readonly Problem[], options: FrameOptions): string {
  return problems.map((problem) => problemText(problem, options)).join("\n\n");
}

function problemText({ at, code, hint, message, related = [], severity }: Problem, options: FrameOptions): string {
  const { paint } = options;
  const tint = severity === "error" ? paint.bad : paint.warn;
  const head = `${paint.bold(placeText(at))} ${tint(`${severity} ${code}`)} ${printable(message, messageCharsMax)}`;
  const others = related.map((one) => `  ${placeText(one.at)} ${printable(one.message)}`);
  const advice = hint === undefined ? [] : [`  ${paint.dim("hint:")} ${printable(hint, messageCharsMax)}`];
  return [head, ...frameOf(at, options), ...others, ...advice].join("\n");
}

const messageCharsMax = 1_000;

const placeText = ({ column, file, line }: Position): string => `${printable(file)}:${String(line)}:${String(column)}`;

/** Long lines are shown around the column. */
const before = 60;
const after = 40;

function frameOf({ column, file, line }: Position, { paint, sources }: FrameOptions): readonly string[] {
  const text = sources.get(file)?.split(/\r\n?|\n/, line)[line - 1];
  if (text === undefined || text === "") return [];
  const from = Math.max(0, column - 1 - before);
  const left = shown(text.slice(from, column - 1));
  const right = shown(text.slice(column - 1, column - 1 + after));
  const number = String(line);
  const cut = from > 0 ? "…" : "";
  const gutter = " ".repeat(number.length);
  return [
    `  ${paint.dim(`${number} |`)} ${cut}${left}${right}`,
    `  ${paint.dim(`${gutter} |`)} ${" ".repeat(cut.length + left.length)}${paint.bad("^")}`,
  ];
}

/** Tabs would move the caret. */
const shown = (text: string): string => printable(text.replaceAll("\t", " "));

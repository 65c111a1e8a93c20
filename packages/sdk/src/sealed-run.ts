import type { Position } from "@omnibase/core";
import { takenFromAround, type Literal } from "@omnibase/infra/typescript";
import type { Locating } from "./locate.ts";

/** The code of one transform, as it is sealed. */
export interface SealedRun {
  /** By which its artifact names it. */
  readonly name: string;
  /** TypeScript that names `execute`. */
  readonly source: string;
  /** Where the author wrote what begins at a line of it. */
  readonly at: Position;
  readonly fromLine: number;
}

/** Above stands what is put there. */
const fromLine = 3;

export interface Running {
  readonly name: string;
  readonly literal: Literal | undefined;
  readonly source: string;
  readonly at: Position;
  /** Whether the code names its outcome, or answers with the value of SUCCESS alone. */
  readonly saysOutcome: boolean;
}

/** Takes the text of `run` out of the file, so that what is sealed changes when the code does, and for nothing else. */
export function sealedRun(running: Running, locating: Locating): SealedRun | undefined {
  const { name, saysOutcome } = running;
  const run = textOfRun(running, locating);
  if (run === undefined) return undefined;
  const head = saysOutcome
    ? "export const execute = (input) => run(input);"
    : 'export const execute = (input) => ({ outcome: "SUCCESS", value: run(input) });';
  return { name, source: `${head}\nconst run =\n${run.text};\n`, at: run.at, fromLine };
}

interface TextOfRun {
  readonly at: Position;
  readonly text: string;
}

function textOfRun({ at, literal, source }: Running, { position, report }: Locating): TextOfRun | undefined {
  const refuse = (message: string, where: Position): undefined => {
    report({ code: "RUN_NOT_SEALED", severity: "error", message, at: where });
    return undefined;
  };
  const entry = literal?.kind === "map" ? literal.entries.get("run") : undefined;
  if (entry === undefined) return refuse("`run` is not written where the transform is defined", at);
  const { isMethod, value } = entry;
  const text = source.slice(value.at, value.end);
  if (!isMethod && !/^(?:\(|function\b|[\w$]+\s*=>)/.test(text)) {
    return refuse("`run` is no function that is written out here", position(value.at));
  }
  const taken = takenFromAround(source, value);
  for (const one of taken) refuse(`\`run\` reads ${one.name}, which stands outside of it`, position(one.at));
  if (taken.length > 0) return undefined;
  return { at: position(value.at), text: isMethod ? `function ${text}` : text };
}

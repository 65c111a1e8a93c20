import { codes, type Code } from "../compile/codes.ts";
import { printable } from "../value/display.ts";
import type { Position, Problem, Related } from "../value/problem.ts";

/** Where something stands: in the file for people, in the document for tools. */
export interface Spot {
  readonly at: Position;
  /** A JSON pointer. */
  readonly path: string;
}

export type Report = (problem: Problem) => void;

export interface More {
  /** Better than what the code says in general. */
  readonly hint?: string;
  readonly related?: readonly Related[];
}

const messageCharsMax = 500;

/** Names come from files, so they are shown in a form that cannot act on a terminal. */
export function problemAt(spot: Spot, code: Code, message: string, { hint, related }: More = {}): Problem {
  return {
    code,
    severity: "error",
    message: printable(message, messageCharsMax),
    at: spot.at,
    path: spot.path,
    hint: hint === undefined ? codes[code].hint : printable(hint),
    ...(related === undefined ? {} : { related }),
  };
}

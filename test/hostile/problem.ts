import { isObject, type Json, type Position, type Problem } from "@omnibase/core";
import type { Said, SaidProblem } from "./case.ts";

const placeText = ({ column, line }: Position): string => `${String(line)}:${String(column)}`;

/** The part of a problem that a row may state. A refusal as a whole has no place. */
export function problemOf(problem: Omit<Problem, "at" | "severity"> & { readonly at?: Position }): SaidProblem {
  const { at, code, hint, message, path, related = [] } = problem;
  return {
    code,
    message,
    related: related.map((one) => placeText(one.at)),
    ...(hint === undefined ? {} : { hint }),
    ...(path === undefined ? {} : { path }),
    ...(at === undefined ? {} : { file: at.file, at: placeText(at) }),
  };
}

/** What a command printed as JSON, and the first problem in it, or the refusal itself where it lists none. */
export function documentIn(stdout: string): Pick<Said, "document" | "problem"> {
  const document = parsed(stdout);
  if (document === undefined || !isObject(document) || typeof document["code"] !== "string") {
    return { document, problem: undefined };
  }
  const { problems } = document;
  const [first = document] = Array.isArray(problems) ? problems : [];
  return { document, problem: problemOf(first) };
}

function parsed(text: string): Json | undefined {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JSON.parse returns is JSON
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** What a reader inside this process says, in the form of a command. */
export function saidBy(
  result: { readonly ok: true } | { readonly ok: false; readonly error: readonly Problem[] },
): Said {
  const first = result.ok ? undefined : result.error[0];
  const problem = first === undefined ? undefined : problemOf(first);
  return { exit: result.ok ? 0 : 4, stdout: "", stderr: "", document: undefined, problem };
}

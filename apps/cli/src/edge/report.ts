import type { Json, Problem } from "@omnibase/core";

/**
 * How a process ends: 0 completed (also waiting and detached), 1 rejected, failed, cancelled or an incident, 2 usage or
 * configuration, 3 not found, 4 against the rules, 5 integrity or security. There are no others.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5;

/** What is wrong in files, and what it takes to show where. */
export interface Findings {
  readonly problems?: readonly Problem[];
  /** The texts that the problems stand in, by file, for the frames. */
  readonly sources?: ReadonlyMap<string, string>;
  /** The folder that their files are relative to; absent: that of the call. */
  readonly base?: string | undefined;
}

/** What a command has to say: the same facts once for programs and once for people. Its findings are warnings. */
export interface Report extends Findings {
  readonly exit: ExitCode;
  readonly document: Json;
  readonly text: string;
  /** For people, beside the result: what to know, what to do next. Goes to stderr. */
  readonly notes?: readonly string[];
  /** Everything was said while it went on, so nothing is at the end. */
  readonly told?: true;
}

/** Why a command did not do it. */
export interface Refused extends Findings {
  readonly exit: ExitCode;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** Facts beside the code, for programs. */
  readonly facts?: { readonly [name: string]: Json };
}

export const errorSchema = "omnibase-error/1";

/** `schema` first and the rest as it comes: documents are read by people too. */
export const documentOf = (schema: string, facts: object): Json => ({ schema, ...facts });

export function errorDocument({ code, message, hint, problems = [], facts = {} }: Refused): Json {
  const advice = hint === undefined ? {} : { hint };
  return documentOf(errorSchema, { code, message, ...advice, ...facts, problems });
}

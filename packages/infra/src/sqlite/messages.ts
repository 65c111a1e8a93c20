import { StoreFault } from "@omnibase/spi";
import type { StoreFaultCode } from "@omnibase/spi";
import type { GroupAnswer, GroupWrite } from "./group.ts";
import type { Opening } from "./schema.ts";

/** What the worker is started with. */
export interface WorkerTask {
  readonly file: string;
  readonly opening: Opening;
}

export type ToWorker = readonly GroupWrite[] | "close";

/** Ready, the answers to a group, or why the store did not open. */
export type FromWorker = "ready" | SentGroup | SentError;

/** The answers to a group, and how long it took to commit. */
interface SentGroup {
  readonly answers: readonly SentAnswer[];
  readonly ms: number;
}

/** A thread is told less of an error than it could need: its class and its fields are lost on the way. */
export interface SentError {
  readonly error: string;
  readonly fault?: { readonly code: StoreFaultCode; readonly retryable: boolean };
}

/** Nearly every answer is the plain one, which costs a byte. */
export type SentAnswer = 0 | Exclude<GroupAnswer, Error> | SentError;

export const sent = (answer: GroupAnswer): SentAnswer => {
  if (answer instanceof Error) return sentError(answer);
  return answer.kind === "committed" && answer.settled === undefined ? 0 : answer;
};

export const sentError = (error: unknown): SentError =>
  error instanceof StoreFault
    ? { error: error.message, fault: { code: error.code, retryable: error.retryable } }
    : { error: error instanceof Error ? error.message : String(error) };

export const received = (answers: readonly SentAnswer[]): readonly GroupAnswer[] =>
  answers.map((answer) => {
    if (answer === 0) return PLAIN;
    return "error" in answer ? errorOf(answer) : answer;
  });

const PLAIN: GroupAnswer = { kind: "committed" };

export const errorOf = ({ error, fault }: SentError): Error =>
  fault === undefined ? new Error(error) : new StoreFault(fault.code, error, { retryable: fault.retryable });

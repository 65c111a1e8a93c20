import type { Json } from "../value/json.ts";
import type { Result } from "../value/result.ts";
import type { ExecutionEvent, Failure, Resolution, Signalled, Started, TaskSettled } from "./events.ts";
import type { ExecutionState } from "./state.ts";

/** What someone wants to happen. A `place` is a position. `atMs` is the clock of whoever asks; what is recorded never goes back. */
export type ExecutionCommand =
  | (Omit<Started, "type"> & { readonly type: "Start"; readonly imports?: readonly FileImport[] })
  /** The store wrote a settled record; what follows from it is to be decided. */
  | { readonly type: "Advance" }
  | {
      readonly type: "Answer";
      readonly atMs: number;
      readonly place: string;
      readonly attempt: number;
      readonly answer: AnswerGiven;
    }
  | { readonly type: "Lose"; readonly atMs: number; readonly place: string; readonly attempt: number }
  | { readonly type: "Fire"; readonly atMs: number; readonly place: string }
  | (Omit<Signalled, "type"> & { readonly type: "Signal" })
  | (Omit<TaskSettled, "type"> & { readonly type: "SettleTask" })
  | { readonly type: "Cancel"; readonly atMs: number; readonly by: string; readonly reason: string }
  | {
      readonly type: "Resolve";
      readonly atMs: number;
      readonly place: string;
      readonly by: string;
      readonly resolution: Resolution;
    };

/** A file that lay where a store is projected, and that this start takes in. */
export interface FileImport {
  readonly digest: string;
  readonly file: string;
  readonly store: string;
}

/** What the world said to a request. Three answers, because silence is not a no. */
export type AnswerGiven =
  | { readonly kind: "done"; readonly outcome: string; readonly value: Json }
  | { readonly kind: "not-done"; readonly failure: Failure; readonly retryable: boolean }
  | { readonly kind: "unknown"; readonly failure: Failure };

/** Why it will not. */
export type ExecutionRefusal =
  | { readonly code: "ALREADY_STARTED" }
  | { readonly code: "NOT_RUNNING"; readonly phase: ExecutionState["phase"] }
  | { readonly code: "NOT_WAITING_FOR"; readonly place: string; readonly at: readonly string[] }
  /** A timer that is fired too early stays set. */
  | { readonly code: "NOT_DUE"; readonly place: string; readonly dueMs: number }
  | { readonly code: "NO_INCIDENT"; readonly place: string }
  | {
      readonly code: "UNDECLARED_OUTCOME";
      readonly place: string;
      readonly outcome: string;
      readonly declared: readonly string[];
    }
  | { readonly code: "ALREADY_CANCELLING" }
  /** What can be undone is being undone, and an end is certain. */
  | { readonly code: "ALREADY_ENDING" }
  | { readonly code: "SIGNAL_UNKNOWN"; readonly name: string; readonly declared: readonly string[] }
  /** Said in another form than was declared; of a signal or of what comes with a task. */
  | { readonly code: "VALUE_REFUSED"; readonly nack: readonly Refused[] }
  | { readonly code: "VALUE_TOO_LARGE"; readonly most: number }
  /** Too much was said that nobody has waited for yet. */
  | { readonly code: "SIGNALS_FULL"; readonly most: number }
  /** The task is for others. */
  | { readonly code: "NOT_AN_ACTOR"; readonly place: string; readonly actors: readonly string[] };

/** Facts, and the state that they lead to: whoever decided has been there already, so nobody folds them a second time. */
export interface Decided {
  readonly events: readonly ExecutionEvent[];
  readonly state: ExecutionState;
}

export type Decision = Result<Decided, ExecutionRefusal>;

export type Command<Type extends ExecutionCommand["type"]> = Extract<ExecutionCommand, { readonly type: Type }>;

/** What was said wrongly, field by field. */
type Refused = { readonly field: string; readonly code: string; readonly message: string };

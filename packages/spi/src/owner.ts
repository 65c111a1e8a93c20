import type { ExecutionRefusal, Json, Resolution } from "@omnibase/core";
import type { Removal, Removed, Tidied } from "./removal.ts";
import type { Swept } from "./snapshot-source.ts";
import type { ExecutionKey, ExecutionStatus } from "./execution.ts";

/**
 * What the owner of a data root does for whoever asks: in its own process, or over a socket for another.
 *
 * 1. **Asked twice is asked once.** A start is named by its execution, a signal by its id, and all else by what stands in
 *    the log: a task and an incident by their place. So sending a command again after silence is the same command. Of an
 *    incident that holds without a place, too: what was said of one before is not taken as said of the next.
 * 2. **Acknowledged means durable.** Every reply that says yes was committed before.
 * 3. **Leaving is said.** An owner that drains answers `OWNER_LEAVING`; nothing of the command has happened then.
 */
export interface Owner {
  start(request: StartRequest): Promise<Reply<Started>>;
  /** Resolves when the execution ends, or stands where only a person or a far timer brings it on. */
  wait(key: ExecutionKey): Promise<Reply<Standing>>;
  cancel(request: CancelRequest): Promise<Reply<Standing>>;
  resolve(request: ResolveRequest): Promise<Reply<Standing>>;
  /** Says something to an execution. It is kept where no place waits for it yet. */
  signal(request: SignalRequest): Promise<Reply<Standing>>;
  /** Says how a task ended that a person or an agent was asked to do. */
  settleTask(request: SettleTaskRequest): Promise<Reply<Standing>>;
  /** Erases what was secret of an execution that has ended. Its log still verifies, and cannot be replayed any more. */
  eraseSecrets(request: EraseRequest): Promise<Reply<Standing>>;
  /** Writes the files that show the stores of a workflow, and says which. */
  project(request: ProjectRequest): Promise<Reply<readonly string[]>>;
  /** Removes executions that have ended, all in one commit, and says what became of each. */
  remove(request: RemoveRequest): Promise<Reply<readonly Removed[]>>;
  /** Gives back what removals have left, in one bounded step between the commits of others. */
  tidy(): Promise<Reply<TidiedUp>>;
}

export interface StartRequest extends ExecutionKey {
  readonly workflow: string;
  readonly snapshot: string;
  readonly input: Json;
  readonly principal: string;
  /** Whether files that were changed by hand are imported rather than refused. */
  readonly acceptFiles?: boolean;
}

export interface Started extends ExecutionKey {
  /** The same start was acknowledged before. */
  readonly existed: boolean;
}

export interface Standing extends ExecutionKey {
  readonly status: ExecutionStatus;
}

export interface CancelRequest extends ExecutionKey {
  readonly by: string;
  readonly reason: string;
}

export interface ResolveRequest extends ExecutionKey {
  readonly by: string;
  /** Absent: the place of the one incident that is open. */
  readonly place?: string;
  readonly resolution: Resolution;
}

export interface SignalRequest extends ExecutionKey {
  readonly by: string;
  /** Chosen by whoever says it. What was said under one id is said once, whatever is said under it later. */
  readonly id: string;
  readonly name: string;
  readonly value: Json;
}

export interface SettleTaskRequest extends ExecutionKey {
  readonly by: string;
  /** Absent: the place of the one task that is open. */
  readonly place?: string;
  readonly outcome: string;
  readonly value: Json;
}

export type EraseRequest = ExecutionKey;

export interface ProjectRequest {
  readonly tenant: string;
  readonly snapshot: string;
  readonly workflow: string;
}

export interface RemoveRequest {
  readonly removals: readonly Removal[];
}

export interface TidiedUp extends Tidied {
  /** Snapshots that no execution refers to any more, and code that only they sealed. */
  readonly swept: Swept;
}

export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: OwnerRefusal };

export type OwnerRefusal =
  | ExecutionRefusal
  | { readonly code: "IDEMPOTENCY_MISMATCH"; readonly execution: string; readonly workflow: string }
  | { readonly code: "EXECUTION_NOT_FOUND"; readonly execution: string }
  /** There was one, and it was removed by a policy. */
  | { readonly code: "EXECUTION_REMOVED"; readonly execution: string; readonly head: string }
  /** No place was named, and no task is open anywhere. */
  | { readonly code: "NO_TASK"; readonly execution: string }
  /** No place was named, and several come into question. */
  | { readonly code: "PLACE_AMBIGUOUS"; readonly places: readonly string[] }
  /** No place was named, and the same was said before this incident opened: it may have been said twice by mistake. */
  | { readonly code: "PLACE_NEEDED"; readonly place: string }
  | { readonly code: "WORKFLOW_NOT_FOUND"; readonly workflow: string }
  | { readonly code: "SNAPSHOT_REFUSED"; readonly snapshot: string; readonly reason: string; readonly detail: string }
  | { readonly code: "DATA_FILE_DRIFT"; readonly file: string; readonly recorded: string; readonly found: string }
  | { readonly code: "DATA_FILE_UNREADABLE"; readonly file: string; readonly detail: string }
  /** What was secret was erased, or the key of the data root is not there: nobody can read it any more. */
  | { readonly code: "SECRET_ERASED"; readonly execution: string }
  /** It goes on, and needs its secrets for that. */
  | { readonly code: "NOT_ENDED"; readonly execution: string }
  | { readonly code: "LOG_DAMAGED"; readonly execution: string; readonly revision: number }
  | { readonly code: "BUSY"; readonly retryAfterMs: number }
  | { readonly code: "OWNER_LEAVING" };

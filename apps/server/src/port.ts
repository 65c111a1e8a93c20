import type { ExecutionResult, Json, Result, Sha256, Snapshot } from "@omnibase/core";
import type { Commits } from "./commits.ts";
import type { Metrics } from "./metrics.ts";
import type { Clock, ListQuery, Owner, OwnerRefusal, Store } from "@omnibase/spi";

/**
 * What the door is opened on. It opens nothing itself: whoever composes the program hands in the owner of a data root, what
 * is executed there, and the words in which people are told.
 */
export interface DoorParts {
  readonly owner: Owner;
  readonly store: Pick<Store, "find" | "read" | "underWay">;
  readonly commits: Commits;
  readonly metrics: Metrics;
  readonly evidence: Evidence;
  readonly words: Words;
  /** What is started, and by which routes. */
  readonly snapshot: Snapshot;
  readonly tenant: string;
  readonly version: string;
  readonly publicKeyPem: string;
  readonly clock: Clock;
  readonly sha256: Sha256;
  /** An id that nobody has had. */
  readonly newId: () => string;
  /** One line of a log, without its newline. */
  readonly say: (line: string) => void;
}

/** Why something was not done, with a code that `omnibase explain` knows. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** For the log alone: it may name what is nobody's business. */
  readonly inside?: string;
  /** Facts beside the code, for programs. */
  readonly facts?: { readonly [name: string]: Json };
}

/** How refusals and faults are put. The command line says the same. */
export interface Words {
  refusal(refusal: OwnerRefusal): Refusal;
  fault(error: unknown): Refusal;
  /** What a code means, in general. */
  title(code: string): string | undefined;
}

/** What is told of executions: the documents that the command line prints with `--json`. */
export interface Evidence {
  result(execution: string): Promise<Result<Told, Refusal>>;
  /** Newest first. */
  executions(query: ExecutionsAsked): Promise<Json>;
  /** Oldest first. */
  tasks(query: TasksAsked): Promise<Json>;
  /** At a place, or the one that is open. */
  task(execution: string, place: string | undefined): Promise<Result<Json, Refusal>>;
  /** Of the newest execution first. */
  incidents(query: PageAsked): Promise<Json>;
  incident(execution: string, place: string | undefined): Promise<Result<Json, Refusal>>;
  /** The signed receipt, as it is verified. */
  receipt(execution: string): Promise<Result<string, Refusal>>;
  /** The log, its chain verified. */
  log(execution: string): Promise<Result<readonly string[], Refusal>>;
}

/** A result, and what is waited for where it is none yet. */
export interface Told extends ExecutionResult {
  readonly waiting: readonly Json[];
}

/** A page behind the row with this number. */
interface PageAsked {
  readonly after?: number;
  readonly limit: number;
}

/** Everything that is said must be true of an execution. */
interface ExecutionsAsked extends PageAsked, Omit<ListQuery, "before" | "execution" | "limit" | "tenant"> {}

interface TasksAsked extends PageAsked {
  readonly actor?: string;
  readonly execution?: string;
}

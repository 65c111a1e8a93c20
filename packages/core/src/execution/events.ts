import type { ExitClass, OutcomeName, PlaceName } from "../graph/graph.ts";
import type { Json } from "../value/json.ts";

/**
 * Facts about one execution, in the order they became true. Never edited, never removed. A `place` in a fact is a position.
 *
 * Given facts came from outside and carry their own time. Derived facts follow from them by `decide`; their `at` is that
 * of the last given fact, so replay rebuilds them byte for byte.
 */
export type ExecutionEvent = GivenEvent | DerivedEvent;

export type GivenEvent =
  | Started
  | Imported
  | Settled
  | AttemptFailed
  | AttemptLost
  | LateAnswer
  | TimerFired
  | Signalled
  | TaskSettled
  | CancelRequested
  | IncidentResolved;

type DerivedEvent = Passed | AttemptStarted | IncidentOpened | Completed | Cancelled;

export interface Started {
  readonly type: "Started";
  readonly atMs: number;
  readonly engine: string;
  readonly execution: string;
  readonly input: Json;
  readonly principal: string;
  readonly snapshot: string;
  readonly tenant: string;
  readonly workflow: string;
  /** What confines the code of others on the host that began it. Absent: it executes none. */
  readonly isolation?: readonly string[];
  /** Present where another execution asked for it: which one, and where it stood. */
  readonly parent?: Parent;
}

export interface Parent {
  readonly execution: string;
  readonly place: PlaceName;
}

/** A file that lay where a store is projected was read into the store, once. */
interface Imported {
  readonly type: "Imported";
  readonly atMs: number;
  readonly digest: string;
  readonly file: string;
  readonly store: string;
}

/** Pure steps between two commits. Where the record was cut is given; what it says is derived. */
export interface Passed {
  readonly type: "Passed";
  readonly steps: readonly PassedStep[];
}

/** A value that someone reads later stands here; one that nobody reads is written as its digest. */
export interface PassedStep {
  readonly place: PlaceName;
  readonly outcome: OutcomeName;
  readonly value?: Json;
  readonly digest?: string;
}

/** An attempt is about to be made whose loss could not be told from its success. Durable before the call. */
interface AttemptStarted {
  readonly type: "AttemptStarted";
  readonly place: PlaceName;
  readonly attempt: number;
}

export interface Settled {
  readonly type: "Settled";
  readonly atMs: number;
  readonly place: PlaceName;
  readonly attempt: number;
  readonly outcome: OutcomeName;
  readonly value: Json;
}

/** The world did not do it, or did not say. `retryAtMs` present: it is tried again then. */
export interface AttemptFailed {
  readonly type: "AttemptFailed";
  readonly atMs: number;
  readonly place: PlaceName;
  readonly attempt: number;
  readonly certainty: "not-done" | "unknown";
  readonly failure: Failure;
  readonly retryAtMs?: number;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
}

/** The process that made the attempt died before it said anything. */
interface AttemptLost {
  readonly type: "AttemptLost";
  readonly atMs: number;
  readonly place: PlaceName;
  readonly attempt: number;
}

/** An answer to an attempt that was superseded. Evidence; it is never routed. */
export interface LateAnswer {
  readonly type: "LateAnswer";
  readonly atMs: number;
  readonly place: PlaceName;
  readonly attempt: number;
  readonly answer: Json;
}

/** Someone said something to the execution. Whether a place waited for it already is derived. */
export interface Signalled {
  readonly type: "Signalled";
  readonly atMs: number;
  readonly by: string;
  /** Chosen by whoever said it: what is said twice is said once. */
  readonly id: string;
  readonly name: string;
  readonly value: Json;
}

/** A person or an agent did a task, and says how it ended. */
export interface TaskSettled {
  readonly type: "TaskSettled";
  readonly atMs: number;
  readonly by: string;
  readonly outcome: OutcomeName;
  readonly place: PlaceName;
  readonly value: Json;
}

interface TimerFired {
  readonly type: "TimerFired";
  readonly atMs: number;
  readonly place: PlaceName;
}

interface IncidentOpened {
  readonly type: "IncidentOpened";
  readonly place: PlaceName;
  readonly attempt: number;
  readonly code: IncidentCode;
  readonly detail: string;
}

export type IncidentCode =
  | "OUTCOME_UNKNOWN"
  | "POISON_EFFECT"
  | "RETRIES_EXHAUSTED"
  | "TRANSFORM_ERROR"
  | "TRANSFORM_LIMIT"
  | "INPUT_MISSING"
  | "UNDECLARED_OUTCOME"
  | "IMPLEMENTATION_CHANGED"
  | "EVENT_SCHEMA";

/** A person said what happened, or what shall. Their identity is in the log. */
export interface IncidentResolved {
  readonly type: "IncidentResolved";
  readonly atMs: number;
  readonly place: PlaceName;
  readonly by: string;
  readonly resolution: Resolution;
}

export type Resolution =
  | { readonly kind: "done"; readonly outcome: OutcomeName; readonly value: Json }
  | { readonly kind: "not-done" }
  | { readonly kind: "retry" };

interface CancelRequested {
  readonly type: "CancelRequested";
  readonly atMs: number;
  readonly by: string;
  readonly reason: string;
  /** Until when an answer in flight is waited for. */
  readonly deadlineMs: number;
}

export interface Completed {
  readonly type: "Completed";
  readonly class: ExitClass;
  readonly emitted: readonly string[];
  readonly exit: PlaceName;
  readonly outcome: OutcomeName;
  readonly outputs: Json;
}

export interface Cancelled {
  readonly type: "Cancelled";
  readonly reason: string;
}

export const isTerminal = (event: ExecutionEvent): boolean => event.type === "Completed" || event.type === "Cancelled";

export const isGiven = (event: ExecutionEvent): event is GivenEvent => "atMs" in event;

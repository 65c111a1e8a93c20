import type { ExitClass, PlaceName } from "../graph/graph.ts";
import type { Json } from "../value/json.ts";
import type { IncidentCode } from "./events.ts";

/** Where an execution stands. Each phase carries only what is true in that phase. */
export type ExecutionState =
  | { readonly phase: "unborn" }
  | Running
  | { readonly phase: "completed"; readonly atMs: number; readonly class: ExitClass }
  | { readonly phase: "cancelled"; readonly atMs: number };

export interface Running {
  readonly phase: "running";
  readonly tenant: string;
  readonly execution: string;
  /** The `at` of the last given event. */
  readonly atMs: number;
  /** What `atMs` was when the token came to where it stands. Inputs tell this time, so every attempt asks the same. */
  readonly arrivedMs: number;
  readonly received: Json;
  readonly payload: Json;
  /** By place or scope. A result dies after its last reader, so this is as large as what is still to be read. */
  readonly results: ReadonlyMap<string, Json>;
  readonly at: Live;
  readonly cancelling?: Cancelling;
}

/** The token: where it stands, and what is known about the work there. */
export interface Live {
  readonly stage: Stage;
  readonly place: PlaceName;
  /** The attempt that is open, or the next one. */
  readonly attempt: number;
  /** Attempts that used up a declared retry. */
  readonly failures: number;
  /** Attempts in a row whose process died before it said anything. */
  readonly lost: number;
}

/**
 * `ready`: the machine can go on by itself. `open`: someone is at work. `waiting`: until a timer. `incident`: until a
 * person.
 */
export type Stage =
  | { readonly kind: "ready" }
  | { readonly kind: "open" }
  | { readonly kind: "waiting"; readonly dueMs: number }
  | { readonly kind: "incident"; readonly code: IncidentCode };

interface Cancelling {
  readonly reason: string;
  readonly deadlineMs: number;
}

export const unborn: ExecutionState = { phase: "unborn" };

/** The timer of a cancellation; no place is called so. */
export const cancelTimer = "@cancel";

import type { Json } from "../value/json.ts";
import { ownValue, present } from "../value/present.ts";
import type { Bindings } from "./binding.ts";
import type { Fields } from "./field.ts";

/**
 * The compiled form of a workflow. It comes from the snapshot, never from a log.
 *
 * Every scope is acyclic. Names are positions: `IN_GREET_V0`, `CC_KEEP/id`.
 */
export interface Graph {
  readonly format: "omnibase-graph/1";
  readonly workflow: string;
  readonly start: PlaceName;
  readonly places: { readonly [name: PlaceName]: Place };
  readonly scopes: { readonly [name: ScopeName]: Scope };
}

/** A position in a graph; in a scope it begins with the scope's name and a slash. */
export type PlaceName = string;
export type ScopeName = string;
export type OutcomeName = string;

export type Place = CallPlace | ExitPlace;

/** Asks for work, and goes where the outcome says. */
export interface CallPlace {
  readonly kind: "call";
  /** The scope that the place stands in; absent at the workflow's own level. */
  readonly scope?: ScopeName;
  readonly work: Work;
  readonly inputs: Bindings;
  /** Inputs without which the work cannot be asked for. */
  readonly required: readonly string[];
  /** Where it goes when a required input has no value. Absent where the compiler has shown that this cannot be. */
  readonly missing?: Edge;
  /** Present where a field of what SUCCESS answers decides. */
  readonly when?: When;
  /** The closed set. `ERROR` and `FAILED` exist on every call besides and need no edge. */
  readonly outcomes: readonly OutcomeName[];
  readonly edges: { readonly [outcome: OutcomeName]: Edge };
}

/** The outcome by the JSON text of a field's value. */
export interface When {
  readonly path: readonly string[];
  readonly outcomes: { readonly [value: string]: OutcomeName };
}

/** To another place, or out of the scope with an outcome of the scope. */
export type Edge = { readonly to: PlaceName } | { readonly leave: OutcomeName };

/** A named group of places (a capability contract). It returns outputs and goes on by its own outcome. */
export interface Scope {
  /** What it was lowered from: the contract's identity. */
  readonly code: string;
  readonly exits: { readonly [outcome: OutcomeName]: ScopeExit };
}

export interface ScopeExit {
  readonly outputs: Bindings;
  readonly to: PlaceName;
  /** The outcome of the scope, where it has two ways out with one outcome. Absent: the way is called like it. */
  readonly outcome?: OutcomeName;
}

export interface ExitPlace {
  readonly kind: "exit";
  readonly class: ExitClass;
  readonly reason: string;
  readonly outcome: OutcomeName;
  readonly outputs: Bindings;
  /** The identity of the event that this exit emits; its fields are the outputs. */
  readonly emit?: string;
  /** The node that the author wrote, where a node has several places; `null`: the author wrote none. */
  readonly node?: string | null;
}

export type ExitClass = "completed" | "rejected" | "failed";

export type Work =
  /** Checks what was sent against the declared fields and applies defaults. Pure; `ACK` or `NACK`. Open: others may be there. */
  | { readonly kind: "admit"; readonly fields: Fields; readonly open?: boolean }
  /** Pure code, named by an implementation that the snapshot seals. */
  | { readonly kind: "transform"; readonly capability: string; readonly implementation: string }
  /** One operation on a store of our own: exactly once, inside the commit. */
  | { readonly kind: "operate"; readonly capability: string; readonly operation: string; readonly store: string }
  /** Work that a handler does in the world. */
  | EffectWork;

export interface EffectWork {
  readonly kind: "effect";
  readonly capability: string;
  readonly handler: string;
  readonly operation: string;
  /** What the runtime binding says, for the handler alone. */
  readonly configuration: Json;
  /** Only then is an unknown answer followed by another attempt. */
  readonly idempotent: boolean;
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
}

/** How often, and how far apart. The wait before attempt n + 1 is `backoffMs × factor^(n−1)`, at most `backoffMaxMs`. */
export interface RetryPolicy {
  readonly attemptsMax: number;
  readonly backoffMs: number;
  readonly factor: number;
  readonly backoffMaxMs: number;
}

export const isPure = (work: Work): boolean => work.kind === "admit" || work.kind === "transform";

/** Where a place may lead. */
export function edgesOf(place: Place): readonly Edge[] {
  if (place.kind === "exit") return [];
  return [...Object.values(place.edges), ...(place.missing === undefined ? [] : [place.missing])];
}

/** How a scope is left by an edge of one of its places; `undefined` where the edge stays on its level. */
export function exitBy(graph: Graph, { scope = "" }: CallPlace, edge: Edge): ScopeExit | undefined {
  if ("to" in edge) return undefined;
  const exits = ownValue(graph.scopes, scope)?.exits ?? {};
  const exit = ownValue(exits, edge.leave);
  if (exit === undefined) throw new Error(`impossible: ${scope} does not exit with ${edge.leave}`);
  return exit;
}

/** Where an edge of a place leads, also out of its scope. */
export const targetOf = (graph: Graph, place: CallPlace, edge: Edge): PlaceName =>
  "to" in edge ? edge.to : present(exitBy(graph, place, edge)).to;

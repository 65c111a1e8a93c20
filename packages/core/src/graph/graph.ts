import type { Json } from "../value/json.ts";
import { ownValue, present } from "../value/present.ts";
import type { Bindings } from "./binding.ts";
import type { Fields } from "./field.ts";
import type { Molecule } from "./molecule.ts";

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
  /** What may be said to an execution while it is under way, and of which form. Absent: nothing. */
  readonly signals?: { readonly [name: string]: Fields };
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
  readonly join?: Join;
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
  /** Present where what was done here can be undone. */
  readonly undo?: Undo;
  /**
   * What the work declares to answer. Present where it is told secrets, or answers with some: then only what is declared
   * here, and is no secret, is recorded as it is.
   */
  readonly answers?: Fields;
}

/**
 * Where several tokens meet: it waits for every token that may still come, and is reached once. A token that has gone
 * another way is not waited for. Absent: no two tokens can come here.
 */
export type Join = "all";

/** What undoes a place: a place of its own, to which no edge leads, with inputs that are taken when the place has settled. */
interface Undo {
  readonly place: PlaceName;
  /** The outcomes after which there is something to undo. */
  readonly on: readonly OutcomeName[];
}

/** The outcome by the JSON text of a field's value. */
export interface When {
  readonly path: readonly string[];
  readonly outcomes: { readonly [value: string]: OutcomeName };
}

/** To other places, or out of the scope with an outcome of the scope, or the end of undoing something. */
export type Edge = Onward | { readonly leave: OutcomeName } | { readonly undone: true };

/** A token goes on; with `also`, it becomes several. */
export interface Onward {
  readonly to: PlaceName;
  readonly also?: readonly PlaceName[];
}

/** A named group of places (a capability contract). It returns outputs and goes on by its own outcome. */
export interface Scope {
  /** What it was lowered from: the contract's identity. */
  readonly code: string;
  readonly exits: { readonly [outcome: OutcomeName]: ScopeExit };
}

export type ScopeExit = {
  readonly outputs: Bindings;
  /** The outcome of the scope, where it has two ways out with one outcome. Absent: the way is called like it. */
  readonly outcome?: OutcomeName;
} & (Onward | Back);

/** A round ends, and the map or loop that it belongs to goes on. The scope is called like that place. */
export interface Back {
  readonly back: true;
}

export interface ExitPlace {
  readonly kind: "exit";
  readonly join?: Join;
  readonly class: ExitClass;
  readonly reason: string;
  readonly outcome: OutcomeName;
  readonly outputs: Bindings;
  /** The identity of the event that this exit emits; its fields are the outputs. */
  readonly emit?: string;
  /** What the event declares. Absent: nobody looks at its fields. */
  readonly event?: Fields;
  /** The node that the author wrote, where a node has several places; `null`: the author wrote none. */
  readonly node?: string | null;
  /** Whether what can be undone is undone before the end. */
  readonly undoes?: true;
}

export type ExitClass = "completed" | "rejected" | "failed";

/** Pure code, named by an implementation that the snapshot seals. */
export interface TransformWork {
  readonly kind: "transform";
  readonly capability: string;
  readonly implementation: string;
  /** Present where it is made of others, and of no code of its own. */
  readonly molecule?: Molecule;
}

export type Work =
  | AdmitWork
  | TransformWork
  | OperateWork
  /** Work that a handler does in the world. */
  | EffectWork
  | WaitWork
  | TaskWork
  | ChildWork
  | MapWork
  | LoopWork;

/** Checks what was sent against the declared fields and applies defaults. Pure; `ACK` or `NACK`. Open: others may be there. */
export interface AdmitWork {
  readonly kind: "admit";
  readonly fields: Fields;
  readonly open?: boolean;
  /** Who may send it, and what they have to say of themselves. Absent: anyone. */
  readonly actors?: { readonly [identity: string]: Fields };
}

/** One operation on a store of our own: exactly once, inside the commit. */
interface OperateWork {
  readonly kind: "operate";
  readonly capability: string;
  readonly operation: string;
  readonly store: string;
}

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

/**
 * Ends by itself (`ELAPSED`), or when something is said (`RECEIVED`, or `TIMED_OUT`). Its time is `forMs` after it was
 * reached, or the instant in its input `until` (`VIOLATION` where that is none).
 */
export interface WaitWork {
  readonly kind: "wait";
  readonly forMs?: number;
  readonly signal?: string;
}

/** Work for a person or an agent, who says the outcome. `TIMED_OUT` is the machine's own. */
export interface TaskWork {
  readonly kind: "task";
  readonly summary: string;
  /** Who may settle it, by the identity of the actor. Empty: anyone who may speak to the execution. */
  readonly actors: readonly string[];
  /** What comes with the outcome. */
  readonly fields: Fields;
  readonly timeoutMs?: number;
}

/** Another workflow of the same snapshot. Its class is the outcome: `COMPLETED`, `REJECTED`, `FAILED`, `CANCELLED`. */
export interface ChildWork {
  readonly kind: "child";
  readonly workflow: string;
}

/**
 * One round for each item of the input `over`, at most `parallel` at a time, and results in the order of the items.
 * `SUCCESS`; `ITEM_FAILED` where a round ends otherwise than it should; `VIOLATION` where there is no list, or too much.
 */
export interface MapWork {
  readonly kind: "map";
  /** The first place of a round. */
  readonly body: PlaceName;
  readonly itemsMax: number;
  readonly parallel: number;
  /** The outcomes of a round that are as they should be. */
  readonly succeeds: readonly OutcomeName[];
  /** Whether the first item that fails keeps others from being begun. */
  readonly stops: boolean;
}

/** Rounds one after the other, for as long as they end with an outcome of `again`; then `EXHAUSTED`. */
export interface LoopWork {
  readonly kind: "loop";
  readonly body: PlaceName;
  readonly roundsMax: number;
  readonly again: readonly OutcomeName[];
  /** How long it waits between two rounds. */
  readonly everyMs?: number;
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
  if (!("leave" in edge)) return undefined;
  const exits = ownValue(graph.scopes, scope)?.exits ?? {};
  const exit = ownValue(exits, edge.leave);
  if (exit === undefined) throw new Error(`impossible: ${scope} does not exit with ${edge.leave}`);
  return exit;
}

/** Where an edge of a place leads, also out of its scope: nowhere, where a round ends with it or something is undone. */
export function targetsOf(graph: Graph, place: CallPlace, edge: Edge): readonly PlaceName[] {
  if ("undone" in edge) return [];
  const way = "to" in edge ? edge : present(exitBy(graph, place, edge));
  return "back" in way ? [] : [way.to, ...(way.also ?? [])];
}

/** The places that a place gives rise to beside those that its edges lead to: its rounds, and what undoes it. */
export function bodiesOf(place: Place): readonly PlaceName[] {
  if (place.kind === "exit") return [];
  const { undo, work } = place;
  const rounds = work.kind === "map" || work.kind === "loop" ? [work.body] : [];
  return [...rounds, ...(undo === undefined ? [] : [undo.place])];
}

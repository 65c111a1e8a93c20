import type { Bindings, OrMessages } from "./bindings.ts";
import type { PolicyText } from "./define-world.ts";
import { defined, type Definition, type Named } from "./definition.ts";
import type { FieldShapes, GivenOf, Shape } from "./fields.ts";
import type { KnownFields, KnownShape, OnlyKeysOf } from "./known-keys.ts";
import type { CheckedNodes, ExitsOf, NodeTexts, ScopeOf, SignalsOf, Targets, TasksOf } from "./nodes.ts";

/** All that a structure may say of a store. */
interface StoreRules {
  readonly path: string;
  readonly entity?: string | Definition<"entity">;
}

/** The file under the data root alone will do. */
type StoreText = string | StoreRules;
export type StoreTexts = { readonly [name: string]: StoreText };
export type EventTexts = { readonly [name: string]: FieldShapes };

/** What a workflow says to those who start it, wait for it and test it. */
export interface WorkflowSays<I, N, S> {
  readonly given: GivenOf<I>;
  readonly exits: ExitsOf<N, ScopeOf<I, N>>;
  readonly signals: SignalsOf<N>;
  readonly tasks: TasksOf<N>;
  readonly nodes: keyof N & string;
  readonly stores: keyof S & string;
}

type Names<T> = Extract<keyof T, string>;

interface AroundOf<I, N, S, E> {
  readonly names: Names<N>;
  readonly scope: ScopeOf<I, N>;
  readonly stores: Names<S>;
  readonly events: E;
}

type KnownStores<S> = { readonly [K in keyof S]: S[K] extends string ? S[K] : OnlyKeysOf<S[K], StoreRules> };
type KnownEvents<E> = { readonly [K in keyof E]: KnownFields<E[K]> };

interface EventsText {
  readonly event: string | Definition<"event">;
  readonly where?: Bindings;
}

interface ForbiddenText extends EventsText {
  readonly after?: string | EventsText;
}

interface DemandedText extends ForbiddenText {
  readonly at_least?: number;
  readonly at_most?: number;
}

/** What must have been emitted, and what must not, before it may begin. */
interface AdmissionText {
  readonly requires?: readonly (string | Definition<"event"> | DemandedText)[];
  readonly forbids?: readonly (string | Definition<"event"> | ForbiddenText)[];
  /** Event → its field → field of the payload. */
  readonly bindings?: { readonly [event: string]: { readonly [field: string]: string } };
}

/** The keys are those of a workflow in one file; `input` declares what it calls `inputs` or `schema`. */
export interface WorkflowText<I extends Shape, N, S, E> extends Named {
  readonly intent: {
    readonly input: OrMessages<I, KnownShape<I>>;
    readonly summary?: string;
    readonly actors?: readonly (string | Definition<"actor">)[];
    readonly next: { readonly ACK: Targets<Names<NoInfer<N>>>; readonly NACK: Targets<Names<NoInfer<N>>> };
  };
  readonly admission?: AdmissionText;
  readonly stores?: OrMessages<S, KnownStores<S>>;
  readonly events?: OrMessages<E, KnownEvents<E>>;
  /** Side effect → with what it acts. */
  readonly bindings?: { readonly [sideEffect: string]: PolicyText };
  readonly runtime_binding?: string | Definition<"runtime-binding">;
  readonly nodes: OrMessages<N, CheckedNodes<N, AroundOf<I, N, S, E>>>;
}

/**
 * A workflow, and what it needs. An outcome without an edge, an edge to no node, a path to no value and an input that does
 * not fit are errors of types; what is certain on every path, and all else, the compiler says.
 */
export function defineWorkflow<
  const I extends Shape,
  const N extends NodeTexts,
  const S extends StoreTexts = { readonly [name: string]: string },
  const E extends EventTexts = {},
>(workflow: WorkflowText<I, N, S, E>): Definition<"workflow", WorkflowSays<I, N, S>> {
  return defined("workflow", workflow, defineWorkflow);
}

import type { OrMessages } from "./bindings.ts";
import { defined, type Definition } from "./definition.ts";
import type { FieldShapes, GivenOf, Shape } from "./fields.ts";
import type { CheckedNodes, ExitsOf, NodeTexts, ScopeOf, SignalsOf, Targets, TasksOf } from "./nodes.ts";

/** A file under the data root, or all that a structure may say of a store. */
type StoreText = string | { readonly path: string; readonly entity?: string | Definition<"entity"> };
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

/** The keys are those of a workflow in one file; `input` declares what it calls `inputs` or `schema`. */
export interface WorkflowText<I, N, S, E> {
  readonly code: string;
  readonly version?: string;
  readonly namespace?: string;
  readonly governed_by?: string;
  readonly summary?: string;
  readonly intent: {
    readonly input: I;
    readonly summary?: string;
    readonly actors?: readonly (string | Definition<"actor">)[];
    readonly next: { readonly ACK: Targets<Names<NoInfer<N>>>; readonly NACK: Targets<Names<NoInfer<N>>> };
  };
  readonly admission?: object;
  readonly stores?: S;
  readonly events?: E;
  /** Side effect → with what it acts. */
  readonly bindings?: { readonly [sideEffect: string]: object };
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

import type { Json } from "@omnibase/core";
import type { Bindings, Bound, CheckedBindings, Merged, Resolved } from "./bindings.ts";
import type { CallOf, GivenTo, OperationNames, StepSurface } from "./capability.ts";
import type { Definition, Says } from "./definition.ts";
import type { Flat, FieldShapes, GivenOf, ValuesOf } from "./fields.ts";
import type { KnownFields } from "./known-keys.ts";
import type { KnownStepKeys, StepKeys } from "./step-keys.ts";

/** Where an outcome leads: to a node, or to several at once. */
export type Targets<Name extends string = string> = Name | readonly Name[];

interface Common {
  readonly summary?: string;
  readonly description?: string;
}

interface Going extends Common {
  readonly join?: "any" | "all";
  readonly next: { readonly [outcome: string]: Targets };
}

interface StepNode extends Going, StepKeys {
  readonly type?: never;
  readonly on_input_failure?: string;
}

type ContractReference = Definition<"contract", ContractSays> | (string & {});

interface ContractSays {
  readonly given: object;
  readonly statuses: string;
  readonly output: object;
}

interface ContractNode extends Going {
  readonly type: "CC";
  readonly code: ContractReference;
  readonly inputs?: Bindings;
}

interface MapNode extends Going {
  readonly type: "MAP";
  readonly over: Bound;
  readonly as?: string;
  readonly code: ContractReference;
  readonly inputs?: Bindings;
  readonly parallel?: number;
  readonly max?: number;
  readonly on_failure?: "stop" | "continue";
  readonly succeeds?: readonly string[];
}

interface LoopNode extends Going {
  readonly type: "LOOP";
  readonly code: ContractReference;
  readonly inputs?: Bindings;
  readonly first?: Bindings;
  readonly again: readonly string[];
  readonly max: number;
  readonly every?: string;
}

interface WaitNode extends Going {
  readonly type: "WAIT";
  readonly for?: string;
  readonly until?: Bound;
  readonly signal?: string;
  readonly fields?: FieldShapes;
  readonly timeout?: string;
}

interface TaskNode extends Going {
  readonly type: "TASK";
  readonly summary: string;
  readonly inputs?: Bindings;
  readonly actors?: readonly (Definition<"actor"> | string)[];
  readonly output?: FieldShapes;
  readonly timeout?: string;
}

interface ChildNode extends Going {
  readonly type: "CHILD";
  readonly workflow: Definition<"workflow", ChildSays> | (string & {});
  readonly inputs?: Bindings;
}

/** What a workflow says to the one that starts it. */
interface ChildSays {
  readonly given: object;
  readonly exits: { readonly outputs: object };
}

interface ExitNode extends Common {
  readonly type: "EXIT";
  readonly class: "completed" | "rejected" | "failed";
  readonly outcome: string;
  readonly join?: "any" | "all";
  readonly reason?: string;
  readonly outputs?: Bindings;
  readonly emit?: Definition<"event", { readonly given: object }> | (string & {});
  readonly compensate?: boolean;
}

type NodeText = StepNode | ContractNode | MapNode | LoopNode | WaitNode | TaskNode | ChildNode | ExitNode;
export type NodeTexts = { readonly [name: string]: NodeText };

interface NodeKinds {
  readonly CC: ContractNode;
  readonly MAP: MapNode;
  readonly LOOP: LoopNode;
  readonly WAIT: WaitNode;
  readonly TASK: TaskNode;
  readonly CHILD: ChildNode;
  readonly EXIT: ExitNode;
}

type KindOf<N> = N extends { readonly type: infer T extends keyof NodeKinds } ? NodeKinds[T] : StepNode;

type ContractOf<N> = N extends { readonly code: infer C }
  ? C extends string
    ? {
        readonly given: { readonly [name: string]: Json };
        readonly statuses: string;
        readonly output: { readonly [name: string]: Json };
      }
    : Says<C>
  : never;
type StatusesOf<N> = ContractOf<N> extends { readonly statuses: infer S } ? S : never;
type OutputOf<N> = ContractOf<N> extends { readonly output: infer O } ? Required<O> : never;

type ChildOf<N> = N extends { readonly workflow: infer W } ? (W extends string ? unknown : Says<W>) : never;

type FailureOf<N> = N extends { readonly on_input_failure: infer F } ? F : "VIOLATION";
type TimedOut<N> = N extends { readonly timeout: string } ? "TIMED_OUT" : never;
type AgainOf<N> = N extends { readonly again: readonly (infer A)[] } ? A : never;

/** The outcomes with which a node ends; `string` where only others know them. */
type OutcomesOf<N> = N extends { readonly type: "EXIT" }
  ? never
  : N extends { readonly type: "CC" }
    ? StatusesOf<N>
    : N extends { readonly type: "MAP" }
      ? "SUCCESS" | "ITEM_FAILED" | "VIOLATION"
      : N extends { readonly type: "LOOP" }
        ? Exclude<StatusesOf<N>, AgainOf<N>> | "EXHAUSTED"
        : N extends { readonly type: "WAIT" }
          ? N extends { readonly for: string }
            ? "ELAPSED"
            : N extends { readonly signal: string }
              ? "RECEIVED" | TimedOut<N>
              : "ELAPSED" | "VIOLATION"
          : N extends { readonly type: "CHILD" }
            ? "COMPLETED" | "REJECTED" | "FAILED" | "CANCELLED"
            : N extends { readonly type: "TASK" }
              ? (N extends { readonly next: infer X } ? keyof X : never) | TimedOut<N>
              : keyof StepSurface<N> | FailureOf<N>;

/** Both exist on every call, and need no edge. */
type Implied<N> = N extends { readonly type: infer T }
  ? T extends "CC"
    ? "ERROR" | "FAILED"
    : never
  : "ERROR" | "FAILED";

/** An edge for every outcome, to nodes that there are; and for nothing else. */
type CheckedNext<N, Name extends string> = N extends { readonly next: infer X }
  ? {
      readonly [O in keyof X]: O extends OutcomesOf<N> | Implied<N>
        ? Targets<Name>
        : `it never ends with ${O & string}`;
    } & {
      readonly [O in Exclude<Literally<OutcomesOf<N>>, keyof X>]: Targets<Name>;
    }
  : never;

type Literally<O> = O extends string ? (string extends O ? never : O) : never;

/** What later nodes may read of one. */
type ResultOf<N> = N extends { readonly type: "CC" } | { readonly type: "LOOP" }
  ? OutputOf<N>
  : N extends { readonly type: "MAP" }
    ? { readonly results: readonly Json[]; readonly outcomes: readonly Json[]; readonly failed: number }
    : N extends { readonly type: "WAIT"; readonly fields: infer F }
      ? ValuesOf<F>
      : N extends { readonly type: "TASK"; readonly output: infer F }
        ? ValuesOf<F>
        : N extends { readonly type: "CHILD" }
          ? ChildOf<N> extends { readonly exits: infer E }
            ? Merged<E extends { readonly outputs: infer O } ? O : never>
            : { readonly [name: string]: Json }
          : N extends { readonly type: string }
            ? never
            : Merged<StepSurface<N>[keyof StepSurface<N>]>;

/** What can be named in a workflow. */
export interface ScopeOf<I, N> {
  readonly payload: ValuesOf<I>;
  readonly received: { readonly [K in keyof ValuesOf<I>]: Json };
  readonly actor: { readonly [attribute: string]: Json };
  readonly results: { readonly [K in keyof N as ResultOf<N[K]> extends never ? never : K]: ResultOf<N[K]> };
}

type ItemOf<N, S> = N extends { readonly over: infer V }
  ? Resolved<V, S> extends readonly (infer T)[]
    ? T
    : Json
  : never;
type AliasOf<N> = N extends { readonly as: infer A extends string } ? A : "item";

type RoundScope<N, S> = N extends { readonly type: "MAP" }
  ? S & { readonly index: number } & { readonly [K in AliasOf<N>]: ItemOf<N, S> }
  : N extends { readonly type: "LOOP" }
    ? S & { readonly index: number; readonly last: OutputOf<N> }
    : S;

type GivenAt<N> = N extends { readonly type: "CC" | "MAP" | "LOOP" }
  ? GivenTo<ContractOf<N>>
  : N extends { readonly type: "CHILD" }
    ? ChildOf<N> extends { readonly given: infer G }
      ? G
      : { readonly [name: string]: Json }
    : N extends { readonly type: "TASK" }
      ? { readonly [name: string]: Json }
      : GivenTo<CallOf<N>>;

/** What surrounds the nodes of a workflow. */
interface Around {
  readonly names: string;
  readonly scope: unknown;
  readonly stores: unknown;
  readonly events: unknown;
}

type EmittedAt<N, A extends Around> = N extends { readonly emit: infer E }
  ? E extends keyof A["events"]
    ? GivenOf<A["events"][E]>
    : E extends string
      ? { readonly [name: string]: Json }
      : GivenTo<Says<E>>
  : { readonly [name: string]: Json };

interface CheckedKeys<N, A extends Around> extends KnownStepKeys<N> {
  readonly fields: N extends { readonly fields: infer F } ? KnownFields<F> : never;
  readonly output: N extends { readonly output: infer F } ? KnownFields<F> : never;
  readonly next: CheckedNext<N, A["names"]>;
  readonly inputs: N extends { readonly inputs: infer B }
    ? CheckedBindings<B, GivenAt<N>, RoundScope<N, A["scope"]>>
    : never;
  readonly outputs: N extends { readonly outputs: infer B } ? CheckedBindings<B, EmittedAt<N, A>, A["scope"]> : never;
  readonly first: N extends { readonly first: infer B } ? CheckedBindings<B, Partial<OutputOf<N>>, A["scope"]> : never;
  readonly op: N extends { readonly side_effect: infer E } ? OperationNames<E> : never;
  readonly store: string extends A["stores"] ? string : A["stores"];
  readonly again: readonly StatusesOf<N>[];
  readonly succeeds: readonly StatusesOf<N>[];
}

type CheckedNode<N, A extends Around> = {
  readonly [K in keyof N]: K extends keyof KindOf<N>
    ? K extends keyof CheckedKeys<N, A>
      ? CheckedKeys<N, A>[K]
      : N[K]
    : `nobody reads the key ${K & string}`;
} & (N extends { readonly inputs: unknown } | { readonly type: "WAIT" | "EXIT" | "TASK" }
  ? unknown
  : { readonly inputs?: CheckedBindings<{}, GivenAt<N>, unknown> } & NeededInputs<GivenAt<N>>);

/** Where something must be given, `inputs` must be there. */
type NeededInputs<G> = {} extends G ? unknown : { readonly inputs: { readonly [K in keyof G]: Bound } };

export type CheckedNodes<N, A extends Around> = { readonly [K in keyof N]: CheckedNode<N[K], A> };

/** How a workflow may end, one for each exit. */
export type ExitsOf<N, S> = {
  [K in keyof N]: N[K] extends { readonly type: "EXIT"; readonly class: infer C; readonly outcome: infer O }
    ? {
        readonly exit: K;
        readonly class: C;
        readonly outcome: O;
        readonly outputs: N[K] extends { readonly outputs: infer B } ? Flat<Plain<Resolved<B, S>>> : {};
      }
    : never;
}[keyof N];

/** Literals as what they are instances of. */
type Plain<T> = Json extends T
  ? Json
  : T extends string
    ? string
    : T extends number
      ? number
      : T extends boolean
        ? boolean
        : T extends readonly unknown[] | object
          ? { readonly [K in keyof T]: Plain<T[K]> }
          : T;

/** What can be said to a workflow while it waits. */
export type SignalsOf<N> = {
  readonly [K in keyof N as N[K] extends { readonly signal: infer X extends string } ? X : never]: N[K] extends {
    readonly fields: infer F;
  }
    ? GivenOf<F>
    : {};
};

/** What it asks people and agents, by the name of the node. */
export type TasksOf<N> = {
  readonly [K in keyof N as N[K] extends { readonly type: "TASK" } ? K : never]: N[K] extends { readonly next: infer X }
    ? {
        readonly outcome: Exclude<keyof X, "TIMED_OUT">;
        readonly output: N[K] extends { readonly output: infer F } ? GivenOf<F> : {};
      }
    : never;
};

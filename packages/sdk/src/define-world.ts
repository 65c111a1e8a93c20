import type { OrMessages } from "./bindings.ts";
import { defined, type Definition, type Named } from "./definition.ts";
import type { FieldShapes, GivenOf, Shape, ValuesOf } from "./fields.ts";
import type { KnownFields, KnownShape, OnlyKeysOf } from "./known-keys.ts";

/** What an exit may tell the world. */
export function defineEvent<const F extends Shape>(
  event: Named & { readonly fields: OrMessages<F, KnownShape<F>> },
): Definition<"event", { readonly given: GivenOf<F> }> {
  return defined("event", event, defineEvent);
}

type Outcomes = { readonly [outcome: string]: FieldShapes };

/** An operation says its outcomes itself, or leaves them to the endpoint that a runtime binding names. */
type OperationText =
  | {
      readonly input?: FieldShapes;
      readonly outcomes: Outcomes;
      readonly idempotent: boolean;
      readonly summary?: string;
    }
  | { readonly endpoint: { readonly output: FieldShapes }; readonly summary?: string };

type CallSaid<T> = T extends { readonly outcomes: infer O }
  ? {
      readonly given: T extends { readonly input: infer I } ? GivenOf<I> : {};
      readonly surface: { readonly [K in keyof O]: ValuesOf<O[K]> };
    }
  : T extends { readonly endpoint: { readonly output: infer O } }
    ? {
        readonly given: { readonly [name: string]: never };
        readonly surface: { readonly [outcome: string]: ValuesOf<O> };
      }
    : never;

type KnownOperations<P> = { readonly [K in keyof P]: KnownOperation<P[K]> };

type KnownOperation<T> = {
  readonly [K in keyof OnlyKeysOf<T, OperationText>]: K extends keyof T
    ? K extends "input"
      ? KnownFields<T[K]>
      : K extends "outcomes"
        ? { readonly [O in keyof T[K]]: KnownFields<T[K][O]> }
        : K extends "endpoint"
          ? OnlyKeysOf<T[K], { readonly output: unknown }>
          : OnlyKeysOf<T, OperationText>[K]
    : never;
};

/** What a side effect says to the steps that call it. */
export interface SideEffectSaid<P> {
  readonly operations: { readonly [K in keyof P]: CallSaid<P[K]> };
}

/** A family of operations with declared outcomes: on a store of our own, or in the world through a handler. */
export function defineSideEffect<const P extends { readonly [operation: string]: OperationText }>(
  sideEffect: Named & {
    readonly operations: OrMessages<P, KnownOperations<P>>;
    readonly implementation: { readonly store: string } | { readonly handler: string };
  },
): Definition<"side-effect", SideEffectSaid<P>> {
  return defined("side-effect", sideEffect, defineSideEffect);
}

/** Where the stores of several workflows lie. A workflow that has its stores for itself says so itself. */
export function defineStructure(
  structure: Named & {
    readonly stores: {
      readonly [name: string]: string | { readonly path: string; readonly entity?: Definition<"entity"> };
    };
  },
): Definition<"structure"> {
  return defined("structure", structure, defineStructure);
}

interface EndpointText {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly idempotent: boolean;
  /** `404` or `4xx` → outcome. */
  readonly outcomes: { readonly [status: string]: string };
  readonly headers?: { readonly [name: string]: string };
}

/** What a service is asked, or who takes the mail; a store of our own is told nothing. */
export interface PolicyText {
  readonly endpoints?: { readonly [name: string]: EndpointText };
  readonly server?: string;
  readonly sender?: string;
  readonly user?: string;
  readonly password?: string;
}

/** With what the side effects of several workflows act. */
export function defineRuntimeBinding(
  binding: Named & {
    readonly structure?: Definition<"structure"> | string;
    /** Side effect → its policy. */
    readonly bindings: { readonly [sideEffect: string]: PolicyText };
  },
): Definition<"runtime-binding"> {
  return defined("runtime-binding", binding, defineRuntimeBinding);
}

/** Who may ask, or do the work of a task. */
export function defineActor(
  actor: Named & { readonly type: "human" | "agent" | "system"; readonly attributes?: FieldShapes },
): Definition<"actor"> {
  return defined("actor", actor, defineActor);
}

/** What the records of a store are, and through which stages each goes. */
export function defineEntity<const A extends FieldShapes, const G extends string = never>(
  entity: Named & {
    readonly identity: { readonly field: Extract<keyof NoInfer<A>, string> };
    readonly attributes: OrMessages<A, KnownFields<A>>;
    readonly lifecycle?: {
      readonly field: Extract<keyof NoInfer<A>, string>;
      readonly stages: readonly G[];
      readonly initial: NoInfer<G>;
      readonly terminal: readonly NoInfer<G>[];
      readonly transitions?: { readonly [stage in NoInfer<G>]?: readonly NoInfer<G>[] };
    };
  },
): Definition<"entity"> {
  return defined("entity", entity, defineEntity);
}

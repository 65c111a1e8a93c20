import type { Bindings, CheckedBindings, Merged, OrMessages, Resolved } from "./bindings.ts";
import type { CallOf, GivenTo, OperationNames, StepSurface } from "./capability.ts";
import { defined, type Definition, type Named } from "./definition.ts";
import type { GivenOf, Shape, ValuesOf } from "./fields.ts";
import type { KnownShape } from "./known-keys.ts";
import type { KnownStepKeys, StepKeys } from "./step-keys.ts";

/** A step of a contract: what it calls, and where each outcome leads. */
interface StepText extends StepKeys {
  readonly step: string;
  readonly summary?: string;
  readonly outputs?: Bindings;
  /** `continue`, `exit`, or the name of a later step. */
  readonly on_result: { readonly [outcome: string]: string };
}

/** What a contract says to the nodes that call it. */
export interface ContractSaid<I, O, S extends string> {
  readonly given: GivenOf<I>;
  readonly statuses: S;
  readonly output: ValuesOf<O>;
}

type Returned<N> = Merged<StepSurface<N>[keyof StepSurface<N>]>;

/** What can be named in a contract. */
interface Scope<I, P> {
  readonly inputs: ValuesOf<I>;
  readonly results: {
    readonly [N in Extract<P, { readonly step: string; readonly outputs: unknown }> as N["step"]]: Resolved<
      N["outputs"],
      { readonly capability_result: Returned<N>; readonly inputs: ValuesOf<I> }
    >;
  };
}

interface Around {
  readonly scope: unknown;
  readonly steps: string;
  readonly statuses: string;
}

/** A step ends the contract only with what is one of its statuses. */
type CheckedResults<N, A extends Around> = N extends { readonly on_result: infer R }
  ? {
      readonly [K in keyof R]: K extends keyof StepSurface<N> | "ERROR" | "FAILED"
        ? K extends A["statuses"]
          ? "continue" | "exit" | A["steps"]
          : "continue" | A["steps"]
        : `it never ends with ${K & string}`;
    } & { readonly [K in Exclude<Literally<keyof StepSurface<N>>, keyof R>]: "continue" | "exit" | A["steps"] }
  : never;

type Literally<K> = K extends string ? (string extends K ? never : K) : never;

interface CheckedKeys<N, A extends Around> extends KnownStepKeys<N> {
  readonly inputs: N extends { readonly inputs: infer B } ? CheckedBindings<B, GivenTo<CallOf<N>>, A["scope"]> : never;
  readonly outputs: N extends { readonly outputs: infer B }
    ? CheckedBindings<B, { readonly [K in keyof B]: unknown }, A["scope"] & { readonly capability_result: Returned<N> }>
    : never;
  readonly op: N extends { readonly side_effect: infer E } ? OperationNames<E> : never;
  readonly on_result: CheckedResults<N, A>;
}

type CheckedStep<N, A extends Around> = {
  readonly [K in keyof N]: K extends keyof StepText
    ? K extends keyof CheckedKeys<N, A>
      ? CheckedKeys<N, A>[K]
      : N[K]
    : `nobody reads the key ${K & string}`;
} & (N extends { readonly inputs: unknown }
  ? unknown
  : {} extends GivenTo<CallOf<N>>
    ? unknown
    : { readonly inputs: { readonly [K in keyof GivenTo<CallOf<N>>]: unknown } });

type CheckedPipeline<P extends readonly StepText[], A extends Around> = {
  readonly [K in keyof P]: CheckedStep<P[K], A>;
};

type CheckedExits<X, O, S> = {
  readonly [K in keyof X]: CheckedBindings<X[K], Partial<ValuesOf<O>>, S>;
};

interface AroundOf<I, S, P extends readonly StepText[]> {
  readonly scope: Scope<I, P[number]>;
  readonly steps: P[number]["step"];
  readonly statuses: S;
}

interface ContractText<
  I extends Shape,
  O extends Shape,
  S extends string,
  P extends readonly StepText[],
  X,
> extends Named {
  readonly input: OrMessages<I, KnownShape<I>>;
  readonly output: OrMessages<O, KnownShape<O>>;
  /** All that it may end with. */
  readonly statuses: readonly S[];
  /** With which of them it ends where an input has no value. VIOLATION unless it is said. */
  readonly on_input_failure?: NoInfer<S>;
  readonly pipeline: OrMessages<P, CheckedPipeline<P, AroundOf<I, S, P>>>;
  /** Status → what is returned with it. */
  readonly exits?: OrMessages<X, CheckedExits<X, O, Scope<I, P[number]>>>;
}

/** Steps that end with one of a closed set of statuses. The outcomes of a step are those that its `on_result` routes. */
export function defineContract<
  const I extends Shape,
  const S extends string,
  const P extends readonly StepText[],
  const O extends Shape = {},
  const X extends { readonly [status in S]?: Bindings } = {},
>(contract: ContractText<I, O, S, P, X>): Definition<"contract", ContractSaid<I, O, S>> {
  return defined("contract", contract, defineContract);
}

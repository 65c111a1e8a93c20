import type { Json } from "@omnibase/core";
import type { Definition, Says } from "./definition.ts";
import type { Flat } from "./fields.ts";
import type { StandardSideEffects } from "./standard-side-effects.ts";
import type { StandardTransforms } from "./standard-transforms.ts";

/** What something that can be called takes, and what comes with each of its outcomes. */
interface Call {
  readonly given: object;
  readonly surface: object;
}

/** Of what is declared elsewhere nobody knows more here. */
interface AnyCall {
  readonly given: { readonly [name: string]: Json };
  readonly surface: { readonly [outcome: string]: { readonly [name: string]: Json } };
}

interface Operations {
  readonly operations: { readonly [operation: string]: Call };
}

/** An identity, `std::CT_PURE_GENERATE_ID_V0`, or what a builder made. */
export type TransformReference = `${string}::${string}` | Definition<"transform", Call>;
export type SideEffectReference = `${string}::${string}` | Definition<"side-effect", Operations>;

/** The call of a step, in a workflow or in a contract. */
export type CallOf<N> = N extends { readonly transform: infer T }
  ? T extends keyof StandardTransforms
    ? StandardTransforms[T]
    : T extends string
      ? AnyCall
      : Says<T>
  : N extends { readonly side_effect: infer S; readonly op: infer O }
    ? S extends keyof StandardSideEffects
      ? OperationOf<StandardSideEffects[S], O>
      : S extends string
        ? AnyCall
        : Says<S> extends { readonly operations: infer P }
          ? OperationOf<P, O>
          : AnyCall
    : AnyCall;

type OperationOf<P, O> = O extends keyof P ? P[O] : never;

/** The operations of a side effect that is known; any text for one that is not. */
export type OperationNames<S> = S extends keyof StandardSideEffects
  ? keyof StandardSideEffects[S]
  : S extends string
    ? string
    : Says<S> extends { readonly operations: infer P }
      ? keyof P
      : string;

type SurfaceOf<C> = C extends { readonly surface: infer S } ? S : never;
export type GivenTo<C> = C extends { readonly given: infer G } ? G : never;

/** With `when`, a field of what comes with SUCCESS says which of several outcomes it is. */
export type StepSurface<N> = N extends { readonly when: { readonly outcomes: infer W } }
  ? SurfaceOf<CallOf<N>> extends { readonly SUCCESS: infer Success }
    ? Flat<Omit<SurfaceOf<CallOf<N>>, "SUCCESS"> & { readonly [K in keyof W]: Success }>
    : SurfaceOf<CallOf<N>>
  : SurfaceOf<CallOf<N>>;

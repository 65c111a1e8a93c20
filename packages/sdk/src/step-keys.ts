import type { Json } from "@omnibase/core";
import type { Bindings } from "./bindings.ts";
import type { SideEffectReference, TransformReference } from "./capability.ts";
import type { OnlyKeysOf } from "./known-keys.ts";

interface RetryText {
  readonly attempts?: number;
  readonly backoff?: string;
  readonly factor?: number;
  readonly max?: string;
}

interface WhenText {
  readonly field: string;
  readonly outcomes: { readonly [outcome: string]: Json };
}

/** What a step says of its call, in a workflow or in a contract. */
export interface StepKeys {
  readonly transform?: TransformReference;
  readonly side_effect?: SideEffectReference;
  readonly op?: string;
  readonly store?: string;
  readonly endpoint?: string;
  readonly inputs?: Bindings;
  readonly when?: WhenText;
  readonly retry?: RetryText;
  readonly timeout?: string;
  readonly compensate?: CompensateText;
}

interface CompensateText {
  readonly side_effect: SideEffectReference;
  readonly op?: string;
  readonly store?: string;
  readonly endpoint?: string;
  readonly inputs?: Bindings;
  readonly retry?: RetryText;
  readonly timeout?: string;
}

/** Of what stands in a step, only what is read. */
export interface KnownStepKeys<N> {
  readonly when: N extends { readonly when: infer W } ? OnlyKeysOf<W, WhenText> : never;
  readonly retry: N extends { readonly retry: infer R } ? OnlyKeysOf<R, RetryText> : never;
  readonly compensate: N extends { readonly compensate: infer C } ? KnownCompensation<C> : never;
}

/** An exit says by it whether anything is undone. */
type KnownCompensation<C> = C extends boolean ? C : OnlyKeysOf<C, CompensateText>;

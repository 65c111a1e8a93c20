import type { OrMessages } from "./bindings.ts";
import { defined, type Definition, type Named } from "./definition.ts";
import type { GivenOf, Shape, ValuesOf } from "./fields.ts";
import type { KnownShape } from "./known-keys.ts";

type Nothing = { readonly [name in never]: never };

/** What a transform takes, and what comes with each of its outcomes. */
export interface TransformSays<I, O, X extends string> {
  readonly given: GivenOf<I>;
  readonly surface: { readonly SUCCESS: ValuesOf<O> } & { readonly [K in Exclude<X, "SUCCESS">]: Nothing };
}

/** How code that knows several outcomes says to which one it came. */
type Answered<O, X extends string> =
  | { readonly outcome: "SUCCESS"; readonly value: ValuesOf<O> }
  | { readonly outcome: Exclude<X, "SUCCESS">; readonly value?: Nothing };

/** Where no field is declared, nothing is given: `{}` alone would let everything pass. */
type OrEmpty<S, V> = [keyof S] extends [never] ? { readonly [name: string]: never } : V;

/** What the code must answer before anything is sealed. */
interface TransformCase<I, O, X extends string> {
  readonly input: OrEmpty<I, GivenOf<I>>;
  readonly output?: OrEmpty<O, ValuesOf<O>>;
  /** SUCCESS unless it is said. */
  readonly outcome?: X | "SUCCESS";
}

interface TransformText<I extends Shape, O extends Shape, X extends string> extends Named {
  readonly input: OrMessages<I, KnownShape<I>>;
  readonly output: OrMessages<O, KnownShape<O>>;
  readonly cases?: { readonly [name: string]: TransformCase<NoInfer<I>, NoInfer<O>, NoInfer<X>> };
}

/**
 * A pure function of declared fields. Its code is sealed as it is written here, and executed apart from this file: so it
 * reads nothing but its argument, and what it declares itself. It answers with what comes with SUCCESS; where `outcomes`
 * names others, with an outcome and a value.
 */
export function defineTransform<const I extends Shape, const O extends Shape>(
  transform: TransformText<I, O, never> & { readonly run: (input: ValuesOf<NoInfer<I>>) => ValuesOf<NoInfer<O>> },
): Definition<"transform", TransformSays<I, O, never>>;
export function defineTransform<const I extends Shape, const O extends Shape, const X extends string>(
  transform: TransformText<I, O, X> & {
    readonly outcomes: readonly X[];
    readonly run: (input: ValuesOf<NoInfer<I>>) => Answered<NoInfer<O>, NoInfer<X>>;
  },
): Definition<"transform", TransformSays<I, O, X>>;
export function defineTransform(transform: TransformText<Shape, Shape, string>): Definition<"transform"> {
  return defined("transform", transform, defineTransform);
}

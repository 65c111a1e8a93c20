import type { Json } from "@omnibase/core";
import type { Flat } from "./fields.ts";

/** What an author binds to a name: a value, a path to one, or a composition of these. */
export type Bound = null | boolean | number | string | readonly Bound[] | { readonly [name: string]: Bound };

export type Bindings = { readonly [name: string]: Bound };

/** Stands where a path leads nowhere. */
interface Nowhere {
  readonly nowhere: true;
}

/** What a bound value is in a scope, where every path is a text that begins with `$.`. */
export type Resolved<V, S> = V extends string
  ? string extends V
    ? Json
    : V extends "{{timestamp}}"
      ? string
      : V extends `$.${infer P}`
        ? AtPath<S, P>
        : V
  : V extends readonly unknown[] | object
    ? { readonly [K in keyof V]: Resolved<V[K], S> }
    : V;

type AtPath<T, P extends string> = P extends `${infer Head}.${infer Rest}` ? AtPath<Under<T, Head>, Rest> : Under<T, P>;

/** What lies under a name; anything may lie in what is not known any better. */
type Under<T, K extends string> = Json extends T
  ? Json
  : Exclude<T, null | undefined> extends infer O
    ? K extends keyof O
      ? Exclude<O[K], undefined>
      : Nowhere
    : never;

type Fits<R, T> = Json extends R ? true : Json extends T ? true : Exclude<R, undefined> extends T ? true : false;

/** A name for a type, as messages say it. */
type NameOf<T> = Json extends T
  ? "anything"
  : T extends string
    ? "string"
    : T extends number
      ? "number"
      : T extends boolean
        ? "boolean"
        : T extends readonly unknown[]
          ? "array"
          : "object";

/** The value itself where it fits, and else what to say of it. */
type Checked<V, T, S> =
  Resolved<V, S> extends infer R
    ? [R] extends [Nowhere]
      ? `there is no ${V & string}`
      : Fits<R, T> extends true
        ? V
        : V extends `$.${string}`
          ? `${V} is ${NameOf<R>}, not ${NameOf<T>}`
          : V extends object
            ? Inside<V, T, S>
            : T
    : never;

/** A composition is looked into, so that what does not fit is told where it stands. */
type Inside<V, T, S> = T extends object
  ? { readonly [K in keyof V]: K extends keyof T ? Checked<V[K], T[K], S> : never } & {
      readonly [K in Exclude<Needed<T>, keyof V>]: T[K];
    }
  : T;

/** Names that must be given. */
type Needed<G> = { [K in keyof G]-?: {} extends Pick<G, K> ? never : K }[keyof G];

/** Bindings for what is declared: all that is needed, nothing else, and each of the type it should be. */
export type CheckedBindings<B, G, S> = {
  readonly [K in keyof B]: K extends keyof G
    ? Checked<B[K], Exclude<G[K], undefined>, S>
    : `nothing is declared under ${K & string}`;
} & { readonly [K in Exclude<Needed<G>, keyof B>]: Exclude<G[K], undefined> };

/** Everything that lies in any of several objects. */
export type Merged<U> = Flat<{ readonly [K in NamesIn<U>]: ValueIn<U, K> }>;

type NamesIn<U> = U extends unknown ? keyof U : never;
type ValueIn<U, K> = U extends unknown ? (K extends keyof U ? Exclude<U[K], undefined> : never) : never;

/** What is given; where it is not as it should be, what to say of it, so that the message is seen. */
export type OrMessages<T, C> = [T] extends [C] ? T : NoInfer<C>;

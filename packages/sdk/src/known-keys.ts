import type { FieldShape, Shape } from "./fields.ts";
import type { StandardSchema } from "./standard-schema.ts";

/** Keys of each way to write something, where there are several. */
type KeyOf<U> = U extends unknown ? keyof U : never;

type Strange<K> = `nobody reads the key ${K & string}`;

/** What was inferred has the keys it was written with; so these are compared with those that are read. */
export type OnlyKeysOf<T, Read> = {
  readonly [K in keyof T]: K extends KeyOf<Read> ? T[K] : Strange<K>;
};

/** The same for everything that a field holds. */
type KnownField<F> = {
  readonly [K in keyof F]: K extends keyof FieldShape
    ? K extends "fields"
      ? KnownFields<F[K]>
      : K extends "items" | "others"
        ? KnownField<F[K]>
        : K extends "any_of"
          ? { readonly [N in keyof F[K]]: KnownField<F[K][N]> }
          : F[K]
    : Strange<K>;
};

export type KnownFields<S> = { readonly [K in keyof S]: KnownField<S[K]> };

/** Of the schema of a library its library knows. */
export type KnownShape<I extends Shape> = I extends StandardSchema ? I : KnownFields<I>;

import type { Field, FieldType, Json } from "@omnibase/core";
import type { InputOfSchema, OutputOfSchema, StandardSchema } from "./standard-schema.ts";

/** What one field may be, in the words of an artifact: as it is read, but for what may be left out there, and what it holds. */
export interface FieldShape extends Omit<Field, "required" | "default" | "unique" | "secret" | keyof Held>, Held {
  readonly required?: boolean;
  readonly default?: unknown;
  readonly unique?: boolean;
  readonly secret?: boolean;
  readonly summary?: string;
  readonly description?: string;
}

/** Fields in a field. */
interface Held {
  readonly fields?: FieldShapes;
  readonly others?: FieldShape;
  readonly items?: FieldShape;
  readonly any_of?: readonly FieldShape[];
}

export type FieldShapes = { readonly [name: string]: FieldShape };

/** Fields by name, or the schema of some library for an object. */
export type Shape = FieldShapes | StandardSchema;

type TypeOf<F extends FieldShape> = F extends { readonly enum: readonly (infer E)[] }
  ? E
  : F extends { readonly any_of: readonly (infer W extends FieldShape)[] }
    ? ValueOf<W>
    : {
        readonly string: string;
        readonly number: number;
        readonly integer: number;
        readonly boolean: boolean;
        readonly any: Json;
        readonly array: F extends { readonly items: infer I extends FieldShape }
          ? readonly ValueOf<I>[]
          : readonly Json[];
        readonly object: F extends { readonly fields: infer S extends FieldShapes }
          ? ValuesOf<S>
          : F extends { readonly others: infer O extends FieldShape }
            ? { readonly [name: string]: ValueOf<O> }
            : { readonly [name: string]: Json };
      }[F["type"]];

/** What a field holds. */
type ValueOf<F extends FieldShape> = F extends { readonly nullable: true } ? TypeOf<F> | null : TypeOf<F>;

type Certain = { readonly required: true } | { readonly default: unknown };

/** What fields hold once they were admitted: defaults are filled in. */
export type ValuesOf<S> = S extends StandardSchema
  ? OutputOfSchema<S>
  : S extends FieldShapes
    ? Flat<
        { readonly [K in keyof S as S[K] extends Certain ? K : never]: ValueOf<S[K]> } & {
          readonly [K in keyof S as S[K] extends Certain ? never : K]?: ValueOf<S[K]>;
        }
      >
    : never;

/** What is sent: what has a default may be left out. */
export type GivenOf<S> = S extends StandardSchema
  ? InputOfSchema<S>
  : S extends FieldShapes
    ? Flat<
        { readonly [K in keyof S as S[K] extends { readonly required: true } ? K : never]: ValueOf<S[K]> } & {
          readonly [K in keyof S as S[K] extends { readonly required: true } ? never : K]?: ValueOf<S[K]>;
        }
      >
    : never;

/** The same type, spelled out as one object. */
export type Flat<T> = { [K in keyof T]: T[K] };

type Rules = Omit<FieldShape, "type" | "required" | "fields" | "items" | "enum" | "any_of">;

/** Fields are required unless they are told otherwise; which is the only difference to writing them out. */
type Required<T extends FieldType, R> = Flat<{ readonly type: T; readonly required: true } & R>;

const required = <T extends FieldType, R>(type: T, rules: object = {}): Required<T, R> => {
  const field: unknown = { type, required: true, ...rules };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a spread loses the literal types of its parts
  return field as Required<T, R>;
};

export const text = <const R extends Rules = {}>(rules?: R): Required<"string", NoInfer<R>> =>
  required("string", rules);
export const number = <const R extends Rules = {}>(rules?: R): Required<"number", NoInfer<R>> =>
  required("number", rules);
export const integer = <const R extends Rules = {}>(rules?: R): Required<"integer", NoInfer<R>> =>
  required("integer", rules);
export const boolean = <const R extends Rules = {}>(rules?: R): Required<"boolean", NoInfer<R>> =>
  required("boolean", rules);
export const any = <const R extends Rules = {}>(rules?: R): Required<"any", NoInfer<R>> => required("any", rules);

/** One of some texts. */
export const oneOf = <const E extends string>(
  ...values: readonly E[]
): Required<"string", { readonly enum: readonly NoInfer<E>[] }> => required("string", { enum: values });

export const list = <const I extends FieldShape, const R extends Rules = {}>(
  items: I,
  rules?: R,
): Required<"array", NoInfer<R & { readonly items: I }>> => required("array", { ...rules, items });

export const object = <const S extends FieldShapes, const R extends Rules = {}>(
  fields: S,
  rules?: R,
): Required<"object", NoInfer<R & { readonly fields: S }>> => required("object", { ...rules, fields });

/** Whoever sends it may leave it out. */
export const optional = <const F extends FieldShape>(
  field: F,
): Flat<Omit<NoInfer<F>, "required"> & { readonly required: false }> => ({ ...field, required: false });

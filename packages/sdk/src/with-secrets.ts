import type { InputOfSchema, OutputOfSchema, StandardSchema } from "./standard-schema.ts";

/** A schema of some library, and what of it is nobody's business. */
export interface SecretiveSchema {
  readonly schema: StandardSchema;
  readonly names: readonly string[];
}

const mark = Symbol.for("omnibase.secrets");

type NamesIn<T> = Extract<keyof T, string>;

/**
 * Says which fields of a schema are secret, where its library has no word for it. A library whose metadata enter its JSON Schema
 * can say `secret: true` itself, also deeper down.
 */
export function withSecrets<S extends StandardSchema>(
  schema: S,
  ...names: readonly [NamesIn<InputOfSchema<S>>, ...NamesIn<InputOfSchema<S>>[]]
): StandardSchema<InputOfSchema<S>, OutputOfSchema<S>> {
  const { vendor } = schema["~standard"];
  const said: SecretiveSchema = { schema, names };
  return Object.defineProperty({ "~standard": { version: 1, vendor } as const }, mark, { value: said });
}

/** `undefined`: nobody said so of it. */
export const secretsIn = (schema: StandardSchema): SecretiveSchema | undefined => Reflect.get(schema, mark);

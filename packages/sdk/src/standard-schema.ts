/**
 * The interface of Standard Schema 1, with its JSON Schema extension: what a library for schemas offers to those who know
 * none of them. Only the JSON Schema is executed here; `validate` is never called.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
    readonly jsonSchema?: StandardJsonSchema | undefined;
  };
}

interface StandardJsonSchema {
  readonly input: (options: { readonly target: "draft-2020-12" }) => object;
  readonly output: (options: { readonly target: "draft-2020-12" }) => object;
}

export type InputOfSchema<S> = S extends StandardSchema ? NonNullable<S["~standard"]["types"]>["input"] : never;
export type OutputOfSchema<S> = S extends StandardSchema ? NonNullable<S["~standard"]["types"]>["output"] : never;

/** Some libraries make schemas that are functions. */
export const isStandardSchema = (value: unknown): value is StandardSchema =>
  ((typeof value === "object" && value !== null) || typeof value === "function") && "~standard" in value;

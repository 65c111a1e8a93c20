import type { JsonObject } from "../value/json.ts";

/**
 * The JSON Schema of what a reader reads, for editors.
 *
 * Readers carry it, and those that are made of others make theirs of the others': so what an editor says of a file and
 * what the compiler says of it cannot come apart. It is computed when someone asks, because readers refer to each other.
 */
export type Describe = (parts: Parts) => JsonObject;

/** Name → what is described once and referred to. */
export type Parts = Map<string, JsonObject>;

/** Described under a name, so that it may hold itself. */
export function part(name: string, describe: Describe): Describe {
  return (parts) => {
    if (!parts.has(name)) {
      parts.set(name, {});
      parts.set(name, describe(parts));
    }
    return { $ref: `#/$defs/${name}` };
  };
}

/** A reader that nobody described would leave a hole through which an editor lets everything pass. */
export function described({ schema }: { readonly schema?: Describe | undefined }, parts: Parts): JsonObject {
  if (schema === undefined) throw new Error("impossible: a reader does not say what it reads; make it with `mapped`");
  return schema(parts);
}

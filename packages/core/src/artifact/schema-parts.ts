import { isObject, type Json, type JsonObject } from "../value/json.ts";
import type { Describe } from "./schema.ts";

/** The schema of what an artifact means, without what it says of itself. */
export const coreOf =
  (schema: Describe): Describe =>
  (parts) =>
    inside(inside(schema(parts), "properties"), "core");

export const inside = (schema: Json | undefined, key: string): JsonObject => objectAt(objectAt(schema)[key]);
export const listAt = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
const objectAt = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** A map without some of its keys, and with others. */
export const exchanged =
  (schema: Describe, without: readonly Json[], more: { readonly [key: string]: Describe }): Describe =>
  (parts) => {
    const { properties, required: needed, ...rest } = schema(parts);
    const kept = Object.entries(objectAt(properties)).filter(([key]) => !without.includes(key));
    const added = Object.entries(more).map(([key, describe]) => [key, describe(parts)] as const);
    const names = listAt(needed).filter((key) => !without.includes(key));
    return { ...rest, properties: Object.fromEntries([...kept, ...added]), required: [...names, ...Object.keys(more)] };
  };

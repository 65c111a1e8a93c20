import { err, isObject, ok, type Json, type JsonObject, type Result } from "@omnibase/core";
import type { StandardSchema } from "./standard-schema.ts";

/**
 * What a schema of some library says as JSON Schema, which is all that is executed of it. A schema that says more than
 * that is refused, because its author would believe that the rest is executed, too.
 */
export function jsonSchemaOf(schema: StandardSchema): Result<JsonObject, string> {
  const { jsonSchema, vendor } = schema["~standard"];
  if (jsonSchema === undefined) return err(`a schema of ${vendor} offers no JSON Schema`);
  const more = unexecutedIn(schema, new Set());
  if (more !== undefined) return err(`${more} is not executed`);
  try {
    const target = { target: "draft-2020-12" } as const;
    // What comes out is asked for, too, because it is there that a transformation cannot be said.
    const [input] = [plain(jsonSchema.input(target)), jsonSchema.output(target)];
    if (!isObject(input)) return err("its JSON Schema is none of an object");
    return ok(input["type"] === "object" ? { additionalProperties: false, ...input } : input);
  } catch (error) {
    return err(error instanceof Error ? error.message : "its library throws what is no error");
  }
}

function plain(schema: object): Json {
  const value: Json = JSON.parse(JSON.stringify(schema));
  return value;
}

/** Checks of which zod's JSON Schema says nothing. */
const unsaid: ReadonlyMap<unknown, string> = new Map([
  ["custom", "a refinement"],
  ["overwrite", "a transformation"],
]);

/** zod leaves some rules out of its JSON Schema without a word; where it stands behind a schema, they are looked for. */
function unexecutedIn(value: unknown, seen: Set<unknown>): string | undefined {
  if (typeof value !== "object" || value === null || seen.has(value)) return undefined;
  seen.add(value);
  const inner: unknown = Reflect.get(value, "_zod");
  const definition: unknown = typeof inner === "object" && inner !== null ? Reflect.get(inner, "def") : undefined;
  if (typeof definition !== "object" || definition === null) return undefined;
  if (Reflect.get(definition, "coerce") === true) return "a conversion";
  const check = unsaid.get(Reflect.get(definition, "check"));
  if (check !== undefined) return check;
  for (const part of Object.values(definition).flatMap(partsOf)) {
    const found = unexecutedIn(part, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A schema stands in a definition alone, in a list, or by its name. */
function partsOf(value: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return "_zod" in value ? [value] : Object.values(value);
}

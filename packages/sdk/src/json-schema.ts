import { canonical, err, isObject, ok, type Json, type JsonObject, type Result } from "@omnibase/core";
import { leftOutOf, saidByArkType } from "./left-out.ts";
import type { StandardSchema } from "./standard-schema.ts";
import { secretsIn } from "./with-secrets.ts";

/** Why a schema is not executed, and what else to do. */
export interface NotExecuted {
  readonly message: string;
  readonly hint?: string;
}

const unoffered =
  "wrap it as its library says (Valibot: toStandardJsonSchema of @valibot/to-json-schema), or write fields";

/**
 * What a schema of some library says as JSON Schema, which is all that is executed of it. A schema that says more than
 * that is refused, because its author would believe that the rest is executed, too.
 */
export function jsonSchemaOf(schema: StandardSchema): Result<JsonObject, NotExecuted> {
  const secretive = secretsIn(schema);
  if (secretive === undefined) return saidBy(schema);
  const said = jsonSchemaOf(secretive.schema);
  return said.ok ? marked(said.value, secretive.names) : said;
}

/** The same, whose properties of these names are secret. */
function marked(schema: JsonObject, names: readonly string[]): Result<JsonObject, NotExecuted> {
  if (names.length === 0)
    return err({ message: "nothing is named that is secret", hint: 'name each that is: withSecrets(schema, "pin")' });
  const properties = new Map(isObject(schema["properties"]) ? Object.entries(schema["properties"]) : []);
  for (const name of names) {
    const property = properties.get(name);
    if (!isObject(property)) {
      const hint = "name what the schema declares";
      return err({ message: `it has no ${name}: that this is secret is not executed`, hint });
    }
    properties.set(name, { ...property, secret: true });
  }
  return ok({ ...schema, properties: Object.fromEntries(properties) });
}

function saidBy(schema: StandardSchema): Result<JsonObject, NotExecuted> {
  const { jsonSchema, vendor } = schema["~standard"];
  if (jsonSchema === undefined) {
    return err({ message: `a schema of ${vendor} offers no JSON Schema`, hint: unoffered });
  }
  try {
    const more = leftOutOf(schema);
    if (more !== undefined) return err({ message: `${more} is not executed` });
    const target = { target: "draft-2020-12" } as const;
    // What comes out is asked for, too, because it is there that a transformation cannot be said.
    const [input] = [plain(saidByArkType(schema) ?? jsonSchema.input(target)), jsonSchema.output(target)];
    if (!isObject(input)) return err({ message: "its JSON Schema is none of an object", hint: "declare an object" });
    return ok(input["type"] === "object" ? { additionalProperties: false, ...input } : input);
  } catch (error) {
    return err({ message: error instanceof Error ? error.message : "its library throws what is no error" });
  }
}

/** As data, in the words that are executed. */
function plain(schema: object): Json {
  const value: Json = JSON.parse(JSON.stringify(schema));
  return reworded(value);
}

/** Of each record zod and Valibot say that its names are texts, which they are; and zod writes several types as one list. */
function reworded(schema: Json): Json {
  if (!isObject(schema)) return schema;
  const { type, ...rest } = schema;
  const said = Object.entries(rest).filter(([key, one]) => key !== "propertyNames" || canonical(one) !== anyText);
  return { ...Object.fromEntries(said.map(([key, one]) => [key, within(key, one)])), ...typed(type, rest) };
}

const anyText = canonical({ type: "string" });

/** Beside ways of its own a list stays one, which is refused: both would have to hold. */
function typed(type: Json | undefined, { anyOf }: JsonObject): JsonObject {
  if (type === undefined) return {};
  const isSeveral = Array.isArray(type) && type.filter((one) => one !== "null").length > 1;
  return isSeveral && anyOf === undefined ? { anyOf: type.map((one) => ({ type: one })) } : { type };
}

/** What under a keyword is a schema, or several. */
function within(keyword: string, value: Json): Json {
  if (keyword === "items" || keyword === "additionalProperties") return reworded(value);
  if (keyword === "anyOf" && Array.isArray(value)) return value.map(reworded);
  if ((keyword !== "properties" && keyword !== "$defs") || !isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, reworded(one)]));
}

import type { StandardSchema } from "./standard-schema.ts";

/**
 * Libraries leave some of their rules out of their JSON Schema without a word, each others. Nobody would execute these, so they
 * are looked for where a library keeps them: as zod 4 and ArkType 2 do. Valibot 1 throws instead, but for what it takes in
 * place of a wrong value, which nobody can see: here that value is not let in. `undefined`: nothing is left out.
 */
export function leftOutOf(schema: StandardSchema): string | undefined {
  return leftOutByZod(schema, new Set()) ?? leftOutByArkType(schema);
}

/** zod keeps what a schema is behind `_zod`. */
function leftOutByZod(value: unknown, seen: Set<unknown>): string | undefined {
  if (!isObjectLike(value) || seen.has(value)) return undefined;
  seen.add(value);
  const inner: unknown = Reflect.get(value, "_zod");
  const definition: unknown = isObjectLike(inner) ? Reflect.get(inner, "def") : undefined;
  if (!isObjectLike(definition)) return undefined;
  const said = saidOnlyByZod(definition);
  if (said !== undefined) return said;
  // What a lazy one turns out to be is kept beside its definition.
  for (const part of [...Object.values(definition), Reflect.get(Object(inner), "innerType")].flatMap(partsOf)) {
    const found = leftOutByZod(part, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isObjectLike = (value: unknown): value is object => typeof value === "object" && value !== null;

/** A schema stands in a definition alone, in a list, or by its name. */
function partsOf(value: unknown): readonly unknown[] {
  if (!isObjectLike(value)) return [];
  return "_zod" in value ? [value] : Object.values(value);
}

/** Kinds of schemas and of checks of which the JSON Schema of zod says nothing. */
const unsaid: ReadonlyMap<unknown, string> = new Map([
  ["custom", "a refinement"],
  ["overwrite", "a transformation"],
  ["transform", "a transformation"],
  ["catch", "a fallback"],
]);

function saidOnlyByZod(definition: object): string | undefined {
  const [check, coerce, pattern, transform, type] = ["check", "coerce", "pattern", "transform", "type"].map(
    (name): unknown => Reflect.get(definition, name),
  );
  if (coerce === true) return "a conversion";
  if (typeof transform === "function" && type !== "transform") return "a transformation";
  const isOwn = Reflect.get(definition, "format") === "regex" && pattern instanceof RegExp;
  if (isOwn && /[^gu]/.test(pattern.flags)) return `the flag of ${String(pattern)}`;
  return unsaid.get(check) ?? unsaid.get(type);
}

/** ArkType throws at what it cannot say only when it is asked itself. What it then says has its defaults, too. */
export function saidByArkType(schema: StandardSchema): object | undefined {
  const said: unknown = Reflect.get(schema, "toJsonSchema");
  if (schema["~standard"].vendor !== "arktype" || typeof said !== "function") return undefined;
  const value: unknown = Reflect.apply(said, schema, []);
  return Object(value);
}

function leftOutByArkType(schema: StandardSchema): string | undefined {
  if (schema["~standard"].vendor !== "arktype") return undefined;
  // Its own form, which is data.
  const own = JSON.stringify(Reflect.get(schema, "json") ?? null);
  if (/"flags":"[^"]*[^"gu]/.test(own)) return "the flag of a pattern";
  try {
    saidByArkType(schema);
    return undefined;
  } catch (error) {
    const code: unknown = isObjectLike(error) ? Reflect.get(error, "code") : undefined;
    return typeof code === "string" ? `what ArkType calls a ${code}` : "something";
  }
}

import type { Json, JsonObject } from "./json.ts";

/** An object with exactly these keys. Formats that are hashed or signed carry nothing besides. */
export function hasExactly<K extends string>(value: unknown, keys: readonly K[]): value is Exactly<K> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key));
}

export type Exactly<K extends string> = JsonObject & { readonly [key in K]: Json };

import type { Json, JsonObject } from "./json.ts";

/** An object with exactly these keys, or also with some that may be absent. What is hashed or signed carries nothing besides. */
export function hasExactly<K extends string>(
  value: unknown,
  keys: readonly K[],
  mayBe: readonly string[] = [],
): value is Exactly<K> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const others = Object.keys(value).filter((key) => !mayBe.includes(key));
  return others.length === keys.length && keys.every((key) => Object.hasOwn(value, key));
}

export type Exactly<K extends string> = JsonObject & { readonly [key in K]: Json };

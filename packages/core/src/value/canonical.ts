import type { Json } from "./json.ts";
import { limits } from "./limits.ts";

/**
 * The one spelling of a value (RFC 8785): what we hash, store and sign.
 *
 * Anything that JSON cannot say exactly is a bug in the caller and throws: NaN, Infinity, a lone surrogate, `undefined`,
 * a bigint, an instance of a class. `-0` is written `0`. Readers refuse such input long before it comes here.
 */
export const canonical = (value: Json): string => write(value, 0);

function write(value: unknown, depth: number): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value === "boolean") return value ? "true" : "false";
  if (value === null) return "null";
  if (typeof value !== "object") throw notJson(typeof value === "number" ? String(value) : typeof value);
  if (depth >= limits.canonicalDepthMax) throw notJson(`a value deeper than ${String(limits.canonicalDepthMax)}`);
  return Array.isArray(value) ? writeList(value, depth + 1) : writeObject(value, depth + 1);
}

function writeList(items: readonly unknown[], depth: number): string {
  let text = "[";
  for (let index = 0; index < items.length; index += 1) {
    text += index === 0 ? write(items[index], depth) : `,${write(items[index], depth)}`;
  }
  return `${text}]`;
}

function writeObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw notJson("an instance of a class");
  let text = "{";
  for (const key of sorted(Object.keys(value))) {
    if (text.length > 1) text += ",";
    text += `${quote(key)}:${write(Reflect.get(value, key), depth)}`;
  }
  return `${text}}`;
}

/** Most objects are written with their keys in order, and looking is cheaper than sorting. By UTF-16 code units. */
function sorted(keys: readonly string[]): readonly string[] {
  let before = "";
  for (const key of keys) {
    if (key < before) return keys.toSorted();
    before = key;
  }
  return keys;
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw notJson("a lone surrogate");
  return JSON.stringify(text);
}

const notJson = (what: string): TypeError => new TypeError(`impossible: ${what} has no canonical form`);

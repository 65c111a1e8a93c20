import type { Json } from "../value/json.ts";

const KEY_CHARS_MAX = 256;

/** With the `u` flag a surrogate matches only where it is alone: such a text has no bytes to be stored as. */
const LONE_SURROGATE = /[\uD800-\uDFFF]/u;

/** A name that a store of our own can keep. */
export const isKey = (key: Json | undefined): key is string =>
  typeof key === "string" && key.length <= KEY_CHARS_MAX && key.trim() !== "" && !LONE_SURROGATE.test(key);

export const isAbsent = (value: Json | undefined): value is null | undefined => value === undefined || value === null;

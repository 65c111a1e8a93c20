import type { Json } from "../value/json.ts";

const KEY_CHARS_MAX = 256;

/** A name that a store of our own can keep: where a surrogate is alone, there are no bytes to store it as. */
export const isKey = (key: Json | undefined): key is string =>
  typeof key === "string" && key.length <= KEY_CHARS_MAX && key.trim() !== "" && key.isWellFormed();

export const isAbsent = (value: Json | undefined): value is null | undefined => value === undefined || value === null;

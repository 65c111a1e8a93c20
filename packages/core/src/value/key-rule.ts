import { limits } from "./limits.ts";
import { utf8Length } from "./utf8-length.ts";

/** Keys that could reach a prototype. They are refused everywhere, so no object of ours can be polluted. */
const RESERVED: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001F\u007F-\u009F]/;

export interface KeyRefusal {
  readonly code: "KEY_RESERVED" | "KEY_INVALID";
  readonly message: string;
  readonly hint: string;
}

/** What no dialect admits as the key of an object. The empty key is allowed. */
export function keyRefusal(key: string): KeyRefusal | undefined {
  if (RESERVED.has(key)) return { code: "KEY_RESERVED", message: `the key ${key} is reserved`, hint: "rename the key" };
  if (CONTROL.test(key)) {
    return {
      code: "KEY_INVALID",
      message: "a key holds a control character",
      hint: "use printable characters in keys",
    };
  }
  // A character takes at most three bytes for each of its UTF-16 units, so most keys need no counting.
  if (key.length * 3 > limits.keyBytesMax && utf8Length(key) > limits.keyBytesMax) {
    const most = String(limits.keyBytesMax);
    return { code: "KEY_INVALID", message: `a key is longer than ${most} bytes`, hint: "put long text into a value" };
  }
  return undefined;
}

/** To an editor these end a line, to JSON and YAML they do not: a key that holds one is never what an author sees. */
export const hasLineSeparator = (key: string): boolean => /[\u2028\u2029]/.test(key);

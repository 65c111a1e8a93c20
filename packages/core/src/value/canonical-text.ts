import { canonical } from "./canonical.ts";
import type { Json } from "./json.ts";

/**
 * Reads a text that must be the canonical spelling of its value; `undefined` where it is not. So what was hashed or
 * signed as text is exactly the value that is read from it: no second spelling, no key twice, no number that rounds.
 */
export function parseCanonical(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return canonical(value) === text ? value : undefined;
  } catch {
    // Neither what is not JSON nor what JSON can say and canonical JSON cannot (a lone surrogate, 1e999) has the form.
    return undefined;
  }
}

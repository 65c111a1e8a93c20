import type { Json } from "./json.ts";
import type { Located } from "./located.ts";

/**
 * The value without its positions.
 *
 * Readers refuse the keys that reach a prototype, so ordinary objects are safe here; one that slipped through is a bug.
 */
export function plain(located: Located): Json {
  switch (located.kind) {
    case "scalar":
      return located.value;
    case "list":
      return located.items.map(plain);
    case "map": {
      const value: Record<string, Json> = {};
      for (const entry of located.entries) {
        if (entry.key === "__proto__") throw new Error("impossible: a reserved key was read");
        value[entry.key] = plain(entry.value);
      }
      return value;
    }
  }
}

/** A JSON pointer (RFC 6901): `/core/nodes/CC_KEEP/next`. */
export const pointerOf = (segments: readonly (string | number)[]): string =>
  segments.map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

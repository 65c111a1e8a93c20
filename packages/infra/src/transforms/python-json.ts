import type { Json } from "@omnibase/core";

/**
 * A value as Python writes it with `json.dumps(value, sort_keys=True, separators=(",", ":"))`: keys in the order of their
 * code points, everything outside printable ASCII escaped. Published ids are hashes of this text.
 *
 * JSON does not tell 1 from 1.0, so a whole number is written as an integer.
 */
export function pythonJson(value: Json): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return numberText(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(",")}]`;
  const entries = Object.entries(value).toSorted(([a], [b]) => compareCodePoints(a, b));
  return `{${entries.map(([key, item]) => `${quoted(key)}:${pythonJson(item)}`).join(",")}}`;
}

const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

function numberText(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  if (Math.abs(value) >= 1e-4) return String(value);
  // Python turns to exponents below 0.0001, we below 0.000001, and it writes them with two digits.
  return value.toExponential().replace(/e-(\d)$/, "e-0$1");
}

/** Code units would put what lies beyond U+FFFF before U+E000. */
function compareCodePoints(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (const [index, character] of left.entries()) {
    const difference = (character.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? -1);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

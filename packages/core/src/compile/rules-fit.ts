import type { Field } from "../graph/field.ts";
import { canonical } from "../value/canonical.ts";

/**
 * Why a value that obeys the rules of one field may break those of another.
 *
 * Only where both sides say something: who declares no bound leaves it to the values, and nobody can prove more.
 */
export function ruleMisfit(from: Field, to: Field): string | undefined {
  return enumMisfit(from, to) ?? formatMisfit(from, to) ?? boundMisfit(from, to);
}

function enumMisfit({ enum: given }: Field, { enum: wanted }: Field): string | undefined {
  if (given === undefined || wanted === undefined) return undefined;
  const known = new Set(wanted.map(canonical));
  const strange = given.map(canonical).find((value) => !known.has(value));
  return strange === undefined ? undefined : `it may be ${strange}, which is not declared`;
}

const formatMisfit = ({ format: given }: Field, { format: wanted }: Field): string | undefined =>
  given === undefined || wanted === undefined || given === wanted ? undefined : `${given} where ${wanted} is declared`;

type Bound = "min_length" | "max_length" | "minimum" | "maximum";

/** Which way a bound opens, and what is said of a value beyond it. */
const bounds: readonly (readonly [bound: Bound, opens: 1 | -1, says: string])[] = [
  ["min_length", -1, "shorter than"],
  ["max_length", 1, "longer than"],
  ["minimum", -1, "less than"],
  ["maximum", 1, "more than"],
];

function boundMisfit(from: Field, to: Field): string | undefined {
  for (const [bound, opens, says] of bounds) {
    const [given, wanted] = [from[bound], to[bound]];
    if (given === undefined || wanted === undefined) continue;
    if ((given - wanted) * opens > 0) return `it may be ${says} ${String(wanted)}, which is declared`;
  }
  return undefined;
}

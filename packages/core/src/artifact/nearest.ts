import { present } from "../value/present.ts";

const nearestCandidatesMax = 200;
const nearestCharsMax = 64;

/** The known name that was probably meant, if one is close enough to be worth saying. */
export function nearest(given: string, known: Iterable<string>): string | undefined {
  if (given.length > nearestCharsMax) return undefined;
  let best: string | undefined;
  let least = Math.max(2, Math.floor(given.length / 3)) + 1;
  let left = nearestCandidatesMax;
  for (const name of known) {
    left -= 1;
    if (left < 0) break;
    const distance = Math.abs(name.length - given.length) < least ? distanceOf(given, name) : least;
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

export function meantHint(given: string, known: Iterable<string>): { readonly hint?: string } {
  const name = nearest(given, known);
  return name === undefined ? {} : { hint: `did you mean ${name}?` };
}

/** Levenshtein, upper and lower case being equal. */
function distanceOf(given: string, name: string): number {
  const letters = name.toLowerCase().split("");
  let row = Array.from({ length: letters.length + 1 }, (_, index) => index);
  for (const [index, letter] of given.toLowerCase().split("").entries()) {
    const next = [index + 1];
    for (const [column, other] of letters.entries()) {
      const replaced = present(row[column]) + (letter === other ? 0 : 1);
      next.push(Math.min(present(row[column + 1]) + 1, present(next[column]) + 1, replaced));
    }
    row = next;
  }
  return present(row[letters.length]);
}

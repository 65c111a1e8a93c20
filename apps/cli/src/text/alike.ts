/** Those that a slip of the finger away from the word would be, nearest first; at most three. */
export function alike(word: string, known: readonly string[]): readonly string[] {
  const far = Math.max(1, Math.floor(word.length / 3));
  const near = known.flatMap((name) => {
    const distance = distanceOf(word.toLowerCase(), name.toLowerCase(), far);
    return distance > far ? [] : [{ name, distance }];
  });
  return near
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** How many letters must be put in, left out, or changed; more than `most` is not counted to its end. */
function distanceOf(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return most + 1;
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of from.split("").entries()) {
    const next = [index + 1];
    for (const [column, other] of to.split("").entries()) {
      const [kept = 0, above = 0, left = 0] = [row[column], row[column + 1], next[column]];
      next.push(letter === other ? kept : 1 + Math.min(kept, above, left));
    }
    row = next;
  }
  return row[to.length] ?? most + 1;
}

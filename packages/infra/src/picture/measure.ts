import { regular, runs, semibold, unitsPerEm } from "./font-widths.ts";

export type Weight = "regular" | "semibold";

const tables: { readonly [W in Weight]: ReadonlyMap<number, number> } = {
  regular: tableOf(regular),
  semibold: tableOf(semibold),
};

function tableOf(widths: readonly number[]): ReadonlyMap<number, number> {
  const points = runs.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at));
  return new Map(points.map((point, at) => [point, widths[at] ?? unitsPerEm]));
}

/** What the fonts do not have is drawn by another font, or as a box; no character is wider than an em and a bit. */
const unknownUnits = 2_300;

/** How wide a text is, in pixels. */
export function widthOf(text: string, size: number, weight: Weight): number {
  const table = tables[weight];
  let units = 0;
  for (const character of text) units += table.get(character.codePointAt(0) ?? 0) ?? unknownUnits;
  return (units * size) / unitsPerEm;
}

/** The text, or as much of it as fits with an ellipsis behind it. */
export function fitted(
  text: string,
  most: number,
  { size, weight }: { readonly size: number; readonly weight: Weight },
): string {
  if (widthOf(text, size, weight) <= most) return text;
  const characters = Array.from(text);
  while (characters.length > 0 && widthOf(`${characters.join("")}…`, size, weight) > most) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

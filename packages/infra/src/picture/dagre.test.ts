import { expect, it } from "vitest";
import { placed } from "./dagre.ts";

/** By the numbers of their boxes; the third stands in the fourth. */
const groups = [[2, 3, 15], [18], [11], [10, 16, 17]];
const around = [undefined, undefined, 3, undefined];
/** From, to, and how much it is kept straight. */
const lines = [
  [0, 1, 32],
  [1, 2, 32],
  [1, 4, 1],
  [2, 3, 4],
  [2, 15, 8],
  [4, 9, 1],
  [4, 6, 1],
  [5, 6, 1],
  [6, 7, 4],
  [6, 13, 1],
  [7, 8, 1],
  [7, 10, 1],
  [8, 9, 1],
  [10, 16, 4],
  [10, 17, 1],
  [10, 11, 1],
  [11, 12, 4],
  [13, 14, 4],
  [14, 18, 4],
] as const;

/** The group that a box stands in. */
function groupOf(box: number): number | undefined {
  const at = groups.findIndex((members) => members.includes(box));
  return at < 0 ? undefined : at;
}

it("has a place for every box, also where constraints make the library lose one", () => {
  const laid = placed({
    boxes: Array.from({ length: 19 }, (_, box) => ({ width: 10, height: 10, group: groupOf(box) })),
    groups: around,
    lines: lines.map(([from, to, weight]) => ({ from, to, weight, width: 0, height: 0, isUsual: false })),
  });
  const points = [...laid.boxes, ...laid.lines.flatMap((line) => [...line.points, line.label])];
  expect(points.filter(({ x, y }) => !Number.isFinite(x) || !Number.isFinite(y))).toEqual([]);
  expect(new Set(laid.boxes.map(({ x, y }) => `${String(x)} ${String(y)}`)).size).toBe(laid.boxes.length);
});

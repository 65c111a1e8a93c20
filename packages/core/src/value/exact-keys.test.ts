import { expect, it } from "vitest";
import { hasExactly } from "./exact-keys.ts";

it("takes an object with exactly the keys, in any order", () => {
  expect(hasExactly({ b: 1, a: null }, ["a", "b"])).toBe(true);
});

it("refuses everything else", () => {
  const others: readonly unknown[] = [
    undefined,
    null,
    "a,b",
    ["a", "b"],
    { a: 1 },
    { a: 1, b: 2, c: 3 },
    { "a,b": 1, c: 2 },
    { a: 1, toString: 2 },
  ];
  expect(others.filter((value) => hasExactly(value, ["a", "b"]))).toEqual([]);
});

it("takes keys that may be there, and no others", () => {
  expect(hasExactly({ a: 1 }, ["a"], ["b"])).toBe(true);
  expect(hasExactly({ a: 1, b: 2 }, ["a"], ["b"])).toBe(true);
  expect([{ b: 2 }, { a: 1, c: 2 }, { a: 1, b: 2, c: 3 }].filter((value) => hasExactly(value, ["a"], ["b"]))).toEqual(
    [],
  );
});

import { expect, it } from "vitest";
import { plain, pointerOf } from "./located-value.ts";
import type { Located } from "./located.ts";

const at = { file: "a.json", line: 1, column: 1 };
const scalar = (value: null | boolean | number | string): Located => ({ kind: "scalar", value, at });
const map = (key: string, value: Located): Located => ({ kind: "map", at, entries: [{ key, keyAt: at, value }] });

it("is the value without its positions", () => {
  const list: Located = { kind: "list", at, items: [scalar(null), scalar(true), map("", scalar("x"))] };
  expect(plain(map("toString", list))).toStrictEqual({ toString: [null, true, { "": "x" }] });
});

it("is loud about a key that no reader lets through", () => {
  expect(() => plain(map("__proto__", map("polluted", scalar(1))))).toThrow("impossible");
});

it("points into a document, and escapes what a pointer cannot hold", () => {
  expect(pointerOf(["core", "a/b", "c~d", 0])).toBe("/core/a~1b/c~0d/0");
  expect(pointerOf([])).toBe("");
});

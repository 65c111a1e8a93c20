import { expect, it } from "vitest";
import { printable } from "./display.ts";

it.each([
  ["\u001B[31mred", String.raw`\u{1b}[31mred`],
  ["a\rb\nc\td", String.raw`a\u{d}b\u{a}c\u{9}d`],
  ["\u001B]8;;http://x\u0007", String.raw`\u{1b}]8;;http://x\u{7}`],
  ["a\u202Eb\u2066c", String.raw`a\u{202e}b\u{2066}c`],
  ["\u009B1m", String.raw`\u{9b}1m`],
  ["\uFEFFa\u200Bb\u2028", String.raw`\u{feff}a\u{200b}b\u{2028}`],
  ["\u{E0041}", String.raw`\u{e0041}`],
  ["\uD800x", String.raw`\u{d800}x`],
  ["Jürgen \u{1F600} 名", "Jürgen \u{1F600} 名"],
])("%j cannot act on a terminal", (text, shown) => {
  expect(printable(text)).toBe(shown);
});

it("shows the beginning of what is too long, and never half a character", () => {
  expect(printable("x".repeat(201))).toBe(`${"x".repeat(200)}…`);
  expect(printable("ab\u{1F600}", 3)).toBe("ab…");
  expect(printable("e\u0301".repeat(500_000)).length).toBe(201);
});

import { expect, it } from "vitest";
import { takenFromAround } from "./taken-from-around.ts";

const around = `import all, { a, b as c, type T } from "x";
import type { U } from "y";
import * as space from "z";
const outer = 1, { d, e: f, ...rest } = outer;
let [g] = [];
function help(h) { const hidden = 1; return hidden; }
`;

/** The names that the code behind \`run:\` takes. */
function taken(code: string): readonly string[] {
  const source = `${around}define({ run: ${code} });`;
  const at = source.lastIndexOf(code);
  return takenFromAround(source, { at, end: at + code.length }).map(({ name }) => name);
}

it.each([
  ["() => outer + a", ["outer", "a"]],
  ["() => c(all, space.x)", ["c", "all", "space"]],
  ["() => ({ d, f: rest, g })", ["d", "rest", "g"]],
  ["() => help(help)", ["help", "help"]],
])("finds what %s takes from its file", (code, names) => {
  expect(taken(code)).toEqual(names);
});

it.each([
  "({ outer, a: { c } }) => outer + c",
  "(a: T): U => a",
  "a => a",
  "(x) => { const { d, e: f } = x; let g = d; return [d, f, g]; }",
  "(x) => x.outer + x?.a + x.help()",
  "(x) => ({ outer: x, a: x })",
  "(x) => x.map((a) => a).filter(function help(c) { return c; })",
  "function outer(a) { try { return a; } catch (c) { return c; } }",
  "(x) => hidden + b + e + h",
])("finds nothing in %s", (code) => {
  expect(taken(code)).toEqual([]);
});

it("finds nothing where the text cannot be told apart", () => {
  expect(takenFromAround("const a = {} / 1; a", { at: 17, end: 19 })).toEqual([]);
});

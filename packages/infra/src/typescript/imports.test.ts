import { expect, it } from "vitest";
import { importedBy } from "./load-modules.ts";
import { importsIn } from "./imports.ts";

it("finds what a module imports, and not what only its types do", () => {
  const source = `
    import "./effect.ts";
    import one, { type Two, three as four } from './one.ts';
    import * as five from "five";
    import type { Six } from "./six.ts";
    import type seven from "./seven.ts";
    import type from "./type.ts";
    export { eight } from "./eight.ts";
    export * from "./nine.ts";
    export * as ten from "ten/inside";
    export type { Eleven } from "./eleven.ts";
    export { one };
    const from = "no";
    const object = { import: 1, export: from };
    object.import("x");
`;
  expect(importedBy(source)).toEqual([
    "./effect.ts",
    "./one.ts",
    "five",
    "./type.ts",
    "./eight.ts",
    "./nine.ts",
    "ten/inside",
  ]);
  for (const { at, end, specifier } of importsIn(source)) expect(source.slice(at + 1, end - 1)).toBe(specifier);
});

it("says that nobody knows what a computed import leads to", () => {
  expect(importsIn('await import("x"); import.meta.url;')).toEqual([
    { specifier: undefined, at: 6, end: 12 },
    { specifier: undefined, at: 19, end: 25 },
  ]);
});

it("finds nothing where the text cannot be told apart", () => {
  expect(importedBy('import "a"; const b = {} / 1;')).toEqual([]);
});

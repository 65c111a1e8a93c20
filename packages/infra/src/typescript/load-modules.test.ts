import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Problem } from "@omnibase/core";
import { afterAll, expect, it } from "vitest";
import { loadModules, type ModuleWorld } from "./load-modules.ts";

const root = mkdtempSync(join(tmpdir(), "omnibase-modules-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const installed: Readonly<Record<string, string>> = {
  "node_modules/plain/package.json": '{"name":"plain","version":"1.0.0","type":"module","main":"main.js"}',
  "node_modules/plain/main.js": "export const plain = 1;",
  "node_modules/@of/many/package.json": JSON.stringify({
    exports: {
      ".": { types: "./x.d.ts", browser: "./no.js", require: "./no.cjs", import: { node: "./yes.mjs" } },
      "./sub": "./sub.mjs",
    },
  }),
  "node_modules/@of/many/yes.mjs": "export const yes = 2;",
  "node_modules/@of/many/sub.mjs": "export const sub = 3;",
  "node_modules/old/package.json": "{}",
  "node_modules/old/index.js": "exports.old = 4;",
};
for (const [path, text] of Object.entries(installed)) {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const called = (): string => {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, called);
  return holder.stack?.split("\n")[1] ?? "";
};

const world = (files: Readonly<Record<string, string>>): ModuleWorld => ({
  sources: new Map(Object.entries(files)),
  given: new Map([
    [
      "given",
      {
        called,
        fail: (text: string) => {
          throw new Error(text);
        },
      },
    ],
  ]),
  root,
});

async function problemsOf(source: string, more: Readonly<Record<string, string>> = {}): Promise<readonly Problem[]> {
  const loaded = await loadModules(["a.ts"], world({ "a.ts": source, ...more }));
  if (loaded.ok) throw new Error("it was loaded");
  return loaded.error;
}

it("evaluates modules, what they import, and what is installed for them", async () => {
  const a = `import { b } from "./parts/b.ts"; import { plain } from "plain"; import { yes } from "@of/many";
import { sub } from "@of/many/sub"; import { old } from "old";
export const a: number[] = [b, plain, yes, sub, old];`;
  const files = { "a.ts": a, "parts/b.ts": 'export { c as b } from "../c.ts";', "c.ts": "export const c: number = 0;" };
  const loaded = await loadModules(["a.ts", "c.ts"], world(files));
  expect(loaded.ok && [...loaded.value.exports].map(([name, exports]) => [name, { ...exports }])).toEqual([
    ["a.ts", { a: [0, 1, 2, 3, 4] }],
    ["c.ts", { c: 0 }],
  ]);
});

it("knows where something was called, as its author wrote it", async () => {
  const source = `import { called } from "given";
// a comment that goes
type Gone = { readonly with: "the types" };
export const here: string =
  /* another */ called();
`;
  const loaded = await loadModules(["a b.ts"], world({ "a b.ts": source }));
  if (!loaded.ok) throw new Error(loaded.error[0]?.message);
  const frame = String(loaded.value.exports.get("a b.ts")?.["here"]);
  expect(loaded.value.placeOf(frame)).toEqual({ file: "a b.ts", line: 5, column: 17 });
  expect(loaded.value.placeOf("at somewhere else")).toBeUndefined();
});

it.each([
  ["a package that is not there", 'import "none";', "the package none is not installed"],
  ["what a package keeps", 'import "@of/many/own";', "the package does not let out @of/many/own"],
  ["a module that is not there", 'import "./none.ts";', "there is no none.ts in this workspace"],
  ["the platform", 'import "node:fs";', "node:fs reaches the platform"],
  ["what is computed", 'const x = import("./" + 1);', "nobody knows what is imported here"],
  ["itself", 'import "./a.ts";', "a.ts imports itself"],
])("does not import %s", async (_, source, message) => {
  expect(await problemsOf(`\n${source}`)).toMatchObject([
    { code: "DEFINITION_IMPORT", message, at: { file: "a.ts", line: 2 } },
  ]);
});

it("tells what is wrong with a module where it is imported from, once", async () => {
  const source = 'import "./b.ts"; import "./c.ts";';
  const more = { "b.ts": 'import "./c.ts";', "c.ts": "export const x = Date.now();" };
  expect(await problemsOf(source, more)).toMatchObject([
    { code: "PURITY_VIOLATION", at: { file: "c.ts", line: 1, column: 18 } },
  ]);
});

it("refuses what is no TypeScript, or more than types", async () => {
  expect(await problemsOf("export const = 1;")).toMatchObject([{ code: "DEFINITION_UNREADABLE" }]);
  expect(await problemsOf("export enum A { B }")).toMatchObject([{ code: "DEFINITION_UNREADABLE" }]);
});

it("says where a module threw", async () => {
  const source = 'import { fail } from "given";\ntype T = 1;\n  fail("no");';
  expect(await problemsOf(source)).toMatchObject([
    {
      code: "DEFINITION_FAILED",
      message: "no",
      hint: expect.stringMatching(/./),
      at: { file: "a.ts", line: 3, column: 3 },
    },
  ]);
  expect(await problemsOf("throw 7;")).toMatchObject([{ message: "it throws what is no error", at: { line: 1 } }]);
});

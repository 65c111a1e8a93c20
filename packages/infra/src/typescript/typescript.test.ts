import type { PureTransform } from "@omnibase/core";
import { describe, expect, it } from "vitest";
import { loadTransform, readTransform, sealedJavascript } from "./index.ts";
import { impuritiesOf } from "./purity.ts";
import { tokensOf } from "./tokens.ts";

const half = `import type { Answer } from "./types.ts";
/** Date.now() is only spoken of. */
export function execute({ n }: { readonly n: number }): Answer {
  return { outcome: "SUCCESS", value: { half: (n as number) / 2, says: \`process \${n}\` } };
}
`;

async function loaded(source: string, digest: string): Promise<PureTransform | undefined> {
  const javascript = await sealedJavascript(source, digest);
  return javascript === undefined ? undefined : loadTransform(javascript);
}

const wordsIn = (source: string): readonly string[] => impuritiesOf(source).map(({ word }) => word);

describe("a transform file", () => {
  it("is sealed by the digest of its bytes and executed", async () => {
    const read = await readTransform("half.ts", half);
    if (!read.ok) throw new Error("it is pure");
    expect(read.value.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    const transform = await loaded(half, read.value.digest);
    expect(transform?.({ n: 6 })).toEqual({ outcome: "SUCCESS", value: { half: 3, says: "process 6" } });
  });

  it("is not executed once it is another file than was sealed", async () => {
    const read = await readTransform("half.ts", half);
    expect(await loaded(`${half} `, read.ok ? read.value.digest : "")).toBeUndefined();
  });

  it.each([
    ["PURITY_VIOLATION 2:10", "export const execute = () => {\n  return Date.now();\n};"],
    [
      "PURITY_VIOLATION 1:8",
      'import fs from "node:fs";\nexport const execute = () => fs.readFileSync("x");'.replace(
        "import",
        "      \timport",
      ),
    ],
    ["TRANSFORM_UNREADABLE 1:1", "export const run = () => 1;"],
    ["TRANSFORM_UNREADABLE 1:1", "export const execute = () => {{;"],
    ["TRANSFORM_UNREADABLE 1:1", "export enum Way { Up }\nexport const execute = () => Way.Up;"],
    ["TRANSFORM_UNREADABLE 1:1", "export namespace A { export const b = 1 }\nexport const execute = () => A.b;"],
  ])("is refused with %s", async (found, source) => {
    const read = await readTransform("f.ts", source);
    expect(read.ok ? [] : read.error.map(({ at, code }) => `${code} ${String(at.line)}:${String(at.column)}`)).toEqual([
      found,
    ]);
  });
});

const answering = async (body: string): Promise<() => unknown> => {
  const source = `export const execute = (input: { list?: number[] }) => { ${body} };`;
  const read = await readTransform("f.ts", source);
  const transform = await loaded(source, read.ok ? read.value.digest : "");
  return () => transform?.({ list: [1] });
};

describe("what a transform may answer", () => {
  it.each([
    ["return undefined;", "an object"],
    ["return { value: {} };", "its outcome"],
    ['return { outcome: "SUCCESS", value: { n: NaN } };', "canonical"],
    ['return { outcome: "SUCCESS", value: { f: () => 1 } };', "canonical"],
    ['throw new Error("no");', "no"],
  ])("%s throws, and that is the outcome ERROR", async (body, message) => {
    const execute = await answering(body);
    expect(execute).toThrow(message);
  });

  it("is copied, and so is what it is given", async () => {
    const execute = await answering('input.list?.push(2); return { outcome: "SUCCESS", value: { list: input.list } };');
    expect([execute(), execute()]).toEqual([
      { outcome: "SUCCESS", value: { list: [1, 2] } },
      { outcome: "SUCCESS", value: { list: [1, 2] } },
    ]);
  });
});

describe("purity", () => {
  it.each([
    ["const at = Date.now();", ["Date"]],
    ["const at = new Date ( );", ["Date"]],
    ["Math.random()", ["Math.random"]],
    ["const { random } = Math;", ["Math"]],
    ['Math["random"]()', ["Math"]],
    ["Math.sin(1)", ["Math.sin"]],
    ["process.env.HOME", ["process"]],
    ["globalThis.x", ["globalThis"]],
    ["await fetch(u)", ["await", "fetch"]],
    ['import("node:fs")', ["import"]],
    ['import x from "y"', ["import"]],
    ["import.meta.url", ["import"]],
    ['require("fs")', ["require"]],
    ["(() => 1).constructor", ["constructor"]],
    ['(() => 1)["constructor"]', ["constructor"]],
    ['eval("1")', ["eval"]],
    ["let calls = 0;", ["let"]],
    ["var calls = 0;", ["var"]],
    ["new Error().stack", ["stack"]],
    ['"a".localeCompare(b)', ["localeCompare"]],
    ["n.toLocaleString()", ["toLocaleString"]],
    ["const f = { __proto__: x };", ["__proto__"]],
    ["`${Date.now()}`", ["Date"]],
    ["`a${ { b: `${process.pid}` } }c`", ["process"]],
    ["a / Date.now() / 2", ["Date"]],
    ["(a) / Date.now() / 2", ["Date"]],
    ["a[0] / Date.now() / 2", ["Date"]],
    ["x.return / Date.now() / 2", ["Date"]],
    ["if (a) /re/.test(b); Date.now()", ["Date"]],
    ["x\n/* a */ / Date.now() / 2", ["Date"]],
  ])("notices %s", (source, words) => expect(wordsIn(source)).toEqual(words));

  it.each([
    "const x = { Date: 1, process: 2 };",
    "const x = order.Date;",
    'const x = "Date.now()";',
    "const x = /Date[/]now/.test(y);",
    "return /process/u;",
    "// Date.now()\n/* process */ const x = 1;",
    "const f = () => { let sum = 0; for (let i = 0; i < 2; i += 1) sum += i; return sum; };",
    "Math.floor(1.5) + Math.PI",
    "const x = a ? b : c;",
    "const s = `a\\`b$c`;",
    "const n = 1_000 + 0xff + 1e-7 + .5 + 5.;",
    "const größe = [...xs].map((x) => x ?? y?.z);",
  ])("has nothing against %s", (source) => expect(wordsIn(source)).toEqual([]));

  it.each([
    "x++ / Date.now() / 2",
    "({}) ; {} /Date.now()/ 2",
    "of / Date.now() / 2",
    "const x = `a",
    "const x = {",
    "}",
    "\\u0044ate.now()",
    '"open',
    "if (x) /[/",
  ])("refuses what it cannot read for certain: %s", (source) => expect(wordsIn(source)).toEqual([""]));

  it("divides a program into its tokens", () => {
    expect(tokensOf("a?.b(`x${1}`)").map(({ text }) => text)).toEqual(["a", "?.", "b", "(", "{", "1", "}", "`", ")"]);
  });
});

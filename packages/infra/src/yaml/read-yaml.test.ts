import { decodeUtf8, limits, plain, type Json, type Problem } from "@omnibase/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Parser } from "yaml";
import { readYaml } from "./read-yaml.ts";

const file = "contracts/a.yaml";

const read = (text: string): Json => {
  const result = readYaml(text, { file });
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return plain(result.value);
};

const refusals = (text: string): readonly Problem[] => {
  const result = readYaml(text, { file });
  return result.ok ? [] : result.error;
};

/** The first code and its place, which is what an author acts on. */
const spot = (text: string): string => {
  const [problem] = refusals(text);
  return problem === undefined ? "accepted" : `${problem.code} ${String(problem.at.line)}:${String(problem.at.column)}`;
};

const nestedMaps = (depth: number): string =>
  Array.from({ length: depth }, (_, level) => `${" ".repeat(level)}a:\n`).join("");

const distinctKeys = (count: number): string =>
  Array.from({ length: count }, (_, index) => `k${String(index)}: 0\n`).join("");

const laughs = `a: &a [x]\n${"bcdefghi".replaceAll(/./g, "$&: &$& [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n")}`;

const titled = (
  cases: readonly (readonly [row: string, text: string, expected: string])[],
): [string, string, string][] =>
  cases.map(([row, text, expected]) => [`${row} ${JSON.stringify(text.slice(0, 30))}`, expected, text]);

const hostile = titled([
  ["A01", "", "ARTIFACT_EMPTY 1:1"],
  ["A01", "# only\n\n# comments\n", "ARTIFACT_EMPTY 1:1"],
  ["A01", "---", "ARTIFACT_EMPTY 1:1"],
  ["A02", `a: ${"x".repeat(limits.artifactBytesMax - 2)}`, "ARTIFACT_TOO_LARGE 1:1"],
  ["A02", `a: ${"é".repeat(limits.artifactBytesMax / 2)}`, "ARTIFACT_TOO_LARGE 1:1"],
  ["A03", "[".repeat(2_000) + "]".repeat(2_000), "ARTIFACT_TOO_DEEP 1:65"],
  ["A03 again", "[".repeat(2_000) + "]".repeat(2_000), "ARTIFACT_TOO_DEEP 1:65"],
  ["A04", "{a: ".repeat(1_000), "ARTIFACT_TOO_DEEP 1:257"],
  ["A05", nestedMaps(1_000), "ARTIFACT_TOO_DEEP 65:65"],
  ["A06", "- ".repeat(1_000), "ARTIFACT_TOO_DEEP 1:129"],
  ["A06", `${"? ".repeat(500)}x`, "YAML_KEY_TYPE 1:1"],
  ["A06", `${"? ".repeat(300)}x`, "YAML_KEY_TYPE 1:1"],
  ["A06", "a: ".repeat(1_000), "ARTIFACT_TOO_DEEP 1:193"],
  ["A06", "[a: ".repeat(64), "YAML_SYNTAX 1:257"],
  ["A06", `${"[a: ".repeat(64)}1${"]".repeat(64)}`, "ARTIFACT_TOO_DEEP 1:126"],
  ["A07", laughs, "YAML_ALIAS_FORBIDDEN 1:4"],
  ["A08", "a: &x 1\nb: *x", "YAML_ALIAS_FORBIDDEN 1:4"],
  ["A08", "b: *x", "YAML_ALIAS_FORBIDDEN 1:4"],
  ["A09", "&a [*a]", "YAML_ALIAS_FORBIDDEN 1:1"],
  ["A10", `<<: [${"*a,".repeat(4_000)}]`, "YAML_ALIAS_FORBIDDEN 1:1"],
  ["A10", "a:\n  <<: {b: 1}", "YAML_ALIAS_FORBIDDEN 2:3"],
  ["A11", "kind: effect\nkind: reducer", "YAML_DUPLICATE_KEY 2:1"],
  ["A11", "a: {b: 1, 'b': 2}", "YAML_DUPLICATE_KEY 1:11"],
  ["A12", "\u00E9: 1\ne\u0301: 2", "YAML_DUPLICATE_KEY 2:1"],
  ["A13", "a: !!js/function 'x'", "YAML_TAG_FORBIDDEN 1:4"],
  ["A13", "!!python/object/apply:os.system [x]", "YAML_TAG_FORBIDDEN 1:1"],
  ["A13", "a: !foo x", "YAML_TAG_FORBIDDEN 1:4"],
  ["A13", "%TAG ! tag:x,2000:\n---\na: 1", "YAML_TAG_FORBIDDEN 1:1"],
  ["A14", "a: !!binary x", "YAML_TAG_FORBIDDEN 1:4"],
  ["A14", "a: !!timestamp 2001-01-01", "YAML_TAG_FORBIDDEN 1:4"],
  ["A14", "!!set {a}", "YAML_TAG_FORBIDDEN 1:1"],
  ["A14", "- !!omap [a: 1]", "YAML_TAG_FORBIDDEN 1:3"],
  ["A15", "a: 1\n---\nb: 2", "YAML_MULTI_DOC 2:1"],
  ["A15", "---\na: 1\n---\n", "YAML_MULTI_DOC 3:1"],
  ["A15", "a: 1\n...\nb: 2", "YAML_MULTI_DOC 3:1"],
  ["A16", "version: .inf", "ARTIFACT_SCHEMA 1:10"],
  ["A16", "version: -.INF", "ARTIFACT_SCHEMA 1:10"],
  ["A16", "version: .nan", "ARTIFACT_SCHEMA 1:10"],
  ["A16", "%YAML 1.1\n---\na: no", "YAML_SYNTAX 1:1"],
  ["A17", "a\u2028b: 1", "ARTIFACT_ENCODING 1:1"],
  ["A17", '"a\\u2029": 1', "ARTIFACT_ENCODING 1:1"],
  ["A19", "a:\n\tb: 1", "YAML_SYNTAX 2:1"],
  ["A19", "a:\n  b: 1\n\tc: 2", "YAML_SYNTAX 3:1"],
  ["A20", distinctKeys(100_000), "ARTIFACT_TOO_WIDE 1025:1"],
  ["A20", `{${distinctKeys(100_000).replaceAll("\n", ",")}}`, "ARTIFACT_TOO_WIDE 1:8108"],
  ["A21", "? [1,2]\n: x", "YAML_KEY_TYPE 1:1"],
  ["A21", "[1,2]: x", "YAML_KEY_TYPE 1:1"],
  ["A21", "{{a: 1}: 2}", "YAML_KEY_TYPE 1:2"],
  ["A21", ": x", "YAML_KEY_TYPE 1:1"],
  ["A21", "a\n: x", "YAML_KEY_TYPE 2:1"],
  ["A22", "__proto__: {polluted: 1}", "ARTIFACT_KEY_RESERVED 1:1"],
  ["A22", "a:\n  - {constructor: 1}", "ARTIFACT_KEY_RESERVED 2:6"],
  ["A22", '"\\u0070rototype": 1', "ARTIFACT_KEY_RESERVED 1:1"],
  ["A23", "x".repeat(1_048_576), "ARTIFACT_TOO_LARGE 1:1"],
  ["A23", `>\n ${" ".repeat(1_048_576)}`, "ARTIFACT_TOO_LARGE 1:1"],
  ["A25", "]", "YAML_SYNTAX 1:1"],
  ["A25", "a: 'x", "YAML_SYNTAX 1:6"],
  ["A25", 'a: "x\n', "YAML_SYNTAX 2:1"],
  ["A25", "a: [1, 2", "YAML_SYNTAX 1:9"],
  ["A25", "a: {b: 1", "YAML_SYNTAX 1:9"],
  ["B06", "n: 9007199254740993", "ARTIFACT_NUMBER_PRECISION 1:4"],
  ["B06", "n: 0xFFFFFFFFFFFFFFFFFFFFFFFF", "ARTIFACT_NUMBER_PRECISION 1:4"],
  ["B05", "n: 1e999", "ARTIFACT_NUMBER_RANGE 1:4"],
  ["B13", `[${"0,".repeat(120_000)}]`, "ARTIFACT_TOO_MANY_NODES 1:200000"],
  ["B16", `"${"é".repeat(600)}": 1`, "ARTIFACT_KEY_INVALID 1:1"],
  ["B16", '"a\\0": 1', "ARTIFACT_KEY_INVALID 1:1"],
]);

describe("readYaml refuses, within two seconds,", () => {
  it.each(hostile)("%s as %s", { timeout: 20_000 }, (_, expected, text) => {
    expect(spot(text)).toBe(expected);
  });

  it("a repeated key with both positions and the pointer", () => {
    expect(refusals("core:\n  kind: effect\n  kind: reducer")).toMatchObject([
      { path: "/core/kind", at: { line: 3 }, related: [{ at: { file, line: 2, column: 3 } }] },
    ]);
  });

  it("a value that is no JSON, with its pointer and the way out", () => {
    expect(refusals("a: {version: .inf}")).toMatchObject([{ path: "/a/version", hint: "quote it if it is text" }]);
  });

  it("everything that is wrong with what it could parse, in the order of the file, up to a bound", () => {
    expect(refusals("a: .nan\nb: {c: 1, c: 2}\na: 1").map(({ code }) => code)).toEqual([
      "ARTIFACT_SCHEMA",
      "YAML_DUPLICATE_KEY",
      "YAML_DUPLICATE_KEY",
    ]);
    expect(refusals(`[${".nan,".repeat(200)}]`)).toHaveLength(limits.problemsPerDocumentMax);
  });

  it("an anchor with a hint that helps when it was meant as text", () => {
    expect(refusals("a: *bold*")[0]?.hint).toContain("quotes");
  });

  it("without polluting anything", () => {
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it.each(["{}", '"\n', "\n{", "[}", "{}|", "[{},", "\n,", "- |\n|\n", "'", '\\"', "#", "\n\n ", "a: |\n", "!", ": "])(
    "a file full of %j",
    { timeout: 20_000 },
    (unit) => {
      expect(refusals(unit.repeat(limits.artifactBytesMax / unit.length))).not.toEqual([{ code: "never" }]);
    },
  );
});

describe("readYaml reads", () => {
  it("every value with the line and column where it stands", () => {
    const at = (line: number, column: number): object => ({ file, line, column });
    expect(readYaml("a:\n  - x\n  - {b: 1}\nc:", { file })).toEqual({
      ok: true,
      value: {
        kind: "map",
        at: at(1, 1),
        entries: [
          {
            key: "a",
            keyAt: at(1, 1),
            value: {
              kind: "list",
              at: at(2, 3),
              items: [
                { kind: "scalar", value: "x", at: at(2, 5) },
                {
                  kind: "map",
                  at: at(3, 5),
                  entries: [{ key: "b", keyAt: at(3, 6), value: { kind: "scalar", value: 1, at: at(3, 9) } }],
                },
              ],
            },
          },
          { key: "c", keyAt: at(4, 1), value: { kind: "scalar", value: null, at: at(4, 3) } },
        ],
      },
    });
  });

  it("indicators inside text as text", () => {
    const text = [
      "summary: Hello *world*!",
      "b: R&D, a - b, what?",
      "c: '*x &y !z << [ {'",
      'd: "? [ - {"',
      "e: |",
      "  *x &y !z",
      "  - [ {",
      "f: >",
      "  ? x",
      "g: plain",
      "  *cont* !x",
      "  - more",
      "# & * ! [ {",
      "h: 1 # *x",
      "i: <<",
      "'<<': x",
    ].join("\n");
    expect(read(text)).toEqual({
      summary: "Hello *world*!",
      b: "R&D, a - b, what?",
      c: "*x &y !z << [ {",
      d: "? [ - {",
      e: "*x &y !z\n- [ {\n",
      f: "? x\n",
      g: "plain *cont* !x - more",
      h: 1,
      i: "<<",
      "<<": "x",
    });
  });

  it("YAML 1.2: what looks like another language's boolean or time is text, and keys are text", () => {
    expect(read("a: no\nb: 1:30\nc: 2001-01-01\nd: 0o10\ne: 010\nf: -0\ng: ~\n1: x\ntrue: y")).toEqual({
      1: "x",
      a: "no",
      b: "1:30",
      c: "2001-01-01",
      d: 8,
      e: 10,
      f: 0,
      g: null,
      true: "y",
    });
  });

  it("the same value whatever ends the lines", () => {
    const text = "a: 1\nb: |\n  x\n  y\nc:\n  - 'd\n    e'\n";
    const expected = read(text);
    for (const end of ["\r\n", "\r"]) expect(read(text.replaceAll("\n", end))).toEqual(expected);
    expect(read("a: 1\r\nb: |\r  x\n  y\r\nc:\n  - 'd\r    e'\r")).toEqual(expected);
  });

  it("a file with a byte order mark", () => {
    const text = decodeUtf8(Uint8Array.from([0xef, 0xbb, 0xbf, 0x61, 0x3a, 0x31]), { file, family: "ARTIFACT" });
    expect(text).toEqual({ ok: true, value: "a:1" });
    expect(read("\uFEFFa: 1")).toEqual({ a: 1 });
  });

  it("names with a meaning elsewhere as plain data", () => {
    expect(read("toString: 1\nhasOwnProperty: 2")).toEqual({ toString: 1, hasOwnProperty: 2 });
  });

  it("64 collections inside one another, of every kind", () => {
    expect(spot("[".repeat(64) + "]".repeat(64))).toBe("accepted");
    expect(spot("- ".repeat(64))).toBe("accepted");
    expect(spot(nestedMaps(64))).toBe("accepted");
  });

  it("lists at the column of their key, and as many maps beside one another as there are", () => {
    expect(read("a:\n- b: 1\n  c: 2\n- b: 3\nd:\n- e")).toEqual({ a: [{ b: 1, c: 2 }, { b: 3 }], d: ["e"] });
    expect(spot(Array.from({ length: 500 }, (_, index) => `k${String(index)}:\n  - - a: {b: [1]}\n`).join(""))).toBe(
      "accepted",
    );
  });

  it("1,024 keys, in a block and in braces", () => {
    const keys = distinctKeys(1_024);
    expect(spot(keys)).toBe("accepted");
    expect(spot(`{${keys.replaceAll("\n", ",")}}`)).toBe("accepted");
  });
});

const beforeTheParser: ReadonlySet<string> = new Set([
  "ARTIFACT_EMPTY",
  "ARTIFACT_TOO_DEEP",
  "ARTIFACT_TOO_WIDE",
  "YAML_KEY_TYPE",
  "YAML_MULTI_DOC",
]);

describe("no text lets the parser nest deeper than the scan allows", () => {
  const pieces = [
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ": ",
    "- ",
    "a",
    '"b"',
    "'c'",
    "\n",
    " ",
    "  ",
    "#",
    "|",
    ">",
    "---\n",
    "...\n",
    "a: ",
    "\n  ",
  ];

  it("and the measure sees what is too deep", () => {
    expect(parserDepth("[".repeat(400))).toBeGreaterThan(parserDepthMax);
  });

  it("for texts of any pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), fc.nat(60), (unit, times) => {
        const text = unit.join("").repeat(times);
        const codes = refusals(text).map(({ code }) => code);
        const stopped = codes.some((code) => beforeTheParser.has(code));
        expect(stopped || parserDepth(text) <= parserDepthMax).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});

/** Keys before a bracket nest in it: up to three levels of the parser for one that is written. Its stack takes thousands. */
const parserDepthMax = 4 * limits.depthMax;

/** How deep the tree of the parser is, found without recursion. */
function parserDepth(text: string): number {
  let deepest = 0;
  const open: { readonly depth: number; readonly node: unknown }[] = [...new Parser().parse(text)].map((node) => ({
    node,
    depth: 0,
  }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    if (typeof node !== "object" || node === null) continue;
    deepest = Math.max(deepest, depth);
    if ("value" in node && depth === 0) open.push({ node: node.value, depth });
    if (!("items" in node) || !Array.isArray(node.items)) continue;
    for (const item of node.items)
      for (const inner of Object.values(item)) open.push({ node: inner, depth: depth + 1 });
  }
  return deepest;
}

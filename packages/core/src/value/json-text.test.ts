import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "./canonical.ts";
import type { JsonFamily } from "./json-cursor.ts";
import { parseJson } from "./json-text.ts";
import type { Json } from "./json.ts";
import { limits } from "./limits.ts";
import { plain } from "./located-value.ts";
import type { Problem } from "./problem.ts";

const file = "payload.json";

const read = (text: string, family: JsonFamily = "PAYLOAD"): Json => {
  const result = parseJson(text, { file, family });
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return plain(result.value);
};

const refusal = (text: string, family: JsonFamily = "PAYLOAD", bytesMax?: number): Problem | undefined => {
  const result = parseJson(text, { file, family, ...(bytesMax === undefined ? {} : { bytesMax }) });
  return result.ok ? undefined : result.error[0];
};

/** The code and the place, which is what a caller acts on. */
const spot = (text: string, family: JsonFamily = "PAYLOAD"): string => {
  const problem = refusal(text, family);
  return problem === undefined ? "accepted" : `${problem.code} ${String(problem.at.line)}:${String(problem.at.column)}`;
};

/** A string of four-byte characters, as long as asked with its quotes. */
const filled = (bytes: number): string =>
  JSON.stringify("\u{1F600}".repeat((bytes - 2) >> 2) + "x".repeat((bytes - 2) % 4));

const ownRules = ["PAYLOAD_KEY_RESERVED", "PAYLOAD_KEY_INVALID", "PAYLOAD_NUMBER_PRECISION"];

describe("parseJson reads", () => {
  it("every value with the line and column where it stands", () => {
    expect(parseJson('{"a":\r\n [1,\r "x"]}', { file, family: "PAYLOAD" })).toEqual({
      ok: true,
      value: {
        kind: "map",
        at: { file, line: 1, column: 1 },
        entries: [
          {
            key: "a",
            keyAt: { file, line: 1, column: 2 },
            value: {
              kind: "list",
              at: { file, line: 2, column: 2 },
              items: [
                { kind: "scalar", value: 1, at: { file, line: 2, column: 3 } },
                { kind: "scalar", value: "x", at: { file, line: 3, column: 2 } },
              ],
            },
          },
        ],
      },
    });
  });

  it("what JSON.parse reads, for every value that keeps to the limits", () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: "grapheme" }), (text) => {
        const result = parseJson(text, { file, family: "PAYLOAD" });
        const seen = result.ok ? canonical(plain(result.value)) : result.error[0]?.code;
        expect([canonical(JSON.parse(text)), ...ownRules]).toContain(seen);
      }),
      { numRuns: 1_000 },
    );
  });

  it("its own canonical form again, for every number that it accepts", () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer(), fc.constantFrom(1e20, 1e21, 2 ** 53)), (number) => {
        const first = parseJson(String(number), { file, family: "PAYLOAD" });
        const again = first.ok ? read(canonical(plain(first.value))) : "refused";
        expect([number === 0 ? 0 : number, "refused"]).toContain(again);
      }),
      { numRuns: 1_000 },
    );
  });

  it("any garbage without throwing", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"',
      "\\",
      "\\u00",
      "1",
      "-",
      "e",
      " ",
      "nul",
      "\n",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join("");
        expect(parseJson(text, { file, family: "PAYLOAD" }).ok).toBe(accepts(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it("64 collections inside one another", () => {
    expect(spot(`${"[".repeat(64)}${"]".repeat(64)}`)).toBe("accepted");
  });

  it("three spellings of one number as the same bytes, and -0 as 0", () => {
    expect(canonical(read("[0.1, 0.10, 1e-1, -0, -0.0]"))).toBe("[0.1,0.1,0.1,0,0]");
  });

  it("names with a meaning elsewhere as plain data", () => {
    const text =
      '{"toJSON":"x","then":1,"length":1000000000,"valueOf":{},"":0,"hash":"x","toString":1,"hasOwnProperty":2}';
    expect(JSON.stringify(read(text))).toBe(text);
  });

  it("text of a payload as it came: NFC, NFD, right-to-left, noncharacters", () => {
    const text = "\u00E9 e\u0301 \u202E \u{10FFFF} \uFFFE \u2028";
    expect(read(JSON.stringify({ [text]: text, "\u00E9": 1, "e\u0301": 2 }))).toEqual({
      [text]: text,
      "\u00E9": 1,
      "e\u0301": 2,
    });
  });

  it("every escape", () => {
    expect(read(String.raw`"\"\\\/\b\f\n\r\t\u0041\uD83D\ude00"`)).toBe('"\\/\b\f\n\r\tA\u{1F600}');
  });
});

function rows(cases: readonly (readonly [text: string, expected: string])[]): readonly [string, string, string][] {
  return cases.map(([text, expected]) => [JSON.stringify(text.slice(0, 30)), expected, text]);
}

const accepts = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return !/"a".*"a"/s.test(text) || JSON.stringify(value).match(/"a":/g)?.length === text.match(/"a"\s*:/g)?.length;
  } catch {
    return false;
  }
};

/** The beginning of the text, what is said of it, and the text. */
const hostile = rows([
  ["[".repeat(65), "PAYLOAD_TOO_DEEP 1:65"],
  [`${"[".repeat(2_000)}${"]".repeat(2_000)}`, "PAYLOAD_TOO_DEEP 1:65"],
  ["[".repeat(1_000_000), "PAYLOAD_TOO_DEEP 1:65"],
  ['{"a":'.repeat(65), "PAYLOAD_TOO_DEEP 1:321"],
  ['{"a":1,"a":2}', "PAYLOAD_DUPLICATE_KEY 1:8"],
  [String.raw`{"a":1,"\u0061":2}`, "PAYLOAD_DUPLICATE_KEY 1:8"],
  ['{"__proto__":{"admin":true}}', "PAYLOAD_KEY_RESERVED 1:2"],
  ['{"a":[{"__proto__":{"admin":true}}]}', "PAYLOAD_KEY_RESERVED 1:8"],
  ['{"constructor":{"prototype":{"polluted":1}}}', "PAYLOAD_KEY_RESERVED 1:2"],
  ['{"prototype":1}', "PAYLOAD_KEY_RESERVED 1:2"],
  ["NaN", "PAYLOAD_NUMBER_RANGE 1:1"],
  ["[Infinity]", "PAYLOAD_NUMBER_RANGE 1:2"],
  ["-Infinity", "PAYLOAD_NUMBER_RANGE 1:1"],
  ["1e999", "PAYLOAD_NUMBER_RANGE 1:1"],
  ["-1e999", "PAYLOAD_NUMBER_RANGE 1:1"],
  ["9007199254740993", "PAYLOAD_NUMBER_PRECISION 1:1"],
  ["-9007199254740992", "PAYLOAD_NUMBER_PRECISION 1:1"],
  ["9007199254740993.5", "PAYLOAD_NUMBER_PRECISION 1:1"],
  [`1${"0".repeat(30)}`, "PAYLOAD_NUMBER_PRECISION 1:1"],
  [String.raw`"\ud800"`, "PAYLOAD_ENCODING 1:1"],
  [String.raw`"\udc00\ud800"`, "PAYLOAD_ENCODING 1:1"],
  ['"\uD800"', "PAYLOAD_ENCODING 1:1"],
  [String.raw`"\u12"`, "PAYLOAD_ENCODING 1:2"],
  ["\uFEFF{}", "PAYLOAD_SYNTAX 1:1"],
  ["{} x", "PAYLOAD_SYNTAX 1:4"],
  ["{}\n{}", "PAYLOAD_SYNTAX 2:1"],
  ["", "PAYLOAD_SYNTAX 1:1"],
  [" \n ", "PAYLOAD_SYNTAX 2:2"],
  ['"open', "PAYLOAD_SYNTAX 1:1"],
  [String.raw`"\x"`, "PAYLOAD_SYNTAX 1:2"],
  ['"a\nb"', "PAYLOAD_SYNTAX 1:3"],
  ["01", "PAYLOAD_SYNTAX 1:1"],
  ["[1 2]", "PAYLOAD_SYNTAX 1:4"],
  ['{"a" 1}', "PAYLOAD_SYNTAX 1:6"],
  ['{"a":1 "b":2}', "PAYLOAD_SYNTAX 1:8"],
  ["{a:1}", "PAYLOAD_SYNTAX 1:2"],
  ['{"a":}', "PAYLOAD_SYNTAX 1:6"],
  [`{"${"k".repeat(65_536)}":1}`, "PAYLOAD_KEY_INVALID 1:2"],
  [String.raw`{"a\u0000":1}`, "PAYLOAD_KEY_INVALID 1:2"],
  [`{${keys(1_025)}}`, "PAYLOAD_TOO_WIDE 1:9132"],
  [`{${keys(100_000)}}`, "PAYLOAD_TOO_WIDE 1:9132"],
  [`[${"0,".repeat(1_000_000)}0]`, "PAYLOAD_TOO_MANY_NODES 1:200000"],
]);

describe("parseJson refuses", () => {
  it.each(hostile)("%s as %s", (_, expected, text) => {
    expect(spot(text)).toBe(expected);
  });

  it("a second key with both positions", () => {
    expect(refusal('{"a":1,\n"a":2}')).toMatchObject({
      at: { line: 2, column: 1 },
      related: [{ at: { file, line: 1, column: 2 } }],
    });
  });

  it("a syntax error with its offset, and an integer with the way out", () => {
    expect(refusal("{} x")?.message).toContain("offset 3");
    expect(refusal("9007199254740993")?.hint).toBe("write it as a string");
  });

  it("without polluting anything", () => {
    refusal('{"__proto__":{"polluted":1}}');
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it("exactly above the bound, in bytes, also for characters of four bytes", () => {
    expect(refusal(filled(limits.payloadBytesMax))).toBeUndefined();
    expect(refusal(filled(limits.payloadBytesMax + 1))).toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
    expect(refusal(`"${"x".repeat(limits.payloadBytesMax)}`)).toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
  });

  it("a string above its own bound, where the text may be longer", () => {
    const room = 2 * limits.stringBytesMax;
    expect(refusal(`"${"x".repeat(limits.stringBytesMax)}"`, "PAYLOAD", room)).toBeUndefined();
    expect(refusal(`["${"x".repeat(limits.stringBytesMax + 1)}"]`, "PAYLOAD", room)).toMatchObject({
      code: "PAYLOAD_TOO_LARGE",
      at: { line: 1, column: 2 },
    });
  });
});

function keys(count: number): string {
  return Array.from({ length: count }, (_, index) => `"${String(index)}": 0`).join(",");
}

describe("parseJson of an artifact", () => {
  it.each([
    ["", "ARTIFACT_EMPTY 1:1"],
    [" \n", "ARTIFACT_EMPTY 1:1"],
    ["{", "ARTIFACT_SYNTAX 1:2"],
    ['{"a\u2028":1}', "ARTIFACT_ENCODING 1:2"],
    ['{"\u00E9":1,"e\u0301":2}', "ARTIFACT_DUPLICATE_KEY 1:8"],
  ])("refuses %j as %s", (text, expected) => {
    expect(spot(text, "ARTIFACT")).toBe(expected);
  });

  it("reads a compiled one", () => {
    expect(read('{"artifact_code":"CC_X_V0"}', "ARTIFACT")).toEqual({ artifact_code: "CC_X_V0" });
  });
});

import { changed, documentsOf, testOptions, type Project } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { TransformAnswer } from "../execution/world.ts";
import { isObject, type Json } from "../value/json.ts";
import { compile, type Compilation } from "./compile.ts";
import type { CompileOptions } from "./options.ts";

const doubled: Project = {
  "CT_DOUBLE_V0.yaml": `ct_code: CT_DOUBLE_V0
version: v0
core:
  inputs:
    of: { type: integer, required: true }
    why: { type: string }
    how: { type: array, items: { type: object, fields: { fast: { type: boolean } } } }
  outputs:
    twice: { type: integer, required: true }
    bytes: { type: string }
    note: { type: any }
  outcomes: [SUCCESS, TOO_MUCH]
implementation: { typescript: double }
`,
  "TEST_DATA_CT_DOUBLE_V0.yaml": `test_data_code: TEST_DATA_CT_DOUBLE_V0
version: v0
core:
  transform: CT_DOUBLE_V0
  cases:
    one:
      bindings: { of: 1 }
      expected: { twice: 2 }
    much:
      bindings: { of: 1000 }
      expected_outcome: TOO_MUCH
`,
};

/** Doubles, and answers what it was told to beside. */
const code = (input: { readonly [name: string]: Json }): TransformAnswer => {
  const { of, why = null } = input;
  if (typeof of !== "number") throw new TypeError("no number");
  if (why === "text") throw "a text";
  if (of > 100) return { outcome: "TOO_MUCH", value: null };
  return { outcome: "SUCCESS", value: { twice: of * 2, ...(isObject(why) ? why : { note: why }) } };
};

const options: CompileOptions = {
  ...testOptions,
  transforms: { ...testOptions.transforms, double: "double@1" },
  code: (sealed) => (sealed === "double@1" ? code : undefined),
};

type Edits = Parameters<typeof changed>[1];
const file = "TEST_DATA_CT_DOUBLE_V0";
const compiled = (edits: Edits = [], more: Partial<CompileOptions> = {}): Compilation =>
  compile(documentsOf(changed(doubled, edits)), { ...options, ...more });
const found = (edits: Edits): readonly string[] =>
  compiled(edits).problems.map(({ at, code: name, message }) => `${name} ${String(at.line)}: ${message}`);

describe("the cases of a transform", () => {
  it("are executed, and let it be sealed where they hold", () => {
    const { cases, compiled: made, problems } = compiled();
    expect(problems).toEqual([]);
    expect(cases.map(({ failures, name, tests, transform }) => ({ failures, name, tests, transform }))).toEqual([
      { failures: [], name: "one", tests: "demo::TEST_DATA_CT_DOUBLE_V0", transform: "demo::CT_DOUBLE_V0" },
      { failures: [], name: "much", tests: "demo::TEST_DATA_CT_DOUBLE_V0", transform: "demo::CT_DOUBLE_V0" },
    ]);
    expect(Object.keys(made?.objects ?? {})).toContain("demo::TEST_DATA_CT_DOUBLE_V0");
  });

  it("are read and not executed where nobody brings code", () => {
    expect(compiled([], { code: () => undefined })).toMatchObject({ problems: [], cases: [] });
    expect(compile(documentsOf(doubled), { ...testOptions, transforms: options.transforms }).cases).toEqual([]);
    expect(compile(documentsOf(doubled), { ...options, transforms: {} }).cases).toEqual([]);
  });

  it("keep a snapshot from being sealed where one of them does not hold", () => {
    const { compiled: made, problems } = compiled([[file, "twice: 2", "twice: 3"]]);
    expect(made).toBeUndefined();
    expect(problems).toMatchObject([{ code: "TEST_CASE_FAILED", path: "/core/cases/one/expected/twice" }]);
  });

  it("are missed where a project brings code without them", () => {
    const { problems } = compile(documentsOf({ "CT.yaml": doubled["CT_DOUBLE_V0.yaml"] ?? "" }), options);
    expect(problems).toMatchObject([{ code: "TEST_DATA_MISSING", severity: "warning" }]);
  });
});

const firstCase = "bindings: { of: 1 }\n      expected: { twice: 2 }";
const asserting = (assertion: string, why = "x"): Edits => [
  [file, firstCase, `bindings: { of: 1, why: ${why} }\n      assertions: { ${assertion} }`],
];
const noting = (value: string, assertion: string): Edits =>
  asserting(`note: ${assertion}`, `{ note: ${value} }`).map(([name, from, to]) => [name, from, to ?? ""] as const);

describe("a case says", () => {
  it.each<readonly [string, Edits, readonly string[]]>([
    ["another outcome", [[file, "of: 1000", "of: 7"]], ["TEST_CASE_FAILED 11: much answers SUCCESS, not TOO_MUCH"]],
    [
      "success without a word",
      [[file, "expected_outcome: TOO_MUCH", "expected: {}"]],
      ["TEST_CASE_FAILED 9: much answers TOO_MUCH, not SUCCESS"],
    ],
    [
      "what the code does not survive",
      [[file, "of: 1 }", "of: x }"]],
      ['TEST_CASE_FAILED 6: one answers ERROR, not SUCCESS: "no number"'],
    ],
    [
      "what makes it throw a text",
      [[file, "of: 1 }", "of: 1, why: text }"]],
      ['TEST_CASE_FAILED 6: one answers ERROR, not SUCCESS: "a text"'],
    ],
    [
      "an output that is absent",
      [[file, "twice: 2", "twice: 2, bytes: x"]],
      ['TEST_CASE_FAILED 8: bytes is absent, not "x"'],
    ],
    ["an output that is another", [[file, "twice: 2", "twice: [2]"]], ["TEST_CASE_FAILED 8: twice is 2, not [2]"]],
    [
      "an input that nobody declares",
      [[file, "of: 1 }", "of: 1, to: 2 }"]],
      ["BOUND_INPUT_NOT_DECLARED 7: demo::CT_DOUBLE_V0 does not declare to"],
    ],
    [
      "something in an input that nobody declares",
      [[file, "of: 1 }", "of: 1, how: [{ fast: true, far: true }] }"]],
      ["BOUND_INPUT_NOT_DECLARED 7: how[0].far is not declared"],
    ],
    [
      "something of a name with a dot in it",
      [[file, "of: 1 }", "of: 1, how: [{ fast.far: true }] }"]],
      ["BOUND_INPUT_NOT_DECLARED 7: how[0].fast.far is not declared"],
    ],
    ["the same where it must not succeed", [[file, "of: 1000 }", "of: 1000, how: [{ far: true }] }"]], []],
    [
      "nothing of a required input",
      [[file, "{ of: 1 }", "{}"]],
      [
        'TEST_CASE_FAILED 6: one answers ERROR, not SUCCESS: "no number"',
        "REQUIRED_TRANSFORM_INPUT_NOT_BOUND 7: demo::CT_DOUBLE_V0 requires of",
      ],
    ],
    [
      "an output that nobody declares",
      [[file, "twice: 2", "thrice: 3"]],
      [
        "OUTPUT_FIELD_UNKNOWN 8: demo::CT_DOUBLE_V0 does not return thrice",
        "TEST_CASE_FAILED 8: thrice is absent, not 3",
      ],
    ],
    [
      "an outcome that cannot come",
      [[file, "TOO_MUCH", "VIOLATION"]],
      [
        "RESULT_SURFACE_MISMATCH 11: demo::CT_DOUBLE_V0 never answers VIOLATION",
        "TEST_CASE_FAILED 11: much answers TOO_MUCH, not VIOLATION",
      ],
    ],
    [
      "nothing of what is declared",
      [[file, "of: 1 }", "of: 1, why: { bytes: 7 } }"]],
      ["TEST_CASE_FAILED 6: one answers what is not declared: bytes is not of type string"],
    ],
    [
      "the cases of what is not there",
      [[file, "transform: CT_DOUBLE_V0", "transform: CT_TRIPLE_V0"]],
      [
        "TEST_DATA_MISSING 1: no case says what demo::CT_DOUBLE_V0 answers",
        "REFERENCE_UNRESOLVED 4: demo::CT_TRIPLE_V0 does not exist",
      ],
    ],
    [
      "no assertion that we know",
      asserting("twice: { mode: fuzzy }"),
      [
        "TEST_DATA_MISSING 1: no case says what demo::CT_DOUBLE_V0 answers",
        "ARTIFACT_SCHEMA 8: fuzzy is not one of exact, property, schema",
      ],
    ],
    [
      "two properties at once",
      asserting("twice: { mode: property, equals: 2, differs: 3 }"),
      [
        "TEST_DATA_MISSING 1: no case says what demo::CT_DOUBLE_V0 answers",
        "ARTIFACT_SCHEMA 8: a property says what the output equals, or what it is not",
      ],
    ],
  ])("%s", (_, edits, problems) => {
    expect(found(edits)).toEqual(problems);
  });

  it.each<readonly [value: string, assertion: string, against: string | undefined]>([
    ["7", "{ mode: exact, value: 7 }", undefined],
    ["7", "{ mode: exact, value: 8 }", "not 8"],
    ["7", "{ mode: property, equals: $.inputs.why.note }", undefined],
    ["7", "{ mode: property, equals: $.outputs.twice }", "not 2"],
    ["7", "{ mode: property, equals: $.outputs.never }", "not absent"],
    ["7", "{ mode: property, equals: [7] }", "not absent"],
    ["7", "{ mode: property, differs: 8 }", undefined],
    ["7", "{ mode: property, differs: $.inputs.why.note }", "and must not be"],
    ["7", "{ mode: schema, type: field, field: { type: integer, maximum: 7 } }", undefined],
    ["7", "{ mode: schema, type: field, field: { type: integer, maximum: 6 } }", "it is greater than 6"],
    ["0x00ff", "{ mode: schema, type: hex_string }", undefined],
    ["'0x00fF'", "{ mode: schema, type: hex_string, byte_length: 2 }", undefined],
    ["'0x00ff'", "{ mode: schema, type: hex_string, byte_length: 3 }", "2 bytes long"],
    ["'0x0'", "{ mode: schema, type: hex_string }", "not bytes in hexadecimal digits"],
    ["7", "{ mode: schema, type: hex_string }", "not bytes in hexadecimal digits"],
    ["'abcd'", "{ mode: schema, type: byte_length_range, min: 1, max: 2 }", undefined],
    ["'abcdef'", "{ mode: schema, type: byte_length_range, min: 1, max: 2 }", "3 bytes long"],
    ["7", "{ mode: schema, type: non_zero }", undefined],
    ["0", "{ mode: schema, type: non_zero }", "which is zero"],
    ["'0x00'", "{ mode: schema, type: non_zero }", "which is zero"],
    ["'0x01'", "{ mode: schema, type: non_zero }", undefined],
    ["[]", "{ mode: schema, type: non_zero }", "which is zero"],
  ])("of %s that %s", (value, assertion, against) => {
    const quoted = value.startsWith("0x") ? `"${value}"` : value;
    const problems = found(noting(quoted, assertion));
    expect(problems.map((one) => one.split(", ").at(-1))).toEqual(against === undefined ? [] : [against]);
  });

  it("of what is absent that it fits nothing", () => {
    const edits = asserting("bytes: { mode: schema, type: field, field: { type: string } }");
    expect(found(edits)).toEqual(["TEST_CASE_FAILED 8: bytes is absent, it is required"]);
  });

  it("no more than fits on a line", () => {
    const [problem = ""] = found([[file, "twice: 2", `twice: ${"9".repeat(15)}, note: ${"n".repeat(300)}`]]).slice(-1);
    expect(problem).toContain("…");
  });
});

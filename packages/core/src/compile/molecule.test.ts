import { billProject, changed, documentsOf, testOptions } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { TransformAnswer } from "../execution/world.ts";
import type { Json } from "../value/json.ts";
import { present } from "../value/present.ts";
import { compile, type Compilation } from "./compile.ts";
import { diff } from "./diff.ts";
import type { CompileOptions } from "./options.ts";

const { "IN_BILL_V0.yaml": _, ...bill } = billProject;

const code: { readonly [sealed: string]: (input: { readonly [name: string]: Json }) => TransformAnswer } = {
  "times@1": ({ a, b }) => ({ outcome: "SUCCESS", value: { product: Number(a) * Number(b) } }),
  "plus@1": ({ a, b }) => ({ outcome: "SUCCESS", value: { sum: Number(a) + Number(b) } }),
};

const options: CompileOptions = {
  ...testOptions,
  transforms: { ...testOptions.transforms, times: "times@1", plus: "plus@1" },
  code: (sealed) => code[sealed],
};

type Edits = Parameters<typeof changed>[1];
const compiled = (edits: Edits = [], more: Partial<CompileOptions> = {}): Compilation =>
  compile(documentsOf(changed(bill, edits)), { ...options, ...more });
const found = (edits: Edits): readonly string[] =>
  compiled(edits).problems.flatMap(({ at, code: name, message }) =>
    name === "TEST_DATA_MISSING" ? [] : [`${name} ${at.file.replace(".yaml", "")}:${String(at.line)} ${message}`],
  );

describe("a transform that is made of others", () => {
  it("answers what they answer together, item by item", () => {
    const { cases, problems } = compiled();
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(cases.map(({ failures, name }) => [name, failures])).toEqual([
      ["two", []],
      ["none", []],
      ["no_number", []],
      ["too_many", []],
    ]);
  });

  it("is sealed as such, and needs the code of what it is made of", () => {
    const { compiled: made } = compiled();
    expect(made?.implementations).toEqual({ times: "times@1", plus: "plus@1" });
    const place = made?.graphs["demo::WF_PAY_V0"]?.places["BILL/call"];
    expect(place).toMatchObject({
      work: {
        kind: "transform",
        implementation: "demo::CT_BILL_V0",
        molecule: {
          steps: [
            {
              as: "lines",
              atom: { implementation: "demo::CT_LINE_V0", molecule: { steps: [{ as: "cost" }, { as: "sum" }] } },
              inputs: { line: { kind: "result", of: "$iterator", path: [] } },
              required: ["line", "before"],
              loop: { accumulator: { total: 0, rounds: [] }, update: { total: { of: "$last", path: ["total"] } } },
            },
          ],
        },
      },
    });
  });

  it("is told apart in a review by what it is made of", () => {
    const swapped = "with: { a: $.results.cost.product, b: $.inputs.before }";
    const edits = [["CT_LINE_V0", "with: { a: $.inputs.before, b: $.results.cost.product }", swapped]] as const;
    const [before, after] = [present(compiled().compiled), present(compiled(edits).compiled)];
    expect(diff(before, before)).toEqual([]);
    expect(diff(before, after).map(({ allows, message }) => [allows, message])).toEqual([
      ["unknown", expect.stringContaining("is made of other steps")],
    ]);
  });

  it("may go over a list and keep nothing, and lose an answer that is no object", () => {
    const { "CT_BILL_V0.yaml": whole = "" } = billProject;
    const bare = whole
      .replace("      accumulator: { total: 0, rounds: [] }\n", "")
      .replace(/ {6}update: .*\n/, "")
      .replace("before: $.accumulator.total", "before: 1")
      .replace(
        "total: $.results.lines.accumulator.total, last: $.results.lines.total",
        "total: $.results.lines.accumulator",
      );
    const cases = "  cases: { one: { bindings: { lines: [{ price: 2, count: 3 }] }, expected: { total: {} } } }\n";
    const tests = `test_data_code: TEST_DATA_CT_BILL_V0\nversion: v0\ncore:\n  transform: CT_BILL_V0\n${cases}`;
    const { cases: results, problems } = compile(
      documentsOf({ ...bill, "CT_BILL_V0.yaml": bare, "TEST_DATA_CT_BILL_V0.yaml": tests }),
      options,
    );
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(results.map(({ failures }) => failures)).toEqual([[]]);
  });

  it("brings what it is made of where only one workflow is asked for", () => {
    const { compiled: made, problems } = compiled([], { only: "demo::WF_PAY_V0" });
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(made?.implementations).toEqual({ times: "times@1", plus: "plus@1" });
  });

  it("has no cases to execute where code is not there", () => {
    expect(compiled([], { code: (sealed) => (sealed === "plus@1" ? code[sealed] : undefined) }).cases).toEqual([]);
  });
});

const line = (from: string, to: string): Edits => [["CT_LINE_V0", from, to]];
const billed = (from: string, to: string): Edits => [["CT_BILL_V0", from, to]];

describe("is refused where", () => {
  it.each<readonly [string, Edits, readonly string[]]>([
    [
      "it is made of what is not there",
      line("transform: CT_TIMES_V0", "transform: CT_TIME_V0"),
      ["REFERENCE_UNRESOLVED CT_LINE_V0:8 demo::CT_TIME_V0 does not exist"],
    ],
    [
      "it is made of itself",
      line("transform: CT_TIMES_V0, with: { a: $.inputs.line.price, b: $.inputs.line.count }", "transform: CT_LINE_V0"),
      ["GRAPH_CYCLE CT_LINE_V0:8 demo::CT_LINE_V0 is made of itself"],
    ],
    [
      "an input is strange",
      line("with: { a: $.inputs.before, b:", "with: { a: $.inputs.before, c: 1, b:"),
      ["BOUND_INPUT_NOT_DECLARED CT_LINE_V0:9 demo::CT_PLUS_V0 does not declare c"],
    ],
    [
      "an input is absent",
      line("with: { a: $.inputs.before, b:", "with: { b:"),
      ["REQUIRED_TRANSFORM_INPUT_NOT_BOUND CT_LINE_V0:9 demo::CT_PLUS_V0 requires a"],
    ],
    [
      "nothing is bound",
      line(", with: { a: $.inputs.before, b: $.results.cost.product }", ""),
      [
        "REQUIRED_TRANSFORM_INPUT_NOT_BOUND CT_LINE_V0:9 demo::CT_PLUS_V0 requires a",
        "REQUIRED_TRANSFORM_INPUT_NOT_BOUND CT_LINE_V0:9 demo::CT_PLUS_V0 requires b",
      ],
    ],
    [
      "an input is of another type",
      line("a: $.inputs.before,", "a: $.inputs.line,"),
      ["INPUT_TYPE_MISMATCH CT_LINE_V0:9 a: object where number is declared"],
    ],
    [
      "a secret goes to what takes none",
      line("before: { type: number, required: true }", "before: { type: number, required: true, secret: true }"),
      ["SECRET_FLOW CT_LINE_V0:9 $.inputs.before is secret, and goes to a"],
    ],
    [
      "items are of another type",
      billed(
        "lines: { type: array, required: true }",
        "lines: { type: array, required: true, items: { type: integer } }",
      ),
      ["INPUT_TYPE_MISMATCH CT_BILL_V0:12 line: integer where object is declared"],
    ],
    [
      "a path leads nowhere",
      line("a: $.inputs.before,", "a: $.inputs.after,"),
      ["INPUT_FIELD_UNKNOWN CT_LINE_V0:9 there is no $.inputs.after"],
    ],
    [
      "a step reads a later one",
      line("a: $.inputs.line.price", "a: $.results.sum.sum"),
      ["INPUT_PATH_ROOT_UNKNOWN CT_LINE_V0:8 $.results.sum.sum begins with results, which does not exist here"],
    ],
    [
      "an item is read outside of a loop",
      line("a: $.inputs.before,", "a: $.iterator,"),
      ["INPUT_PATH_ROOT_UNKNOWN CT_LINE_V0:9 $.iterator begins with iterator, which does not exist here"],
    ],
    [
      "a step reads what its own round returns",
      billed("before: $.accumulator.total", "before: $.last.total"),
      ["INPUT_PATH_ROOT_UNKNOWN CT_BILL_V0:12 $.last.total begins with last, which does not exist here"],
    ],
    [
      "nothing of the kind accumulates",
      billed("before: $.accumulator.total", "before: $.accumulator.sum"),
      ["OUTPUT_FIELD_UNKNOWN CT_BILL_V0:12 there is no $.accumulator.sum"],
    ],
    [
      "what is updated does not accumulate",
      billed("update: { total:", "update: { sum: 1, total:"),
      ["BOUND_INPUT_NOT_DECLARED CT_BILL_V0:13 the accumulator does not declare sum"],
    ],
    [
      "it goes over what is no list",
      billed("over: $.inputs.lines", "over: 7"),
      ["INPUT_TYPE_MISMATCH CT_BILL_V0:10 over: integer where array is declared"],
    ],
    [
      "it goes over what is not there",
      billed("over: $.inputs.lines", "over: $.nothing"),
      ["INPUT_PATH_ROOT_UNKNOWN CT_BILL_V0:10 $.nothing begins with nothing, which does not exist here"],
    ],
    [
      "it tells the time",
      billed("note: [1,", 'note: ["{{timestamp}}",'),
      ["PURITY_VIOLATION CT_BILL_V0:14 a molecule knows no time; let it be an input"],
    ],
    [
      "a name stands twice",
      line("as: sum", "as: cost"),
      [
        "NAME_DUPLICATE CT_LINE_V0:9 cost stands twice",
        "INPUT_PATH_ROOT_UNKNOWN CT_LINE_V0:10 $.results.sum.sum begins with results, which does not exist here",
      ],
    ],
    [
      "it emits what it does not declare",
      billed("note: [1,", "notes: [1,"),
      ["EXIT_OUTPUT_UNKNOWN CT_BILL_V0:14 demo::CT_BILL_V0 does not declare notes"],
    ],
    [
      "it does not emit what it declares",
      line("{ total: $.results.sum.sum }", "{}"),
      ["EXIT_OUTPUT_MISSING CT_LINE_V0:10 demo::CT_LINE_V0 requires total"],
    ],
    [
      "an atom answers what it does not declare",
      [["CT_PLUS_V0", "implementation", "  outcomes: [SUCCESS, TOO_MUCH]\nimplementation"]],
      ["RESULT_SURFACE_MISMATCH CT_LINE_V0:1 demo::CT_LINE_V0 may also answer TOO_MUCH"],
    ],
    [
      "it declares what nobody answers",
      line("molecule:", "  outcomes: [SUCCESS, VIOLATION, NEVER]\nmolecule:"),
      [
        "RESULT_SURFACE_MISMATCH CT_BILL_V0:1 demo::CT_BILL_V0 may also answer NEVER",
        "RESULT_SURFACE_MISMATCH CT_LINE_V0:6 demo::CT_LINE_V0 never answers NEVER",
      ],
    ],
    [
      "it has code as well",
      line("molecule:", "implementation: { typescript: plus }\nmolecule:"),
      ["ARTIFACT_SCHEMA CT_LINE_V0:1 a transform has an implementation, or is a molecule of others"],
    ],
    [
      "it has no steps",
      line(
        "- { as: cost, transform: CT_TIMES_V0, with: { a: $.inputs.line.price, b: $.inputs.line.count } }\n    - { as: sum, transform: CT_PLUS_V0, with: { a: $.inputs.before, b: $.results.cost.product } }",
        "[]",
      ),
      ["ARTIFACT_SCHEMA CT_LINE_V0:8 a molecule has at least one step"],
    ],
    [
      "it accumulates without a list",
      line("as: sum,", "as: sum, accumulator: { a: 1 },"),
      ["ARTIFACT_SCHEMA CT_LINE_V0:9 what accumulates goes over a list"],
    ],
  ])("%s", (_sentence, edits, problems) => {
    expect(found(edits)).toEqual(problems);
  });
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { called, documentIn, folderWith, removeFolders } from "./testing/cli.ts";

const number = "{ type: number, required: true }";
const atom = (name: string, output: string): string => `ct_code: CT_${name}_V0
version: v0
core:
  inputs: { a: ${number}, b: ${number} }
  outputs: { ${output}: ${number} }
implementation: { typescript: ${name.toLowerCase()} }
`;
const code = (output: string, sign: string): string =>
  `export const execute = ({ a, b }: { readonly a: number; readonly b: number }) => ({ outcome: "SUCCESS", value: { ${output}: a ${sign} b } });\n`;

const project = {
  "omnibase.yaml": "namespace: demo\nimplementations: ./transforms\n",
  "transforms/plus.ts": code("sum", "+"),
  "transforms/times.ts": code("product", "*"),
  "contracts/CT_PLUS_V0.yaml": atom("PLUS", "sum"),
  "contracts/CT_TIMES_V0.yaml": atom("TIMES", "product"),
  "contracts/CT_LINE_V0.yaml": `ct_code: CT_LINE_V0
version: v0
core:
  inputs: { line: { type: object, required: true, fields: { price: ${number}, count: ${number} } }, before: ${number} }
  outputs: { total: ${number} }
molecule:
  steps:
    - { as: cost, transform: CT_TIMES_V0, with: { a: $.inputs.line.price, b: $.inputs.line.count } }
    - { as: sum, transform: CT_PLUS_V0, with: { a: $.inputs.before, b: $.results.cost.product } }
  emit: { total: $.results.sum.sum }
`,
  "contracts/CT_BILL_V0.yaml": `ct_code: CT_BILL_V0
version: v0
core:
  inputs: { lines: { type: array, required: true } }
  outputs: { total: { type: any, required: true } }
molecule:
  steps:
    - as: lines
      transform: CT_LINE_V0
      over: $.inputs.lines
      accumulator: { total: 0 }
      with: { line: $.iterator, before: $.accumulator.total }
      update: { total: $.last.total }
  emit: { total: $.results.lines.accumulator.total }
`,
  "contracts/TEST_DATA_CT_BILL_V0.yaml": `test_data_code: TEST_DATA_CT_BILL_V0
version: v0
core:
  transform: CT_BILL_V0
  cases:
    two: { bindings: { lines: [{ price: 2, count: 3 }, { price: 10, count: 1 }] }, expected: { total: 16 } }
`,
  "contracts/WF_BILL_V0.yaml": `workflow: WF_BILL_V0
version: v0
intent: { inputs: { lines: { type: array, required: true } }, next: { ACK: BILL, NACK: NO } }
nodes:
  BILL: { transform: demo::CT_BILL_V0, inputs: { lines: $.payload.lines }, next: { SUCCESS: YES, VIOLATION: NO } }
  YES: { type: EXIT, class: completed, outcome: BILLED, outputs: { total: $.results.BILL.total } }
  NO: { type: EXIT, class: rejected, outcome: REFUSED }
`,
  "bill.json": '{"lines":[{"price":2,"count":3},{"price":10,"count":1}]}',
  "bad.json": '{"lines":[{"price":2}]}',
};

afterEach(removeFolders);

it("executes what is made of others, tests it, and computes it again", async () => {
  const cwd = folderWith(project);
  expect(await called(["test"], { cwd })).toMatchObject({ exit: 0, out: expect.stringContaining("1 cases, 0 failed") });
  const run = (payload: string): ReturnType<typeof called> =>
    called(["run", "--wf", "demo::WF_BILL_V0", "--payload", payload, "--json"], { cwd });
  const billed = documentIn(await run("bill.json"));
  expect(billed).toMatchObject({ outcome: "BILLED", outputs: { total: 16 } });
  expect(documentIn(await run("bad.json"))).toMatchObject({ outcome: "REFUSED" });
  expect(await called(["replay", String(billed["execution"])], { cwd })).toMatchObject({ exit: 0, err: "" });
  const shown = documentIn(await called(["snapshot", "show", "--json"], { cwd }));
  expect(Object.keys(Object(shown["implementations"])).toSorted()).toEqual(["plus", "times"]);
});

it("says in a review that it is made of other steps now", async () => {
  const cwd = folderWith(project);
  await called(["compile", "--out", "before.snapshot"], { cwd });
  const swapped = project["contracts/CT_LINE_V0.yaml"].replace(
    "a: $.inputs.before, b: $.results.cost.product",
    "a: $.results.cost.product, b: $.inputs.before",
  );
  writeFileSync(join(cwd, "contracts/CT_LINE_V0.yaml"), swapped);
  const differs = await called(["diff", "before.snapshot"], { cwd });
  expect(differs.exit).toBe(1);
  expect(differs.out).toContain("is made of other steps");
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { billProject } from "@omnibase/testkit";
import { afterEach, expect, it } from "vitest";
import { called, documentIn, folderWith, removeFolders } from "./testing/cli.ts";

const code = (output: string, sign: string): string =>
  `export const execute = ({ a, b }: { readonly a: number; readonly b: number }) => ({ outcome: "SUCCESS", value: { ${output}: a ${sign} b } });\n`;

/** The transforms of the bill and their cases, with code that really multiplies and adds. */
const transforms = Object.entries(billProject).filter(([file]) => /^(?:CT|TEST_DATA)_/.test(file));

const project = {
  "omnibase.yaml": "namespace: demo\nimplementations: ./transforms\n",
  "transforms/plus.ts": code("sum", "+"),
  "transforms/times.ts": code("product", "*"),
  ...Object.fromEntries(transforms.map(([file, text]) => [`contracts/${file}`, text])),
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
  expect(await called(["test"], { cwd })).toMatchObject({ exit: 0, out: expect.stringContaining("4 cases, 0 failed") });
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
  const { "CT_LINE_V0.yaml": line = "" } = billProject;
  const swapped = line.replace(
    "a: $.inputs.before, b: $.results.cost.product",
    "a: $.results.cost.product, b: $.inputs.before",
  );
  writeFileSync(join(cwd, "contracts/CT_LINE_V0.yaml"), swapped);
  const differs = await called(["diff", "before.snapshot"], { cwd });
  expect(differs.exit).toBe(1);
  expect(differs.out).toContain("is made of other steps");
});

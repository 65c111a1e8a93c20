import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { called, documentIn, folderWith, removeFolders, type Called } from "./testing/cli.ts";

afterEach(removeFolders);

const split = `/** Net and tax of a gross amount in cents. */
export function execute({ gross }: { readonly gross: number }): { outcome: string; value: object } {
  if (gross < 0) return { outcome: "VIOLATION", value: {} };
  const net: number = Math.round((gross * 100) / 120);
  return { outcome: "SUCCESS", value: { net, tax: gross - net } };
}
`;

const project = (more: Readonly<Record<string, string>> = {}): string =>
  folderWith({
    "omnibase.yaml": "namespace: shop\nimplementations: transforms\n",
    "transforms/split_tax.ts": split,
    "contracts/CT_SPLIT_TAX_V0.yaml": `ct_code: CT_SPLIT_TAX_V0
version: v0
core:
  inputs: { gross: { type: integer, required: true } }
  outputs: { net: { type: integer, required: true }, tax: { type: integer, required: true } }
implementation: { typescript: split_tax }
`,
    "contracts/IN_TAX_V0.yaml": `in_code: IN_TAX_V0
version: v0
core: { workflow: WF_TAX_V0, inputs: { gross: { type: integer, required: true } } }
`,
    "contracts/CC_TAX_V0.yaml": `cc_code: CC_TAX_V0
version: v0
core:
  inputs: { gross: { type: integer, required: true } }
  outputs: { tax: { type: integer } }
  result_status_contract: { allowed: [SUCCESS, VIOLATION], on_input_failure: VIOLATION }
  pipeline:
    - step: split
      transform: shop::CT_SPLIT_TAX_V0
      inputs: { gross: $.inputs.gross }
      outputs: { tax: $.capability_result.tax }
      result_surface: [SUCCESS, VIOLATION]
      on_result: { SUCCESS: exit, VIOLATION: exit }
  exits: { SUCCESS: { tax: $.results.split.tax } }
`,
    "contracts/WF_TAX_V0.yaml": `wf_code: WF_TAX_V0
version: v0
core:
  start_node: IN_TAX_V0
  nodes:
    IN_TAX_V0: { type: IN, code: IN_TAX_V0, next: { ACK: CC_TAX, NACK: EXIT_BAD } }
    CC_TAX:
      type: CC
      code: CC_TAX_V0
      inputs: { gross: $.payload.gross }
      next: { SUCCESS: EXIT_DONE, VIOLATION: EXIT_BAD }
    EXIT_DONE: { type: EXIT, reason: COMPLETED, class: completed, outcome: SPLIT, outputs: { tax: $.results.CC_TAX.tax } }
    EXIT_BAD: { type: EXIT, reason: EXITED, class: rejected, outcome: REFUSED }
`,
    ...more,
  });

const run = (cwd: string, ...more: readonly string[]): Promise<Called> =>
  called(["run", "--wf", "shop::WF_TAX_V0", "--payload", "-", "--json", ...more], { cwd, stdin: '{"gross":120}' });

/** What a receipt says of an execution that has just been. */
const isolationIn = async (cwd: string): Promise<unknown> => {
  const { execution } = documentIn(await run(cwd));
  expect((await called(["receipt", String(execution), "--out", "proof", "--json"], { cwd })).exit).toBe(0);
  const { payload } = JSON.parse(readFileSync(join(cwd, "proof/receipt.json"), "utf8"));
  return JSON.parse(Buffer.from(String(payload), "base64").toString()).predicate.isolation;
};

describe("a transform that the project brings", () => {
  it("is executed, sealed by the digest of its file, and replayed", async () => {
    const cwd = project();
    const first = documentIn(await run(cwd));
    expect(first).toMatchObject({ status: "SUCCESS", outputs: { tax: 20 } });
    const shown = documentIn(await called(["snapshot", "show", "--json"], { cwd }));
    expect(shown["implementations"]).toEqual({ split_tax: expect.stringMatching(/^split_tax@sha256:[0-9a-f]{64}$/) });
    expect((await called(["replay", String(first["execution"])], { cwd })).exit).toBe(0);
  });

  it("makes another snapshot when it changes, and what was executed before is replayed by what it was then", async () => {
    const cwd = project();
    const first = documentIn(await run(cwd));
    writeFileSync(join(cwd, "transforms/split_tax.ts"), split.replace("/ 120", "/ 110"));
    const second = documentIn(await run(cwd));
    expect(second).toMatchObject({ outputs: { tax: 11 } });
    expect(second["snapshot"]).not.toBe(first["snapshot"]);
    for (const { execution } of [first, second]) {
      expect((await called(["replay", String(execution)], { cwd })).exit).toBe(0);
    }
  });

  it("may lie in a folder that a flag names", async () => {
    const cwd = project({ "omnibase.yaml": "namespace: shop\n" });
    expect((await run(cwd)).exit).toBe(4);
    expect(documentIn(await run(cwd, "--implementations", "transforms"))).toMatchObject({ outputs: { tax: 20 } });
    expect((await run(cwd, "--implementations", "")).exit).toBe(2);
    expect((await run(cwd, "--implementations", "nowhere")).exit).toBe(4);
  });

  it("does not compile when it reads the clock", async () => {
    const cwd = project({ "transforms/split_tax.ts": split.replace("gross - net", "Date.now()") });
    const checked = await called(["check"], { cwd });
    expect(checked.exit).toBe(4);
    expect(checked.err).toContain("PURITY_VIOLATION");
    expect(checked.err).toContain("transforms/split_tax.ts:5:");
  });

  it("is not replayed once what was kept of it is gone or is another file", async () => {
    const cwd = project();
    const { execution } = documentIn(await run(cwd));
    const kept = join(cwd, "data/.omnibase/implementations");
    const [name = ""] = readdirSync(kept);
    expect(readFileSync(join(kept, name), "utf8")).toBe(split);
    writeFileSync(join(kept, name), split.replace("/ 120", "/ 110"));
    const changed = await called(["replay", String(execution), "--json"], { cwd });
    expect([changed.exit, documentIn(changed)["code"]]).toEqual([5, "ENGINE_CHANGED"]);
    rmSync(join(kept, name));
    expect((await called(["replay", String(execution)], { cwd })).exit).toBe(5);
    expect((await run(cwd)).exit).toBe(0);
    expect(existsSync(join(kept, name))).toBe(true);
  });

  it("stops as an incident when it goes on for ever, which a replay believes and a person settles", async () => {
    const cwd = project({
      "transforms/split_tax.ts": split.replace("if (gross < 0)", "for (; gross === 120;);\n  if (gross < 0)"),
    });
    const stopped = documentIn(await run(cwd));
    expect(stopped).toMatchObject({ status: "INCIDENT" });
    const id = String(stopped["execution"]);
    const { incidents } = documentIn(await called(["incident", "list", "--json"], { cwd }));
    expect(incidents).toMatchObject([{ code: "TRANSFORM_LIMIT", place: "CC_TAX/split" }]);
    expect((await called(["replay", id], { cwd })).exit).toBe(0);
    const settled = { cwd, stdin: '{"net":100,"tax":20}' };
    const resolve = ["incident", "resolve", id, "--done", "SUCCESS", "--output", "-", "--principal", "grace", "--json"];
    expect(documentIn(await called(resolve, settled))).toMatchObject({ status: "SUCCESS", outputs: { tax: 20 } });
    expect((await called(["replay", id], { cwd })).exit).toBe(0);
  });

  it("says the same in this process, where the project file trusts it, and the replay does not care where", async () => {
    const trusting = "namespace: shop\nimplementations: { folder: transforms, trusted: true }\n";
    const cwd = project({ "omnibase.yaml": trusting });
    const here = documentIn(await run(cwd));
    writeFileSync(join(cwd, "omnibase.yaml"), "namespace: shop\nimplementations: transforms\n");
    const confined = documentIn(await run(cwd));
    expect(confined["outputs"]).toEqual(here["outputs"]);
    for (const { execution } of [here, confined]) {
      expect((await called(["replay", String(execution)], { cwd })).exit).toBe(0);
    }
  });

  it("is said in a receipt to have been confined, or to have been trusted", async () => {
    expect(await isolationIn(project())).toEqual(["thread: 2000 ms, 64 MiB"]);
    const trusting = "namespace: shop\nimplementations: { folder: transforms, trusted: true }\n";
    expect(await isolationIn(project({ "omnibase.yaml": trusting }))).toEqual(["none: trusted"]);
  });

  it.each([
    ["{ trusted: true }", "CONFIG_VALUE"],
    ["{ folder: transforms, trusted: perhaps }", "CONFIG_TYPE"],
    ["{ folder: transforms, limit: 1 }", "CONFIG_UNKNOWN_KEY"],
    ["[transforms]", "CONFIG_TYPE"],
  ])("is not looked for where the project file says %s", async (text, code) => {
    const cwd = project({ "omnibase.yaml": `namespace: shop\nimplementations: ${text}\n` });
    const refused = await called(["check", "--json"], { cwd });
    expect([refused.exit, documentIn(refused)["code"]]).toEqual([2, code]);
  });
});

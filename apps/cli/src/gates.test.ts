import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tellStep } from "@omnibase/testkit";
import { afterEach, describe, expect, it } from "vitest";
import { called, documentIn, folderWith, removeFolders } from "./testing/cli.ts";

afterEach(removeFolders);

/** A published workspace in which one workflow appends to a log, and another has a gate. Neither knows the other. */
const machine = {
  "shop/WF_BUY_V0": `wf_code: WF_BUY_V0
version: v0
runtime_binding: shop::RB_SHOP_V0
core:
  start_node: IN_BUY_V0
  nodes:
    IN_BUY_V0: { type: IN, code: IN_BUY_V0, next: { ACK: CC_TELL_V0, NACK: EXIT } }
    CC_TELL_V0:
      type: CC
      code: CC_TELL_V0
      inputs: { buyer: $.payload.buyer }
      next: { SUCCESS: EXIT_DONE, VIOLATION: EXIT }
    EXIT: { type: EXIT, reason: EXITED }
    EXIT_DONE: { type: EXIT, reason: COMPLETED }
`,
  "shop/IN_BUY_V0": `in_code: IN_BUY_V0
version: v0
core: { workflow: WF_BUY_V0, inputs: { buyer: { type: string, required: true } } }
`,
  "shop/CC_TELL_V0": `cc_code: CC_TELL_V0
version: v0
core:
  inputs: { buyer: { type: string, required: true } }
  result_status_contract: { allowed: [SUCCESS, VIOLATION], on_input_failure: VIOLATION }
  pipeline:
${tellStep('{ event_type: EV_BOUGHT_V0, buyer: $.inputs.buyer, at: "{{timestamp}}" }')}`,
  "shop/RB_SHOP_V0": `rb_code: RB_SHOP_V0
version: v0
core:
  storage_structure: shop::STRUCTURE_SHOP_V0
  bindings: { "capability_side_effects::CS_APPENDONLY_JSONL_V0": { policy: {} } }
`,
  "shop/STRUCTURE_SHOP_V0": `structure_code: STRUCTURE_SHOP_V0
version: v0
core:
  storage_roots: { base_path: "{{module_data_root}}" }
  entity_stores: { TOLD: { path: shop/told.jsonl } }
`,
  "club/WF_JOIN_V0": `wf_code: WF_JOIN_V0
version: v0
core:
  admission:
    requires: [EV_BOUGHT_V0]
    forbids: [EV_BANNED_V0]
    bindings: { EV_BOUGHT_V0: { buyer: name } }
  start_node: IN_JOIN_V0
  nodes:
    IN_JOIN_V0: { type: IN, code: IN_JOIN_V0, next: { ACK: EXIT_IN, NACK: EXIT_OUT } }
    EXIT_IN: { type: EXIT, reason: COMPLETED }
    EXIT_OUT: { type: EXIT, reason: EXITED }
`,
  "club/IN_JOIN_V0": `in_code: IN_JOIN_V0
version: v0
core: { workflow: WF_JOIN_V0, inputs: { name: { type: string, required: true } } }
`,
  "effects/CS_APPENDONLY_JSONL_V0": `cs_code: CS_APPENDONLY_JSONL_V0
version: v0
core:
  operations:
    APPEND: { input: [record], output: [record_id], result_status_values: [SUCCESS, VIOLATION] }
`,
};

const workspace = (): string =>
  folderWith({
    "omnibase.yaml": "data: data\npublished: { r/shop: shop, r/club: club, r/effects: capability_side_effects }\n",
    ...Object.fromEntries(
      Object.entries(machine).map(([name, yaml]) => [
        `r/${name}.md`,
        `# A\n\n## Machine\n\n\`\`\`yaml\n${yaml}\`\`\`\n`,
      ]),
    ),
  });

const run = async (cwd: string, workflow: string, input: object): Promise<Readonly<Record<string, unknown>>> => {
  const stdin = JSON.stringify(input);
  return documentIn(await called(["run", "--wf", workflow, "--payload", "-", "--json"], { cwd, stdin }));
};

const reasonFor = async (cwd: string, name: string): Promise<unknown> =>
  (await run(cwd, "club::WF_JOIN_V0", { name }))["exit_reason"];

function write(cwd: string, file: string, ...lines: readonly object[]): void {
  mkdirSync(dirname(join(cwd, "data", file)), { recursive: true });
  writeFileSync(join(cwd, "data", file), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

describe("a published gate", () => {
  it("asks for what another workflow appended, by the field that is bound", async () => {
    const cwd = workspace();
    expect(await run(cwd, "club::WF_JOIN_V0", { name: "ada" })).toMatchObject({
      status: "FAILED",
      exit_node: null,
      exit_reason: "ADMISSION_DENIED",
      route: [],
    });
    expect(await run(cwd, "shop::WF_BUY_V0", { buyer: "ada" })).toMatchObject({ status: "SUCCESS" });
    expect(await run(cwd, "club::WF_JOIN_V0", { name: "ada" })).toMatchObject({
      status: "SUCCESS",
      route: [{ node: "IN_JOIN_V0" }, { node: "EXIT_IN" }],
    });
    expect(await reasonFor(cwd, "bob")).toBe("ADMISSION_DENIED");
    expect(documentIn(await called(["events", "--json"], { cwd }))["events"]).toMatchObject([
      { event: "published::EV_BOUGHT_V0", fields: { buyer: "ada" } },
    ]);
  });

  it("asks for what lies in a log that a workflow takes in", async () => {
    const cwd = workspace();
    const stamp = { record_id: "REC_1", sequence_number: 1, timestamp: "t", actor_id: null, stream_id: null };
    write(cwd, "shop/told.jsonl", { ...stamp, record: { event_type: "EV_BOUGHT_V0", buyer: "bob" } });
    await run(cwd, "shop::WF_BUY_V0", { buyer: "ada" });
    expect(await reasonFor(cwd, "bob")).toBe("COMPLETED");
    expect(documentIn(await called(["events", "--json"], { cwd }))["events"]).toHaveLength(2);
  });

  it("asks for what lies in logs that nobody takes in, also when they have grown, and leaves them alone", async () => {
    const cwd = workspace();
    const bought = { event_code: "EV_BOUGHT_V0", buyer: "ada" };
    write(cwd, "elsewhere/log.jsonl", { record: bought });
    expect(await reasonFor(cwd, "ada")).toBe("COMPLETED");
    expect(await reasonFor(cwd, "ada")).toBe("COMPLETED");
    expect(documentIn(await called(["events", "--json"], { cwd }))["events"]).toHaveLength(1);
    write(cwd, "elsewhere/log.jsonl", bought, { event_type: "EV_BANNED_V0", buyer: "ada" });
    expect(await reasonFor(cwd, "ada")).toBe("ADMISSION_DENIED");
    expect(readFileSync(join(cwd, "data/elsewhere/log.jsonl"), "utf8").split("\n")).toHaveLength(3);
  });

  it("does not ask behind a line that is none", async () => {
    const cwd = workspace();
    mkdirSync(join(cwd, "data"));
    writeFileSync(
      join(cwd, "data/torn.jsonl"),
      '{"no":1}\n\n{"event_code":\n{"event_code":"EV_BOUGHT_V0","buyer":"ada"}\n',
    );
    expect(await reasonFor(cwd, "ada")).toBe("ADMISSION_DENIED");
  });

  it("is replayed from what was found then", async () => {
    const cwd = workspace();
    const { execution } = await run(cwd, "club::WF_JOIN_V0", { name: "ada" });
    write(cwd, "log.jsonl", { event_code: "EV_BOUGHT_V0", buyer: "ada" });
    expect(await reasonFor(cwd, "ada")).toBe("COMPLETED");
    expect((await called(["replay", String(execution)], { cwd })).exit).toBe(0);
  });
});

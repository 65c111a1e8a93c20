import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chargeProject } from "./testing/charge-project.ts";
import {
  called,
  documentIn,
  folderWith,
  greet,
  greetProject,
  idOf,
  removeFolders,
  type Called,
} from "./testing/cli.ts";

afterAll(removeFolders);

const examine = (cwd: string, ...args: readonly string[]): Promise<Called> =>
  called(["examine", ...args, "--json"], { cwd });

const trace = (id: string): string => join("traces", id, `${id}.jsonl`);

describe("the executions of a project", () => {
  const cwd = greetProject();
  let [good, bad] = ["", ""];

  beforeAll(async () => {
    good = idOf(await called(greet("ada.json", "--json", "--trace", "text"), { cwd }));
    bad = idOf(await called(greet("empty.json", "--json", "--trace", "text"), { cwd }));
  });

  it("are clean where they did what they were to do, by their id, their trace and its folder", async () => {
    for (const named of [good, trace(good), join("traces", good)]) {
      const { exit, out } = await called(["examine", named], { cwd });
      expect(exit).toBe(0);
      expect(out).toContain(`[trace-examiner] demo::WF_GREET_V0 — ${good} — no structural failures`);
      expect(out).toContain("  [OK] demo::CC_KEEP_V0: SUCCESS");
    }
  });

  it("are business where the intent refused, and say which line to look at", async () => {
    const { exit, out } = await called(["examine", bad], { cwd });
    expect(exit).toBe(0);
    expect(out).toContain("[trace-examiner] BUSINESS VIOLATION (not escalated)");
    expect(out).toMatch(/Artifact: +contracts\/IN_GREET_V0\.yaml:7:5\n/);
    const [byId, byTrace] = [await examine(cwd, bad), await examine(cwd, trace(bad))];
    expect(documentIn(byTrace)).toEqual(documentIn(byId));
    expect(documentIn(byId)).toMatchObject({
      schema: "omnibase-examination/1",
      verdict: "business",
      cause: { execution: bad, rule: "NOT_ACKNOWLEDGED", file: "contracts/IN_GREET_V0.yaml", line: 7, changed: false },
    });
  });

  it("say that the file was changed since", async () => {
    const file = join(cwd, "contracts/IN_GREET_V0.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, `# names\n${text.replace("max_length: 80", "max_length: 90")}`);
    expect((await called(["examine", bad], { cwd })).out).toContain("IN_GREET_V0.yaml:8:5 (changed since)");
    writeFileSync(file, text);
  });

  it("are told by their trace alone, where there is neither project nor data", async () => {
    const alone = folderWith({ "bad.jsonl": readFileSync(join(cwd, trace(bad))) });
    const { exit, out } = await called(["examine", "bad.jsonl"], { cwd: alone });
    expect(exit).toBe(0);
    expect(out).toContain("Business violation at IN_GREET_V0: NACK");
    expect(out).not.toContain("Artifact:");
  });

  it("are not there, or not to be read", async () => {
    expect((await examine(cwd, "019aa5d2-7c00-7000-8000-000000000009")).exit).toBe(3);
    expect((await called(["examine"], { cwd })).exit).toBe(2);
    writeFileSync(join(cwd, "none.jsonl"), "{}\n");
    const { exit, err } = await called(["examine", "none.jsonl"], { cwd });
    expect(exit).toBe(1);
    expect(err).toMatch(/Trace parse error: .*none\.jsonl:1: it has other keys than a line of a trace/);
  });

  it("were tampered with where a line does not follow, or says what the log does not", async () => {
    const text = readFileSync(join(cwd, trace(bad)), "utf8");
    writeFileSync(join(cwd, "changed.jsonl"), text.replace('"status":"NACK"', '"status":"MACK"'));
    expect(documentIn(await examine(cwd, "changed.jsonl"))).toMatchObject({ code: "TRACE_TAMPERED" });
    writeFileSync(join(cwd, "last.jsonl"), text.replace('"class":"rejected"', '"class":"completed"'));
    const last = await examine(cwd, "last.jsonl");
    expect(last.exit).toBe(5);
    expect(documentIn(last)).toMatchObject({
      code: "TRACE_TAMPERED",
      message: expect.stringContaining("what the log does not"),
    });
  });
});

it("a log that was changed is told from one that went wrong, also by its trace", async () => {
  const cwd = greetProject();
  const id = idOf(await called(greet("ada.json", "--json", "--trace", "text"), { cwd }));
  const store = join(cwd, "data/.omnibase/store.db");
  writeFileSync(store, readFileSync(store, "latin1").replaceAll('"name":"Ada"', '"name":"Eve"'), "latin1");
  for (const named of [id, trace(id)]) {
    const { exit, out } = await examine(cwd, named);
    expect(exit).toBe(5);
    expect(documentIn({ out })).toMatchObject({ code: "CHAIN_BROKEN", revision: 2 });
  }
});

it("an execution that stands still is structural, and the binding is what to look at", async () => {
  const cwd = chargeProject("http://127.0.0.1:9");
  const run = await called(["run", "--wf", "pay::WF_CHARGE_V0", "--payload", "order.json", "--json"], { cwd });
  const { exit, out } = await called(["examine", idOf(run)], { cwd });
  expect(exit).toBe(1);
  expect(out).toContain("[trace-examiner] STRUCTURAL FAILURE DETECTED");
  expect(out).toMatch(/Failing Node: +PAY\/charge\nFailure Class: +CS_RUNTIME_ERROR\n/);
  expect(out).toMatch(/Artifact: +contracts\/RB_CHARGE_V0\.yaml:6:7\n/);
});

const texts: Readonly<Record<string, string>> = {
  "omnibase.yaml": "namespace: demo\ndata: ./data\n",
  "ada.json": '{"name":"Ada"}',
  "contracts/IN_ASK_V0.yaml":
    "in_code: IN_ASK_V0\nversion: v0\ncore: { workflow: WF_ASK_V0, inputs: { name: { type: string, required: true } } }\n",
  "contracts/IN_SUB_V0.yaml":
    "in_code: IN_SUB_V0\nversion: v0\ncore: { workflow: WF_SUB_V0, inputs: { name: { type: string, required: true, min_length: 9 } } }\n",
  "contracts/WF_SUB_V0.yaml": `wf_code: WF_SUB_V0
version: v0
core:
  start_node: ENTER
  nodes:
    ENTER: { type: IN, code: IN_SUB_V0, next: { ACK: DONE, NACK: REFUSED } }
    DONE: { type: EXIT, reason: COMPLETED, class: completed, outcome: DONE }
    REFUSED: { type: EXIT, reason: EXITED, class: rejected, outcome: BAD_INPUT }
`,
  "contracts/WF_ASK_V0.yaml": `wf_code: WF_ASK_V0
version: v0
core:
  start_node: ENTER
  nodes:
    ENTER: { type: IN, code: IN_ASK_V0, next: { ACK: SUB, NACK: REFUSED } }
    SUB:
      type: CHILD
      workflow: demo::WF_SUB_V0
      inputs: { name: $.payload.name }
      next: { COMPLETED: DONE, REJECTED: BROKEN, FAILED: BROKEN, CANCELLED: BROKEN }
    DONE: { type: EXIT, reason: COMPLETED, class: completed, outcome: DONE }
    BROKEN: { type: EXIT, reason: FAILED, class: failed, outcome: BROKEN }
    REFUSED: { type: EXIT, reason: EXITED, class: rejected, outcome: BAD_INPUT }
`,
};

it("a child that came to nothing is examined and named", async () => {
  const cwd = folderWith(texts);
  const run = await called(["run", "--wf", "demo::WF_ASK_V0", "--payload", "ada.json", "--json"], { cwd });
  const document = documentIn(await examine(cwd, idOf(run)));
  const [asked] = Object(document["children"]);
  expect(document).toMatchObject({
    verdict: "business",
    findings: [
      { rule: "CHILD_ENDED", node: "SUB", child: asked.execution, file: "contracts/WF_ASK_V0.yaml", line: 11 },
    ],
    cause: { execution: asked.execution, workflow: "demo::WF_SUB_V0", rule: "NOT_ACKNOWLEDGED", node: "ENTER" },
  });
});

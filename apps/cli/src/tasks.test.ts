import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { called, documentIn, exampleProject, folderWith, removeFolders, spawned, type Called } from "./testing/cli.ts";

afterEach(removeFolders);

const manager = "shop::AC_MANAGER_V0 name=Grace";
const noted = '{"note":"was cold"}';

const refund = (cwd: string, id = "e1", order = "A-1"): Promise<Called> =>
  called(["run", "--wf", "shop::WF_REFUND_V0", "--payload", "-", "--id", id, "--json"], {
    cwd,
    stdin: JSON.stringify({ order, cents: 450 }),
  });

const completing = (outcome: string, id = "e1"): readonly string[] => [
  "task",
  "complete",
  id,
  "--outcome",
  outcome,
  "--output",
  "-",
  "--as",
  manager,
  "--json",
];

const tasks = async (cwd: string, ...more: readonly string[]): Promise<unknown> =>
  documentIn(await called(["task", "list", "--json", ...more], { cwd }))["tasks"];

const waiting = async (cwd: string): Promise<unknown> =>
  documentIn(await called(["show", "e1", "--json"], { cwd }))["waiting"];

describe("a task", () => {
  it("is found, shown, and done by another process, under the name of whoever did it", async () => {
    const cwd = exampleProject("11-task");
    const begun = await refund(cwd);
    expect(begun.exit).toBe(0);
    expect(Object.keys(documentIn(begun))).not.toContain("waiting");
    expect(documentIn(begun)).toMatchObject({ status: "WAITING", route: [{ node: "IN_REFUND_V0", outcome: "ACK" }] });
    const open = {
      execution: "e1",
      place: "APPROVE",
      summary: "Approve the refund",
      actors: ["shop::AC_MANAGER_V0"],
      outcomes: ["APPROVED", "DENIED"],
      due_at: expect.stringMatching(/^\d{4}-.*Z$/),
    };
    expect(await tasks(cwd)).toMatchObject([{ ...open, workflow: "shop::WF_REFUND_V0" }]);
    const shown = documentIn(await called(["task", "show", "e1", "--json"], { cwd }));
    expect(shown).toMatchObject({
      ...open,
      inputs: { order: "A-1", cents: 450 },
      fields: { note: { type: "string" } },
    });
    const { execution: _, ...here } = open;
    expect(await waiting(cwd)).toMatchObject([{ kind: "task", ...here }]);
    const done = await spawned(completing("APPROVED"), { cwd, stdin: noted });
    expect(done.exit).toBe(0);
    expect(documentIn(done)).toMatchObject({ status: "SUCCESS", outcome: "REFUNDED", outputs: { note: "was cold" } });
    expect(JSON.parse(readFileSync(join(cwd, "data/refunds.json"), "utf8"))).toEqual({ "A-1": { note: "was cold" } });
    expect(await tasks(cwd)).toEqual([]);
    expect(await waiting(cwd)).toEqual([]);
    expect((await called(["receipt", "e1", "--out", "proof", "--json"], { cwd })).exit).toBe(0);
    const proof = (name: string): string => join(cwd, "proof", name);
    expect(readFileSync(proof("log.jsonl"), "utf8")).toContain(`"by":"${manager}"`);
    const verify = ["verify", proof("receipt.json"), "--log", proof("log.jsonl"), "--key", proof("key.pub.pem")];
    const verified = await called(verify, { cwd });
    expect(verified.exit).toBe(0);
    expect((await called(["replay", "e1"], { cwd })).exit).toBe(0);
  });

  it("may be refused, which is an outcome like any other", async () => {
    const cwd = exampleProject("11-task");
    await refund(cwd);
    const denied = await called(completing("DENIED"), { cwd, stdin: noted });
    expect(denied.exit).toBe(1);
    expect(documentIn(denied)).toMatchObject({ status: "FAILED", class: "rejected", outcome: "DENIED" });
  });

  it.each([
    ["by somebody else", ["--outcome", "APPROVED", "--as", "shop::AC_CLERK_V0"], 5, "NOT_AN_ACTOR"],
    ["by nobody in particular", ["--outcome", "APPROVED"], 5, "NOT_AN_ACTOR"],
    ["with an outcome that it has not", ["--outcome", "LATER", "--as", manager], 4, "UNDECLARED_OUTCOME"],
    ["as if its time were over", ["--outcome", "TIMED_OUT", "--as", manager], 4, "UNDECLARED_OUTCOME"],
    ["without what belongs to it", ["--outcome", "APPROVED", "--as", manager], 4, "VALUE_REFUSED"],
    ["where it is not", ["--outcome", "APPROVED", "--as", manager, "--place", "CC_NOTE/keep"], 4, "NOT_WAITING_FOR"],
    ["without an outcome", ["--as", manager], 2, "USAGE_MISSING_OPTION"],
    ["by two names", ["--outcome", "APPROVED", "--as", manager, "--principal", "ada"], 2, "USAGE_CONFLICT"],
  ])("is not done %s, and is open as before", async (_, more, exit, code) => {
    const cwd = exampleProject("11-task");
    await refund(cwd);
    const refused = await called(["task", "complete", "e1", "--json", ...more], { cwd });
    expect(refused.exit).toBe(exit);
    expect(documentIn(refused)).toMatchObject({ code });
    expect(await tasks(cwd)).toHaveLength(1);
  });

  it("is nowhere where nothing is to be done, whoever looks", async () => {
    const cwd = exampleProject("11-task");
    expect(await tasks(cwd)).toEqual([]);
    const nowhere = await called(completing("APPROVED"), { cwd, stdin: noted });
    expect(nowhere.exit).toBe(3);
    expect(documentIn(nowhere)).toMatchObject({ code: "EXECUTION_NOT_FOUND" });
    await refund(cwd);
    await called(completing("DENIED"), { cwd, stdin: noted });
    expect(documentIn(await called(completing("DENIED"), { cwd, stdin: noted }))).toMatchObject({
      code: "NOT_RUNNING",
    });
    expect(documentIn(await called(["task", "show", "e1", "--json"], { cwd }))).toMatchObject({ code: "NO_TASK" });
    await refund(cwd, "e2");
    await called(["cancel", "e2"], { cwd });
    expect(await tasks(cwd)).toEqual([]);
  });

  it("is found by actor and by execution, a page at a time", async () => {
    const cwd = exampleProject("11-task");
    for (const id of ["e1", "e2", "e3"]) await refund(cwd, id);
    expect(await tasks(cwd, "--actor", "shop::AC_CLERK_V0")).toEqual([]);
    expect(await tasks(cwd, "--actor", "shop::AC_MANAGER_V0")).toHaveLength(3);
    expect(await tasks(cwd, "--execution", "e2")).toMatchObject([{ execution: "e2" }]);
    const page = documentIn(await called(["task", "list", "--json", "--limit", "2"], { cwd }));
    expect(page["tasks"]).toMatchObject([{ execution: "e1" }, { execution: "e2" }]);
    expect(await tasks(cwd, "--after", String(page["next"]))).toMatchObject([{ execution: "e3" }]);
    const some = ["task", "list", "--actor", "shop::AC_MANAGER_V0", "--limit", "1"];
    expect((await called(some, { cwd })).out).toContain(`omnibase ${some.join(" ")} --after `);
    expect((await called(["task", "list", "--actor", "no actor"], { cwd })).exit).toBe(2);
  });

  it("says in words what is waited for, and what to type", async () => {
    const cwd = exampleProject("11-task");
    await refund(cwd);
    const { out } = await called(["show", "e1"], { cwd });
    expect(out).toMatch(/^waits for {2}task at APPROVE until \d{4}-\S+Z: Approve the refund$/m);
    expect(out).toContain("omnibase task complete e1 --outcome APPROVED|DENIED --as shop::AC_MANAGER_V0");
  });
});

/** Where a process may die that says how a task ended: before it is known, when it is, and on the way to the end. */
const points = [
  "commit.before=kill@1",
  "store.group.before-commit=kill@1",
  "commit.after=kill@1",
  "commit.after=kill@2",
];

it.each(points)("a task is settled once where whoever settles it dies at %s", async (FAILPOINTS) => {
  const cwd = exampleProject("11-task");
  await refund(cwd);
  const killed = await spawned(completing("APPROVED"), { cwd, stdin: noted, env: { FAILPOINTS } });
  expect(killed.exit).toBe(-1);
  const isOpen = FAILPOINTS.startsWith("commit.before") || FAILPOINTS.startsWith("store");
  expect(await tasks(cwd)).toHaveLength(isOpen ? 1 : 0);
  if (isOpen) await spawned(completing("APPROVED"), { cwd, stdin: noted });
  const resumed = await spawned(["resume", "e1", "--json"], { cwd });
  expect(documentIn(resumed)).toMatchObject({ status: "SUCCESS", outcome: "REFUNDED" });
  await called(["receipt", "e1", "--out", "proof"], { cwd });
  const log = readFileSync(join(cwd, "proof/log.jsonl"), "utf8");
  expect(log.match(/"type":"TaskSettled"/g)).toHaveLength(1);
  expect(JSON.parse(readFileSync(join(cwd, "data/refunds.json"), "utf8"))).toEqual({ "A-1": { note: "was cold" } });
  expect((await called(["replay", "e1"], { cwd })).exit).toBe(0);
});

const twoTasks = (): string =>
  folderWith({
    "omnibase.yaml": "namespace: hire\ndata: ./data\n",
    "contracts/IN_HIRE_V0.yaml": `in_code: IN_HIRE_V0
version: v0
core:
  workflow: WF_HIRE_V0
  inputs: { name: { type: string, required: true } }
`,
    "contracts/WF_HIRE_V0.yaml": `wf_code: WF_HIRE_V0
version: v0
core:
  start_node: ENTER
  nodes:
    ENTER: { type: IN, code: IN_HIRE_V0, next: { ACK: [DESK, KEY], NACK: BAD } }
    DESK: { type: TASK, summary: Find a desk, inputs: { name: $.payload.name }, next: { FOUND: BOTH } }
    KEY: { type: TASK, summary: Make a key, inputs: { name: $.payload.name }, next: { MADE: BOTH } }
    BOTH: { type: EXIT, join: all, reason: COMPLETED, class: completed, outcome: READY }
    BAD: { type: EXIT, reason: EXITED, class: rejected, outcome: BAD_INPUT }
`,
  });

describe("two tasks at once", () => {
  it("are done in any order, each named by its place while there are two", async () => {
    const cwd = twoTasks();
    const args = ["run", "--wf", "hire::WF_HIRE_V0", "--payload", "-", "--id", "e1", "--json"];
    expect(documentIn(await called(args, { cwd, stdin: '{"name":"Ada"}' }))).toMatchObject({ status: "WAITING" });
    expect(await tasks(cwd)).toMatchObject([{ place: "DESK" }, { place: "KEY" }]);
    const places = ["DESK", "KEY"];
    for (const verb of [["show"], ["complete", "--outcome", "MADE"]]) {
      const [name = "", ...more] = verb;
      const refused = await called(["task", name, "e1", "--json", ...more], { cwd });
      expect(refused.exit).toBe(4);
      expect(documentIn(refused)).toMatchObject({ code: "PLACE_AMBIGUOUS", places });
    }
    const shown = await called(["task", "show", "e1", "--place", "KEY"], { cwd });
    expect(shown.out).toContain("omnibase task complete e1 --place KEY --outcome MADE");
    const made = await called(["task", "complete", "e1", "--place", "KEY", "--outcome", "MADE", "--json"], { cwd });
    expect(documentIn(made)).toMatchObject({ status: "WAITING" });
    const found = await called(["task", "complete", "e1", "--outcome", "FOUND", "--json"], { cwd });
    expect(documentIn(found)).toMatchObject({ status: "SUCCESS", outcome: "READY" });
  });
});

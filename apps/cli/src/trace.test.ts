import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { chargeProject } from "./testing/charge-project.ts";
import { called, documentIn, exampleProject, greet, greetProject, removeFolders } from "./testing/cli.ts";

afterAll(removeFolders);

const id = "ada-1";
const greeted = async (...more: readonly string[]): Promise<string> => {
  const cwd = greetProject();
  const { err, exit } = await called(greet("ada.json", "--id", id, ...more), { cwd });
  expect([exit, err.replaceAll(/^compiled .*\n/gm, "")]).toEqual([0, ""]);
  return cwd;
};

const traced = (cwd: string, name: string, form = "md"): string =>
  readFileSync(join(cwd, "traces", name, `${name}.${form}`), "utf8");
const isTraced = (cwd: string, name: string): boolean => existsSync(join(cwd, "traces", name));

const ordered = '{"cups":2,"ready_at":"2020-01-01T00:00:00.000Z"}';

async function tasksIn(cwd: string): Promise<readonly { readonly execution: string }[]> {
  const { tasks } = documentIn(await called(["task", "list", "--json"], { cwd }));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what it says of itself
  return tasks as readonly { readonly execution: string }[];
}

const linesOf = (cwd: string): readonly Readonly<Record<string, unknown>>[] =>
  readFileSync(join(cwd, "traces", id, `${id}.jsonl`), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Readonly<Record<string, unknown>> => JSON.parse(line));

describe("the trace after run", () => {
  it("is text, beside what is declared", async () => {
    const cwd = await greeted();
    expect(readdirSync(join(cwd, "traces", id)).toSorted()).toEqual([`${id}.jsonl`, `${id}.md`]);
    expect(linesOf(cwd).map(({ event_type: kind }) => kind)).toEqual([
      "execution_start",
      "registry_dump",
      "node_start",
      "node_end",
      "node_start",
      "capability_dispatch",
      "transform_start",
      "transform_end",
      "side_effect_start",
      "side_effect_end",
      "node_end",
      "node_start",
      "node_end",
      "workflow_complete",
    ]);
    expect(readFileSync(join(cwd, "traces", id, `${id}.md`), "utf8")).toContain("`CC_KEEP` (SUCCESS) → `EXIT_NEW`");
  });

  it("is for its owner alone, like the store", async () => {
    const cwd = await greeted();
    const paths = ["traces", `traces/${id}`, `traces/${id}/${id}.md`, `traces/${id}/${id}.jsonl`];
    expect(paths.map((path) => statSync(join(cwd, path)).mode & 0o077)).toEqual([0, 0, 0, 0]);
  });

  it("is none where none is wanted, and less where less is", async () => {
    expect(existsSync(join(await greeted("--trace", "none"), "traces"))).toBe(false);
    expect(linesOf(await greeted("--mode", "runtime"))).toHaveLength(8);
  });

  it("is drawn where that is wanted", async () => {
    const cwd = await greeted("--trace", "all");
    expect(readdirSync(join(cwd, "traces", id)).toSorted()).toEqual([
      `${id}.jsonl`,
      `${id}.md`,
      `${id}.png`,
      `${id}.svg`,
    ]);
  });

  it("that cannot be written is said, and keeps nothing from succeeding", async () => {
    const cwd = greetProject();
    writeFileSync(join(cwd, "traces"), "a file");
    const { err, exit, out } = await called(greet("ada.json"), { cwd });
    expect(exit).toBe(0);
    expect(out).toContain("SUCCESS: GREETED");
    expect(err).toContain("omnibase: no trace was written: PATH_INVALID");
  });

  it("lies beside the store where there is no project file", async () => {
    const cwd = exampleProject("04-one-file", { "ada.json": '{"name":"Ada"}' });
    const { exit } = await called(greet("ada.json", "--id", id), { cwd });
    expect([exit, existsSync(join(cwd, "traces"))]).toEqual([0, false]);
    expect(readdirSync(join(cwd, "data/.omnibase/traces", id))).toHaveLength(2);
  });
});

describe("the trace after whoever drives it on", () => {
  it("tells the new standing in every form that lies there", async () => {
    const cwd = exampleProject("10-wait", { "paid.json": '{"cents":450}', "order.json": ordered });
    await called(["run", "--wf", "cafe::WF_ORDER_V0", "--payload", "order.json", "--id", "o"], { cwd });
    await called(["trace", "o", "--format", "svg"], { cwd });
    const served = 'data-place="EXIT_SERVED" data-kind="exit" data-state="taken"';
    expect(traced(cwd, "o")).not.toContain("EXIT_SERVED");
    expect(traced(cwd, "o", "svg")).not.toContain(served);
    const { out } = await called(["signal", "o", "PAID", "--payload", "paid.json"], { cwd });
    expect(out).toMatch(/^trace {6}\S*traces\/o$/m);
    expect(readdirSync(join(cwd, "traces/o")).toSorted()).toEqual(["o.jsonl", "o.md", "o.svg"]);
    expect(traced(cwd, "o")).toContain("EXIT_SERVED");
    expect(traced(cwd, "o", "jsonl")).toContain('"event_type":"workflow_complete"');
    expect(traced(cwd, "o", "svg")).toContain(served);
  });

  it("is made again for those that waited for it, and for no others", async () => {
    const cwd = exampleProject("12-child", { "ada.json": '{"name":"Ada"}' });
    const file = join(cwd, "contracts/WF_NUMBER_V0.yaml");
    const asks =
      "ACK: ASK, NACK: EXIT_BAD_INPUT } }\n    ASK: { type: TASK, summary: May they, next: { YES: CC_NUMBER } }";
    writeFileSync(file, readFileSync(file, "utf8").replace("ACK: CC_NUMBER, NACK: EXIT_BAD_INPUT } }", asks));
    await called(["run", "--wf", "club::WF_JOIN_V0", "--payload", "ada.json", "--id", "above"], { cwd });
    const [task] = await tasksIn(cwd);
    const below = task?.execution ?? "";
    expect([isTraced(cwd, below), traced(cwd, "above").includes("EXIT_JOINED")]).toEqual([false, false]);
    await called(["task", "complete", below, "--outcome", "YES", "--trace", "all"], { cwd });
    expect(traced(cwd, "above")).toContain("EXIT_JOINED");
    expect(readdirSync(join(cwd, "traces/above"))).toHaveLength(2);
    expect(readdirSync(join(cwd, "traces", below))).toHaveLength(4);
  });

  it("is left as it is where none is wanted", async () => {
    const cwd = exampleProject("10-wait", { "order.json": ordered });
    await called(["run", "--wf", "cafe::WF_ORDER_V0", "--payload", "order.json", "--id", "o"], { cwd });
    const before = traced(cwd, "o");
    const { out } = await called(["cancel", "o", "--trace", "none"], { cwd });
    expect(out).not.toMatch(/^trace /m);
    expect(traced(cwd, "o")).toBe(before);
    await called(["resume", "o"], { cwd });
    expect(traced(cwd, "o")).toContain("CANCELLED");
  });

  it("is written for all that resume takes up", async () => {
    const cwd = greetProject();
    const died = { cwd, env: { FAILPOINTS: "operate.after-commit=throw" } };
    expect((await called(greet("ada.json", "--id", id), died)).exit).not.toBe(0);
    expect(isTraced(cwd, id)).toBe(false);
    const resumed = await called(["resume", "--mode", "runtime"], { cwd });
    expect(resumed.out).toContain(id);
    expect(linesOf(cwd)).toHaveLength(8);
  });

  it("is written when an incident is resolved", async () => {
    const cwd = chargeProject("http://127.0.0.1:1");
    await called(["run", "--wf", "pay::WF_CHARGE_V0", "--payload", "order.json", "--id", "c", "--trace", "none"], {
      cwd,
    });
    await called(["incident", "resolve", "c", "--done", "SUCCESS"], { cwd });
    expect(traced(cwd, "c")).toContain("IncidentResolved");
  });
});

describe("omnibase trace", () => {
  it("makes again what was asked for, where it was asked for", async () => {
    const cwd = await greeted("--trace", "none");
    const text = await called(["trace", id], { cwd });
    expect(text.out).toBe(
      `trace      ${join(cwd, "traces", id, `${id}.jsonl`)}\ntrace      ${join(cwd, "traces", id, `${id}.md`)}\n`,
    );
    const dark = await called(["trace", id, "--format", "svg", "--theme", "dark", "--out", "there", "--json"], { cwd });
    const file = join(cwd, "there", id, `${id}.svg`);
    expect(documentIn(dark)).toMatchObject({ schema: "omnibase-trace-files/1", execution: id, files: [file] });
    expect(readFileSync(file, "utf8")).toContain('data-place="CC_KEEP/keep" data-kind="operate" data-state="taken"');
    const whole = await called(["trace", id, "--format", "all", "--out", "there"], { cwd });
    expect(whole.out.split("\n")).toHaveLength(5);
  });

  it("is refused where nobody knows the execution, and where it cannot be written", async () => {
    const cwd = await greeted("--trace", "none");
    expect(await called(["trace", "bob"], { cwd })).toMatchObject({ exit: 3 });
    writeFileSync(join(cwd, "traces"), "a file");
    expect(await called(["trace", id], { cwd })).toMatchObject({ exit: 2, out: "" });
  });
});

describe("omnibase graph", () => {
  it("draws what is declared", async () => {
    const cwd = greetProject();
    const { out } = await called(["graph"], { cwd });
    expect(out).toMatch(/^demo::WF_GREET_V0\n\n· IN_GREET_V0 {2}intent\n {4}· ACK → CC_KEEP\/id\n/);
    const closed = await called(["graph", "--open", "none", "--format", "mermaid", "--wf", "demo::WF_GREET_V0"], {
      cwd,
    });
    expect(closed.out).toContain('["CC_KEEP<br/>CC_KEEP_V0"]:::idle');
  });

  it("draws the path that an execution took", async () => {
    const cwd = await greeted("--trace", "none");
    expect((await called(["show", id, "--graph"], { cwd })).out).toContain(
      "✓ IN_GREET_V0  intent\n    ✓ ACK → CC_KEEP/id\n",
    );
    expect((await called(["graph", id, "--format", "dot"], { cwd })).out).toMatch(/^digraph "demo::WF_GREET_V0" \{\n/);
    expect((await called(["graph", id, "--format", "svg"], { cwd })).out).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    const facts = documentIn(await called(["graph", id, "--json"], { cwd }));
    expect(facts).toMatchObject({ schema: "omnibase-picture/1", workflow: "demo::WF_GREET_V0" });
  });

  it("writes into a file", async () => {
    const cwd = greetProject();
    const { out } = await called(["graph", "--format", "png", "--theme", "dark", "--out", "greet.png"], { cwd });
    expect(out).toBe(`file       ${join(cwd, "greet.png")}\n`);
    expect(readFileSync(join(cwd, "greet.png")).toString("latin1", 1, 4)).toBe("PNG");
    await called(["graph", "--out", "greet.txt"], { cwd });
    expect(readFileSync(join(cwd, "greet.txt"), "utf8")).toMatch(/rejected · BAD_INPUT\n$/);
  });

  it("is refused where it is not clear what is to be drawn, or where to", async () => {
    const cwd = exampleProject("12-child");
    expect((await called(["graph"], { cwd })).err).toContain("WORKFLOW_NOT_FOUND there are 2 workflows");
    expect(await called(["graph", "--wf", "x::WF_V0"], { cwd })).toMatchObject({ exit: 3 });
    expect((await called(["graph", "--format", "png"], { cwd })).err).toContain("USAGE_MISSING_OPTION");
    expect(await called(["graph", "bob"], { cwd })).toMatchObject({ exit: 3 });
  });
});

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { called, documentIn, exampleProject, removeFolders, spawned } from "./testing/cli.ts";

afterEach(removeFolders);

const waiting = ["run", "--wf", "cafe::WF_ORDER_V0", "--payload", "-", "--id", "e1", "--json"];
const order = JSON.stringify({ cups: 2, ready_at: "2020-01-01T00:00:00.000Z" });

const signal = (id: string): readonly string[] => ["signal", id, "PAID", "--payload", "-", "--json"];

function edited(file: string, from: string, to: string): void {
  const text = readFileSync(file, "utf8");
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

describe("an execution whose workflow is replaced while it waits", () => {
  it("goes on under the snapshot with which it began, and the next one does not", async () => {
    const cwd = exampleProject("10-wait");
    const begun = documentIn(await called(waiting, { cwd, stdin: order }));
    expect(begun).toMatchObject({ status: "WAITING" });
    edited(join(cwd, "contracts/WF_ORDER_V0.yaml"), "outcome: SERVED", "outcome: SERVED_ANEW");
    const { snapshot } = documentIn(await called(["compile", "--json"], { cwd }));
    expect(snapshot).not.toBe(begun["snapshot"]);
    const served = documentIn(await called(signal("e1"), { cwd, stdin: '{"cents":450}' }));
    expect(served).toMatchObject({ status: "SUCCESS", outcome: "SERVED", snapshot: begun["snapshot"] });
    expect((await called(["replay", "e1"], { cwd })).exit).toBe(0);
    await called([...waiting.slice(0, -2), "e2", "--json"], { cwd, stdin: order });
    const anew = documentIn(await called(signal("e2"), { cwd, stdin: '{"cents":450}' }));
    expect(anew).toMatchObject({ outcome: "SERVED_ANEW", snapshot });
  });
});

const falling = ["run", "--wf", "maths::WF_FALL_V0", "--payload", "-", "--id", "e1", "--json"];

async function killed(): Promise<string> {
  const cwd = exampleProject("14-loop");
  const env = { FAILPOINTS: "commit.after=kill@3" };
  expect((await spawned(falling, { cwd, stdin: '{"n":6}', env })).exit).toBe(-1);
  return cwd;
}

describe("an execution whose code is changed while it is under way", () => {
  it("goes on under the code with which it began", async () => {
    const cwd = await killed();
    const file = join(cwd, "transforms/fall.ts");
    writeFileSync(file, `${readFileSync(file, "utf8")}\n// another digest\n`);
    expect((await called(["resume"], { cwd })).exit).toBe(0);
    expect(documentIn(await called(["show", "e1", "--json"], { cwd }))).toMatchObject({ outcome: "DOWN" });
  });

  it("stops where that code is gone, and the incident names its digest", async () => {
    const cwd = await killed();
    rmSync(join(cwd, "data/.omnibase/implementations"), { recursive: true });
    await called(["resume"], { cwd });
    const { incidents } = documentIn(await called(["incident", "list", "--json"], { cwd }));
    expect(incidents).toMatchObject([{ execution: "e1", code: "IMPLEMENTATION_CHANGED" }]);
    expect(JSON.stringify(incidents)).toMatch(/sha256:[0-9a-f]{64}/);
  });
});

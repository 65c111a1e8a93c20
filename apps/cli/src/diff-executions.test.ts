import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { called, documentIn, greet, greetProject, removeFolders, type Called } from "./testing/cli.ts";

afterAll(removeFolders);

describe("two executions", () => {
  const cwd = greetProject();
  const run = (id: string, payload: string): Promise<Called> =>
    called(greet(payload, "--id", id, "--trace", "none"), { cwd });
  const diff = (...args: readonly string[]): Promise<Called> => called(["diff", ...args], { cwd });

  beforeAll(async () => {
    await run("new", "ada.json");
    await run("old", "ada.json");
    await run("older", "ada.json");
    await run("bad", "empty.json");
  });

  it("differ in time alone where they did the same", async () => {
    expect(await diff("old", "older")).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/no difference but time\n$/),
    });
    expect(documentIn(await diff("old", "older", "--json"))).toMatchObject({
      before: "old",
      after: "older",
      same: true,
    });
  });

  it("differ in the answer of the store, the way and what they came to", async () => {
    const { exit, out } = await diff("new", "old");
    expect(exit).toBe(1);
    expect(out).toContain('path       CC_KEEP/keep: "SUCCESS" → "ALREADY_EXISTS"\n');
    expect(out).toContain('answers    CC_KEEP/keep /outcome: "SUCCESS" → "ALREADY_EXISTS"\n');
    expect(out).toContain('result     /emitted/0: "demo::EV_GREETED_V0" → null\n');
    expect(out).toMatch(/they differ in \d aspects\n$/);
    expect((await diff("new", "bad")).out).toContain('input      /name: "Ada" → ""\n');
  });

  it("are told from snapshots, and what could be both is asked for", async () => {
    await called(["compile", "--out", "greet.snapshot"], { cwd });
    expect((await diff("greet.snapshot")).out).toBe("no difference\n");
    expect((await diff("greet.snapshot", "greet.snapshot")).out).toBe("no difference\n");
    expect((await diff("new", "greet.snapshot")).exit).toBe(2);
    expect((await diff("new")).exit).toBe(2);
    expect((await diff("new", "gone")).exit).toBe(3);
    expect(documentIn(await diff("gone.snapshot", "greet.snapshot", "--json"))).toMatchObject({ code: "PATH_MISSING" });
    mkdirSync(join(cwd, "older"));
    expect(documentIn(await diff("old", "older", "--json"))).toMatchObject({ code: "USAGE_AMBIGUOUS" });
  });
});

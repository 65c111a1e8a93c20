import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chargeProject } from "./testing/charge-project.ts";
import { called, documentIn, greetProject, removeFolders } from "./testing/cli.ts";

let cwd = "";

beforeEach(() => {
  cwd = greetProject();
});
afterEach(removeFolders);

const edit = (folder: string, name: string, from: string, to: string): void => {
  const file = join(folder, name);
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
};

describe("authority", () => {
  it("is every store, host and piece of code, and where each workflow uses it and past what", async () => {
    const shown = documentIn(await called(["authority", "--json"], { cwd }));
    expect(shown).toMatchObject({
      schema: "omnibase-authority/1",
      hosts: [],
      stores: { "demo::STRUCTURE_GREET_V0/GREETED": { kind: "registry", file: "registry/greeted.jsonl" } },
      implementations: { "std.generate_id": "std.generate_id@1" },
      workflows: {
        "demo::WF_GREET_V0": [
          { kind: "emit", what: "emit demo::EV_GREETED_V0", places: ["EXIT_NEW"] },
          {
            kind: "operate",
            what: "registry.REGISTER on demo::STRUCTURE_GREET_V0/GREETED",
            places: ["CC_KEEP/keep"],
            gates: { IN_GREET_V0: ["ACK"], "CC_KEEP/id": ["SUCCESS"] },
          },
        ],
      },
    });
    const { out } = await called(["authority"], { cwd });
    expect(out).toContain(
      "may call   nobody\nmay use    registry demo::STRUCTURE_GREET_V0/GREETED (registry/greeted.jsonl)\n",
    );
    expect(out).toContain("    at    CC_KEEP/keep\n    past  IN_GREET_V0 (ACK)\n    past  CC_KEEP/id (SUCCESS)\n");
  });

  it("names the calls of the world, and says of a snapshot file what it says of its project", async () => {
    const folder = chargeProject("http://127.0.0.1:9");
    await called(["compile", "--out", "charge.snapshot"], { cwd: folder });
    const { out } = await called(["authority", "charge.snapshot"], { cwd: folder });
    expect(out).toContain("may call   http://127.0.0.1:9\n");
    expect(out).toContain("  http POST http://127.0.0.1:9/charges/{order}\n    at    PAY/charge\n");
    expect(await called(["authority"], { cwd: folder })).toMatchObject({ exit: 0, out });
  });
});

describe("diff", () => {
  it("ends with 0 where nothing differs, and where the second may do less", async () => {
    await called(["compile", "--out", "old.snapshot"], { cwd });
    expect(await called(["diff", "old.snapshot"], { cwd })).toMatchObject({ exit: 0, out: "no difference\n" });
    edit(cwd, "contracts/IN_GREET_V0.yaml", "max_length: 80", "max_length: 40");
    const narrowed = await called(["diff", "old.snapshot"], { cwd });
    expect(narrowed).toMatchObject({
      exit: 0,
      out:
        "- bound      demo::WF_GREET_V0 IN_GREET_V0: name: max_length 80 became 40\n" +
        "0 allow more, 0 need a look, 1 allows less\n",
    });
  });

  it("ends with 1 where the second may do more, and says what", async () => {
    const before = chargeProject("http://127.0.0.1:9");
    const after = chargeProject("http://127.0.0.1:9");
    edit(after, "omnibase.yaml", '"http://127.0.0.1:9"]', '"http://127.0.0.1:9", "https://b.example"]');
    edit(after, "contracts/RB_CHARGE_V0.yaml", "http://127.0.0.1:9/charges", "https://b.example/charges");
    const found = await called(["diff", before, after, "--json"], { cwd });
    expect(found.exit).toBe(1);
    expect(documentIn(found)).toMatchObject({ schema: "omnibase-diff/1", more: 2, unknown: 1, less: 2 });
    expect(documentIn(found)["changes"]).toContainEqual({
      kind: "authority",
      allows: "more",
      message: "may call https://b.example",
    });
    const back = documentIn(await called(["diff", after, before, "--json"], { cwd }));
    expect(back).toMatchObject({ before: documentIn(found)["after"], after: documentIn(found)["before"] });
  });

  it("compares only what verifies and what compiles", async () => {
    await called(["compile", "--out", "old.snapshot"], { cwd });
    edit(cwd, "old.snapshot", "Greets a person", "Greets no person");
    expect((await called(["diff", "old.snapshot"], { cwd })).exit).toBe(5);
    edit(cwd, "contracts/WF_GREET_V0.yaml", "VIOLATION: EXIT_BAD, ", "");
    expect((await called(["diff", ".", "."], { cwd })).err).toContain("OUTCOME_WITHOUT_EDGE");
    expect((await called(["diff", "nowhere.snapshot"], { cwd })).exit).toBe(2);
    expect((await called(["diff"], { cwd })).exit).toBe(2);
  });
});

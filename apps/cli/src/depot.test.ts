import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { called, documentIn, exampleProject, removeFolders } from "./testing/cli.ts";

afterEach(removeFolders);

const edited = (file: string, from: string, to: string): string => {
  const cwd = exampleProject("17-depot");
  const path = join(cwd, "registry/depot", file);
  writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
  return cwd;
};

const day = async (cwd: string, vans: readonly object[]): Promise<Readonly<Record<string, unknown>>> => {
  const stdin = JSON.stringify({ vans, by: "ada" });
  const result = await called(["run", "--wf", "depot::WF_DAY_V0", "--payload", "-", "--json"], { cwd, stdin });
  return documentIn(result);
};

const box = (id: string): object => ({ kind: "BOX", id });

describe("published workflows that start others", () => {
  it("go through items, and before each through its own, until one does not complete", async () => {
    const cwd = exampleProject("17-depot");
    expect(
      await day(cwd, [{ van: "V1", parcels: [box("1"), { kind: "LETTER", id: "2" }] }, { van: "V2" }]),
    ).toMatchObject({
      status: "SUCCESS",
      outputs: { vans: 2 },
    });
    const stopped = await day(cwd, [
      { van: "V3", parcels: [box("3")] },
      { van: "V4", parcels: [box("4"), box("1")] },
    ]);
    expect(stopped).toMatchObject({
      status: "FAILED",
      exit_node: "EXIT_STOPPED",
      exit_reason: "EXIT_VIOLATION",
      outputs: { vans: 1, parcels: 1 },
    });
    expect(await called(["replay", String(stopped["execution"])], { cwd })).toMatchObject({ exit: 0 });
    const kept = readFileSync(join(cwd, "data/depot/parcels.jsonl"), "utf8");
    expect([...kept.matchAll(/"key":"(\d)"/g)].map(([, key]) => key)).toEqual(["1", "2", "3", "4"]);
  });

  it("end before an item that picks nothing", async () => {
    const cwd = exampleProject("17-depot");
    const unpicked = [[{ kind: "CRATE", id: "1" }], [{ id: "1" }], [{ kind: 1, id: "1" }], 7];
    for (const parcels of unpicked) {
      const result = await day(cwd, [{ van: "V1", parcels }]);
      expect(result).toMatchObject({ exit_node: "EXIT_STOPPED", outputs: { vans: 0, parcels: 0 } });
    }
  });

  it("start several at once, and tell what came of each", async () => {
    const cwd = edited("CC_TELL_ALL_V0.md", "text: done, ", "");
    const result = await day(cwd, []);
    expect(result).toMatchObject({
      status: "FAILED",
      exit_node: "EXIT_IN_PART",
      outputs: {
        told: [
          { code: "depot::WF_TELL_BOOKS_V0", result_status: "SUCCESS", outputs: { told: 1 } },
          { code: "depot::WF_TELL_DRIVER_V0", result_status: "FAILED" },
        ],
      },
    });
    expect(await called(["replay", String(result["execution"])], { cwd })).toMatchObject({ exit: 0 });
  });

  it("do not compile where only data say which", async () => {
    const cwd = edited("CC_EMPTY_VANS_V0.md", "code: depot::WF_TELL_DRIVER_V0", "code: $.inputs.by");
    const { exit, err, out } = await called(["check"], { cwd });
    expect(exit).toBe(4);
    expect(out + err).toContain("registry/depot/CC_EMPTY_VANS_V0.md:19:7 error WORKFLOW_NOT_NAMED");
  });
});

import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { called, documentIn, greetProject, removeFolders } from "../testing/cli.ts";

const read = vi.hoisted(() => ({ yaml: [] as string[] }));
vi.mock(import("@omnibase/infra/yaml"), async (original) => {
  const { readYaml } = await original();
  return {
    readYaml: (...given: Parameters<typeof readYaml>) => {
      read.yaml.push(given[1].file);
      return readYaml(...given);
    },
  };
});

let cwd = "";

beforeEach(() => {
  cwd = greetProject();
  read.yaml = [];
});
afterEach(removeFolders);

const compile = async (): Promise<Readonly<Record<string, unknown>>> =>
  documentIn(await called(["compile", "--json"], { cwd }));
const cacheFile = (kind = "compiled"): string => {
  const folder = join(cwd, ".omnibase/cache");
  return join(folder, readdirSync(folder).find((name) => name.endsWith(`.${kind}`)) ?? "");
};
/** What of the project was parsed; the library is, from sources, each time. */
const parsed = (): readonly string[] => read.yaml.filter((file) => file.startsWith("contracts/"));

describe("the compile cache", () => {
  it("parses nothing and signs nothing where nothing has changed, whatever the times say", async () => {
    const first = await compile();
    expect(first).toMatchObject({ fresh: false });
    expect(read.yaml.length).toBeGreaterThan(6);
    read.yaml = [];
    const file = readFileSync(cacheFile());
    utimesSync(join(cwd, "contracts/WF_GREET_V0.yaml"), 1, 1);
    expect(await compile()).toEqual({ ...first, fresh: true });
    expect(read.yaml).toEqual([]);
    expect(readFileSync(cacheFile())).toEqual(file);
  });

  it("compiles again when a declared file, the project file or the number of files changes", async () => {
    const first = await compile();
    const contract = join(cwd, "contracts/IN_GREET_V0.yaml");
    writeFileSync(contract, readFileSync(contract, "utf8").replace("80", "81"));
    const second = await compile();
    expect(second).toMatchObject({ fresh: false });
    expect(second["snapshot"]).not.toBe(first["snapshot"]);
    writeFileSync(join(cwd, "omnibase.yaml"), "namespace: demo\ndata: ./data\ngrants: { hosts: [] }\n");
    expect(await compile()).toMatchObject({ fresh: false, snapshot: second["snapshot"] });
    rmSync(join(cwd, "contracts/EV_GREETED_V0.yaml"));
    expect(documentIn(await called(["compile", "--json"], { cwd }))).toMatchObject({ code: "COMPILE_REFUSED" });
  });

  it("is as if it were not there when a byte of it was changed, or another key signed it", async () => {
    const first = await compile();
    const file = cacheFile();
    const good = readFileSync(file, "utf8");
    for (const bad of [
      good.replace("demo::CC_KEEP_V0", "demo::CC_KEPT_V0"),
      good.replace(/^\{"payload":"e/, '{"payload":"f'),
      "",
      "{}\n{}",
    ]) {
      writeFileSync(file, bad);
      expect(await compile()).toEqual(first);
    }
    rmSync(join(cwd, ".omnibase/key.pem"));
    const other = await compile();
    expect(other).toMatchObject({ fresh: false, snapshot: first["snapshot"] });
    expect(other["keyid"]).not.toBe(first["keyid"]);
  });

  it("parses of many files only those that were changed, and tells their problems where they stand", async () => {
    const first = await compile();
    const contract = join(cwd, "contracts/IN_GREET_V0.yaml");
    const text = readFileSync(contract, "utf8");
    writeFileSync(contract, text.replace("80", "81"));
    read.yaml = [];
    const second = await compile();
    expect(parsed()).toEqual(["contracts/IN_GREET_V0.yaml"]);
    expect(second["snapshot"]).not.toBe(first["snapshot"]);
    writeFileSync(contract, text.replace("workflow: WF_GREET_V0", "workflow: WF_GREAT_V0"));
    const wrong = await called(["check", "--json"], { cwd });
    const at = { file: "contracts/WF_GREET_V0.yaml", line: 10, column: 13 };
    expect(documentIn(wrong)).toMatchObject({ problems: [{ at: { line: 5 } }, { at }] });
    read.yaml = [];
    writeFileSync(contract, text);
    expect(await compile()).toMatchObject({ fresh: false, snapshot: first["snapshot"] });
  });

  it("parses all again when a byte of what was parsed was changed, and keeps nothing of files that are gone", async () => {
    const first = await compile();
    const good = readFileSync(cacheFile("parsed"), "utf8");
    expect(good).toContain("Someone was greeted");
    writeFileSync(cacheFile("parsed"), good.replace("Someone was greeted", "Nobody was greeted!"));
    rmSync(cacheFile());
    read.yaml = [];
    expect(await compile()).toEqual(first);
    expect(parsed()).toHaveLength(6);
    rmSync(join(cwd, "contracts/EV_GREETED_V0.yaml"));
    const contract = join(cwd, "contracts/WF_GREET_V0.yaml");
    writeFileSync(contract, readFileSync(contract, "utf8").replace(", emit: demo::EV_GREETED_V0", ""));
    await compile();
    expect(readFileSync(cacheFile("parsed"), "utf8")).not.toContain("Someone was greeted");
  });

  it("gives the same bytes as a compilation from nothing", async () => {
    await compile();
    expect((await called(["compile", "--out", "a.snapshot"], { cwd })).exit).toBe(0);
    rmSync(join(cwd, ".omnibase/cache"), { recursive: true });
    expect((await called(["compile", "--out", "b.snapshot"], { cwd })).exit).toBe(0);
    expect(readFileSync(join(cwd, "a.snapshot"), "utf8")).toBe(readFileSync(join(cwd, "b.snapshot"), "utf8"));
  });
});

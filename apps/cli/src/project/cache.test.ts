import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { called, documentIn, greetProject, removeFolders } from "../testing/cli.ts";

const read = vi.hoisted(() => ({ yaml: 0 }));
vi.mock(import("@omnibase/infra/yaml"), async (original) => {
  const { readYaml } = await original();
  return {
    readYaml: (...given: Parameters<typeof readYaml>) => {
      read.yaml += 1;
      return readYaml(...given);
    },
  };
});

let cwd = "";

beforeEach(() => {
  cwd = greetProject();
  read.yaml = 0;
});
afterEach(removeFolders);

const compile = async (): Promise<Readonly<Record<string, unknown>>> =>
  documentIn(await called(["compile", "--json"], { cwd }));
const cacheFile = (): string => {
  const folder = join(cwd, ".omnibase/cache");
  return join(folder, readdirSync(folder)[0] ?? "");
};

describe("the compile cache", () => {
  it("parses nothing and signs nothing where nothing has changed, whatever the times say", async () => {
    const first = await compile();
    expect(first).toMatchObject({ fresh: false });
    expect(read.yaml).toBeGreaterThan(6);
    read.yaml = 0;
    const file = readFileSync(cacheFile());
    utimesSync(join(cwd, "contracts/WF_GREET_V0.yaml"), 1, 1);
    expect(await compile()).toEqual({ ...first, fresh: true });
    expect(read.yaml).toBe(0);
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

  it("gives the same bytes as a compilation from nothing", async () => {
    await compile();
    expect((await called(["compile", "--out", "a.snapshot"], { cwd })).exit).toBe(0);
    rmSync(join(cwd, ".omnibase/cache"), { recursive: true });
    expect((await called(["compile", "--out", "b.snapshot"], { cwd })).exit).toBe(0);
    expect(readFileSync(join(cwd, "a.snapshot"), "utf8")).toBe(readFileSync(join(cwd, "b.snapshot"), "utf8"));
  });
});

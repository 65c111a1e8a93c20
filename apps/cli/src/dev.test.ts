import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { called, documentIn, folderWith, greetProject, removeFolders, type Called } from "./testing/cli.ts";

let cwd = "";

beforeEach(() => {
  cwd = greetProject();
});
afterEach(removeFolders);

interface Developing {
  /** What was said since it was asked last, once it waits for a change. */
  readonly round: () => Promise<string>;
  readonly end: () => Promise<Called>;
}

/** `dev`, from its first word to the signal that ends it. */
function develop(...args: readonly string[]): Developing {
  const over = new AbortController();
  let said = "";
  let tell: (() => void) | undefined;
  const ended = called(["dev", ...args], {
    cwd,
    signal: over.signal,
    heard: (text) => {
      said += text;
      tell?.();
    },
  });
  return {
    round: async () => {
      while (!said.includes("waiting for a change")) {
        const early = await Promise.race([ended, new Promise<void>((pass) => (tell = pass))]);
        if (early !== undefined) throw new Error(`it ended: ${JSON.stringify(early)}`);
      }
      const round = said;
      said = "";
      return round;
    },
    end: () => {
      over.abort();
      return ended;
    },
  };
}

const contract = (): string => join(cwd, "contracts/WF_GREET_V0.yaml");
const edit = (from: string, to: string): void =>
  writeFileSync(contract(), readFileSync(contract(), "utf8").replace(from, to));

describe("dev", () => {
  it("executes on empty data whenever something is saved, and ends with 0 when it is asked to", async () => {
    const dev = develop("--wf", "demo::WF_GREET_V0", "--payload", "ada.json", "--json");
    expect(await dev.round()).toMatch(/compiled {3}demo::WF_GREET_V0\nstatus {5}SUCCESS: GREETED/);
    writeFileSync(join(cwd, "ada.json"), '{"name":""}');
    expect(await dev.round()).toMatch(/^\nchanged {4}ada\.json\n[^]*FAILED: [^]*refused/);
    // An editor that writes beside it and renames.
    writeFileSync(join(cwd, "ada.json~"), '{"name":"Ada"}');
    renameSync(join(cwd, "ada.json~"), join(cwd, "ada.json"));
    expect(await dev.round()).toContain("SUCCESS: GREETED");
    const ended = await dev.end();
    expect(ended.exit).toBe(0);
    expect(documentIn(ended)).toMatchObject({ schema: "omnibase-dev/1", rounds: 3, refused: 0 });
    expect(existsSync(join(cwd, "data"))).toBe(false);
  });

  it("shows what does not compile, goes on, and says what a change newly allows", async () => {
    const dev = develop();
    await dev.round();
    edit("VIOLATION: EXIT_BAD, ", "");
    expect(await dev.round()).toMatch(/OUTCOME_WITHOUT_EDGE[^]*\n {2}\d+ \| [^]*\^\n[^]*COMPILE_REFUSED 1 problem/);
    rmSync(contract());
    expect(await dev.round()).toContain("changed    contracts/WF_GREET_V0.yaml");
    const from = "examples/02-charge/contracts";
    for (const name of ["IN_CHARGE_V0", "CC_CHARGE_V0", "RB_CHARGE_V0", "WF_CHARGE_V0"]) {
      const text = readFileSync(new URL(`../../../${from}/${name}.yaml`, import.meta.url), "utf8");
      mkdirSync(join(cwd, "contracts/bank"), { recursive: true });
      writeFileSync(join(cwd, "contracts/bank", `${name}.yaml`), text.replaceAll("shop::", "demo::"));
    }
    writeFileSync(
      contract(),
      readFileSync(new URL("../../../examples/01-greet/contracts/WF_GREET_V0.yaml", import.meta.url)),
    );
    writeFileSync(join(cwd, "omnibase.yaml"), 'namespace: demo\ngrants: { hosts: ["http://127.0.0.1:8402"] }\n');
    let said = "";
    while (!said.includes("may do")) said = await dev.round();
    expect(said).toMatch(/may do {5}\+ \w+ +[^\n]*127\.0\.0\.1:8402/);
    expect((await dev.end()).exit).toBe(0);
  });

  it("keeps the data where it is told where", async () => {
    const dev = develop("--wf", "demo::WF_GREET_V0", "--payload", "ada.json", "--data-root", "kept");
    expect(await dev.round()).toContain("GREETED by EXIT_NEW");
    writeFileSync(join(cwd, "ada.json"), '{ "name": "Ada" }');
    expect(await dev.round()).toContain("KNOWN by EXIT_OLD");
    await dev.end();
    expect(existsSync(join(cwd, "kept/.omnibase/store.db"))).toBe(true);
  });

  it.each([
    [["--wf", "demo::WF_GREET_V0"], "USAGE_MISSING_OPTION"],
    [["--payload", "ada.json"], "USAGE_MISSING_OPTION"],
    [["--wf", "demo::WF_GREET_V0", "--payload", "-"], "USAGE_INVALID_VALUE"],
  ])("refuses %j", async (args, code) => {
    const refused = await called(["dev", ...args, "--json"], { cwd });
    expect(refused.exit).toBe(2);
    expect(documentIn(refused)).toMatchObject({ code });
  });

  it("refuses where there is no project", async () => {
    expect(await called(["dev"], { cwd: folderWith({}) })).toMatchObject({
      exit: 2,
      err: expect.stringContaining("PROJECT_NOT_FOUND"),
    });
  });
});

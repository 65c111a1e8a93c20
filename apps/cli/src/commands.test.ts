import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { codes } from "@omnibase/core";
import { called, documentIn, folderWith, greet, greetProject, idOf, removeFolders } from "./testing/cli.ts";

afterEach(removeFolders);

describe("looking at what was done", () => {
  it("makes nothing where nothing was done", async () => {
    const cwd = greetProject();
    expect(await called(["history"], { cwd })).toMatchObject({ exit: 0, out: "no executions yet\n" });
    expect(await called(["incident", "list"], { cwd })).toMatchObject({ exit: 0, out: "no incidents\n" });
    expect(await called(["check"], { cwd })).toMatchObject({ exit: 0, out: "6 files, 1 workflow, no problems\n" });
    expect((await called(["show", "nobody"], { cwd })).exit).toBe(3);
    expect(existsSync(join(cwd, ".omnibase"))).toBe(false);
    expect(existsSync(join(cwd, "data"))).toBe(false);
  });

  it("shows the same result as the execution itself, newest first, a page at a time", async () => {
    const cwd = greetProject();
    const ids: string[] = [];
    for (const payload of ["ada.json", "ada.json", "empty.json"])
      ids.push(idOf(await called(greet(payload, "--json"), { cwd })));
    const page = documentIn(await called(["history", "--limit", "2", "--json"], { cwd }));
    expect(page["executions"]).toMatchObject([{ execution: ids[2] }, { execution: ids[1] }]);
    const rest = documentIn(await called(["history", "--after", String(page["next"]), "--json"], { cwd }));
    expect(rest["executions"]).toMatchObject([{ execution: ids[0], status: "ended" }]);
    expect(documentIn(await called(["history", "--wf", "demo::OTHER", "--json"], { cwd }))["executions"]).toEqual([]);
    const shown = await called(["show", ids[2] ?? "", "--json"], { cwd });
    expect(shown.exit).toBe(0);
    expect(documentIn(shown)).toMatchObject({ status: "FAILED", exit_node: "EXIT_REJECTED" });
  });

  it("says what a snapshot holds and may touch, and refuses one that was changed", async () => {
    const cwd = greetProject();
    await called(["compile", "--out", "greet.snapshot"], { cwd });
    const shown = documentIn(await called(["snapshot", "show", "--json"], { cwd }));
    expect(shown).toMatchObject({
      workflows: ["demo::WF_GREET_V0"],
      implementations: { "std.generate_id": "std.generate_id@1" },
      authority: { hosts: [], stores: { "demo::STRUCTURE_GREET_V0/GREETED": { kind: "registry" } } },
    });
    expect((await called(["snapshot", "verify", "greet.snapshot"], { cwd })).exit).toBe(0);
    const file = join(cwd, "greet.snapshot");
    writeFileSync(file, readFileSync(file, "utf8").replace("Greets a person", "Greets no person"));
    const refused = await called(["snapshot", "verify", "greet.snapshot", "--json"], { cwd });
    expect(refused.exit).toBe(5);
    expect(documentIn(refused)).toMatchObject({ code: "SNAPSHOT_TAMPERED", object: "demo::WF_GREET_V0" });
  });

  it("verifies a snapshot with a key alone, and only with that key", async () => {
    const cwd = greetProject();
    const { execution } = documentIn(await called(greet("ada.json", "--json"), { cwd }));
    await called(["receipt", String(execution), "--out", "proof"], { cwd });
    await called(["compile", "--out", "greet.snapshot"], { cwd });
    const elsewhere = folderWith({
      "greet.snapshot": readFileSync(join(cwd, "greet.snapshot")),
      "key.pem": readFileSync(join(cwd, "proof/key.pub.pem")),
    });
    const verify = ["snapshot", "verify", "greet.snapshot", "--key", "key.pem"];
    expect((await called(verify, { cwd: elsewhere })).exit).toBe(0);
    const other = greetProject();
    await called(["compile"], { cwd: other });
    expect((await called(["snapshot", "verify", join(elsewhere, "greet.snapshot")], { cwd: other })).exit).toBe(5);
    mkdirSync(join(other, "keys"));
    writeFileSync(join(other, "keys/friend.pem"), readFileSync(join(elsewhere, "key.pem")));
    const keyid = String(documentIn(await called([...verify, "--json"], { cwd: elsewhere }))["keyid"]);
    writeFileSync(join(other, "omnibase.yaml"), `namespace: demo\ndata: ./data\ntrust: ["${keyid}"]\n`);
    expect((await called(["snapshot", "verify", join(elsewhere, "greet.snapshot")], { cwd: other })).exit).toBe(0);
  });
});

describe("declared files that do not compile", () => {
  it("are all named at once, with place, line, caret and hint, and end with 4", async () => {
    const cwd = greetProject();
    const edit = (name: string, from: string, to: string): void => {
      const file = join(cwd, `contracts/${name}.yaml`);
      writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
    };
    edit("IN_GREET_V0", "max_length: 80", "max_lenght: 80");
    edit("WF_GREET_V0", "VIOLATION: EXIT_BAD, ", "");
    writeFileSync(join(cwd, "contracts/BROKEN.yaml"), "a: [1\n");
    const refused = await called(["compile"], { cwd });
    expect(refused).toMatchObject({ exit: 4, out: "" });
    expect([...refused.err.matchAll(/error (\w+)/g)].map(([, code]) => code)).toEqual([
      "YAML_SYNTAX",
      "UNKNOWN_KEY",
      "OUTCOME_WITHOUT_EDGE",
    ]);
    expect(refused.err).toMatch(/contracts\/IN_GREET_V0\.yaml:7:\d+ error UNKNOWN_KEY/);
    expect(refused.err).toMatch(/\n {2}7 \| .*max_lenght: 80.*\n {4}\| +\^\n/);
    expect(refused.err).toContain("COMPILE_REFUSED 3 problems");
    expect((await called(greet("ada.json", "--json"), { cwd })).exit).toBe(4);
  });
});

describe("data files", () => {
  it("that were changed by hand are refused, until someone takes them in", async () => {
    const cwd = greetProject();
    await called(greet("ada.json"), { cwd });
    const file = join(cwd, "data/registry/greeted.jsonl");
    const [line = ""] = readFileSync(file, "utf8").split("\n");
    writeFileSync(file, `${line}\n${line.replaceAll("GR_2", "GR_3").replace("ADDR_", "ADDR_0")}\n`);
    const refused = await called(greet("ada.json", "--json"), { cwd });
    expect(refused.exit).toBe(5);
    expect(documentIn(refused)).toMatchObject({ code: "DATA_FILE_DRIFT", file: "registry/greeted.jsonl" });
    const changed = readFileSync(file, "utf8");
    const taken = await called(greet("ada.json", "--accept-files", "--json"), { cwd });
    expect(documentIn(taken)).toMatchObject({ status: "SUCCESS", outcome: "KNOWN" });
    expect(readFileSync(file, "utf8")).toBe(changed);
    expect((await called(greet("ada.json"), { cwd })).exit).toBe(0);
    expect((await called(["replay", idOf(taken)], { cwd })).exit).toBe(0);
  });

  it("are written again on request", async () => {
    const cwd = greetProject();
    await called(greet("ada.json"), { cwd });
    const exported = await called(["export", "--json"], { cwd });
    expect(documentIn(exported)).toMatchObject({ schema: "omnibase-exported/1", files: ["registry/greeted.jsonl"] });
  });
});

describe("help", () => {
  it("has an example for every command", async () => {
    const { commands } = documentIn(await called(["--help", "--json"], { cwd: "/" }));
    if (!Array.isArray(commands)) throw new Error("the help lists the commands");
    expect(commands.length).toBeGreaterThan(15);
    for (const { name, example } of commands) {
      expect(String(example)).toContain(`omnibase ${String(name)}`);
      const help = await called([...String(name).split(" "), "--help"], { cwd: "/" });
      expect(help).toMatchObject({ exit: 0, err: "" });
      expect(help.out).toContain(String(example));
    }
    expect(documentIn(await called(["--version", "--json"], { cwd: "/" }))).toMatchObject({ version: "0.1.0" });
  });

  it("explains every code of the compiler, and its own", async () => {
    for (const code of [...Object.keys(codes), "STORE_LOCKED", "PAYLOAD_TOO_DEEP"]) {
      expect(await called(["explain", code], { cwd: "/" })).toMatchObject({
        exit: 0,
        out: expect.stringContaining(code),
      });
    }
    expect((await called(["explain", "NONSENSE"], { cwd: "/" })).exit).toBe(3);
  });
});

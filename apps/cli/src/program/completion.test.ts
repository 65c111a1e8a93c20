import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundled, called, documentIn, folderWith, greet, greetProject, removeFolders } from "../testing/cli.ts";
import { completionScripts } from "./completion.ts";

let cwd = "";
let id = "";

beforeAll(async () => {
  cwd = greetProject();
  id = String(documentIn(await called(greet("ada.json", "--json"), { cwd }))["execution"]);
});
afterAll(removeFolders);

async function words(...typed: readonly string[]): Promise<readonly string[]> {
  const { out } = await called(["completion", "words", "--", ...typed], { cwd });
  return out.split("\n").flatMap((line) => (line === "" ? [] : [line.split("\t")[0] ?? ""]));
}

describe("completion", () => {
  it.each([
    [["rep"], ["replay"]],
    [
      ["incident", ""],
      ["list", "show", "resolve"],
    ],
    [["--json", "incident", "li"], ["list"]],
    [["run", "--idem"], ["--idempotency-key"]],
    [["run", "--json", "--js"], []],
    [["incident", "resolve", "ID", "--no"], ["--not-done"]],
    [["history", "--status", "in"], ["incident"]],
    [["history", "--status=in"], ["--status=incident"]],
    [["--format", "j"], ["json"]],
    [["completion", "z"], ["zsh"]],
    [["help", "task", "c"], ["complete"]],
    [["explain", "OUTCOME_W"], ["OUTCOME_WITHOUT_EDGE"]],
    [["run", "--payload", ""], [":files"]],
    [["show", "one", ""], []],
  ])("of %j offers %j", async (typed, offered) => {
    expect(await words(...typed)).toEqual(offered);
  });

  it("knows what the project declares and what the data root holds", async () => {
    expect(await words("run", "--wf", "demo")).toEqual(["demo::WF_GREET_V0"]);
    expect(await words("run", "--wf=de")).toEqual(["--wf=demo::WF_GREET_V0"]);
    expect(await words("show", "")).toEqual([id]);
    expect(await words("events", "--event", "")).toEqual(["demo::EV_GREETED_V0"]);
    expect(await words("task", "list", "--actor", "")).toEqual([]);
    expect(await words("history", "--data-root", "elsewhere", "--wf", "demo::WF")).toEqual(["demo::WF_GREET_V0"]);
    expect(await words("show", "--data-root", "elsewhere", "")).toEqual([]);
    const nowhere = await called(["completion", "words", "--", "show", ""], { cwd: "/" });
    expect(nowhere).toMatchObject({ exit: 0, out: "", err: "" });
  });

  it("says what each word means", async () => {
    const { words: said } = documentIn(await called(["completion", "words", "--json", "--", "sho"], { cwd }));
    expect(said).toEqual([{ word: "show", says: "Show what an execution came to" }]);
  });
});

const isHere = (shell: string): boolean => spawnSync(shell, ["--version"]).status === 0;

/** The command on the path, as it is installed. */
function path(): string {
  const folder = folderWith({ omnibase: `#!/bin/sh\nexec ${process.execPath} ${bundled} "$@"\n` });
  chmodSync(join(folder, "omnibase"), 0o755);
  return `${folder}:${process.env["PATH"] ?? ""}`;
}

describe("in a shell", () => {
  it("bash offers words, what stands behind a colon, and files", () => {
    const asked = [
      "omnibase hist",
      "omnibase run --wf demo::WF",
      "omnibase history --status=in",
      "omnibase run --payload ad",
    ];
    const lines = asked.map(
      (line) => `COMP_LINE='${line}'; COMP_POINT=\${#COMP_LINE}; _omnibase; echo "\${COMPREPLY[*]}"`,
    );
    const script = [completionScripts.bash, ...lines].join("\n");
    const said = execFileSync("bash", ["-c", script], { cwd, encoding: "utf8", env: { ...process.env, PATH: path() } });
    expect(said).toBe("history\nWF_GREET_V0\nincident\nada.json\n");
  });

  it("zsh takes the script and asks it", ({ skip }) => {
    if (!isHere("zsh")) skip("zsh is not here");
    writeFileSync(join(cwd, "_omnibase"), completionScripts.zsh);
    const script = `autoload -U compinit; compinit -u -D; _describe() { print -l -- "\${described[@]}" }
source ./_omnibase; words=(omnibase hist); CURRENT=2; _omnibase`;
    const said = execFileSync("zsh", ["-fc", script], { cwd, encoding: "utf8", env: { ...process.env, PATH: path() } });
    expect(said).toContain("history:List executions");
  });

  it("fish takes the script and asks it", ({ skip }) => {
    if (!isHere("fish")) skip("fish is not here");
    const script = `${completionScripts.fish}\ncomplete -C 'omnibase hist'`;
    const said = execFileSync("fish", ["-c", script], { cwd, encoding: "utf8", env: { ...process.env, PATH: path() } });
    expect(said).toMatch(/^history\t/m);
  });
});

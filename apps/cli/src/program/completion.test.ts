import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chargeProject } from "../testing/charge-project.ts";
import {
  bundled,
  called,
  documentIn,
  exampleProject,
  folderWith,
  greetedProject,
  removeFolders,
} from "../testing/cli.ts";
import { completionScripts } from "./completion.ts";

let cwd = "";
let id = "";

beforeAll(async () => {
  ({ cwd, id } = await greetedProject());
});
afterAll(removeFolders);

async function words(...typed: readonly string[]): Promise<readonly string[]> {
  const { out } = await called(["completion", "words", "--", ...typed], { cwd });
  return out.split("\n").flatMap((line) => (line === "" ? [] : [line.split("\t")[0] ?? ""]));
}

const ordered = (readyAt: string): string => JSON.stringify({ cups: 2, ready_at: readyAt });

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

  it("knows what an execution waits for, and what it may be told before", async () => {
    const cafe = exampleProject("10-wait", {
      "now.json": ordered("2020-01-01T00:00:00.000Z"),
      "later.json": ordered("2100-01-01T00:00:00.000Z"),
    });
    const said = async (...args: readonly string[]): Promise<string> => (await called(args, { cwd: cafe })).out;
    const offered = (when: string): Promise<string> => said("completion", "words", "--", "signal", "--json", when, "P");
    for (const when of ["now", "later"]) {
      await said("run", "--wf", "cafe::WF_ORDER_V0", "--payload", `${when}.json`, "--id", when);
    }
    expect(await offered("now")).toBe("PAID\twaited for at PAYMENT\n");
    expect(await offered("later")).toBe("PAID\tkept until it is waited for\n");
    await said("cancel", "now");
    expect(await offered("now")).toBe("");
  });

  it("knows how the open tasks of an execution may end", async () => {
    const shop = exampleProject("11-task", { "refund.json": '{"order":"A-1","cents":450}' });
    await called(["run", "--wf", "shop::WF_REFUND_V0", "--payload", "refund.json", "--id", "r-1"], { cwd: shop });
    const asked = async (...typed: readonly string[]): Promise<string> =>
      (await called(["completion", "words", "--", "task", "complete", ...typed], { cwd: shop })).out;
    expect(await asked("r-1", "--outcome", "")).toBe(
      "APPROVED\tApprove the refund (APPROVE)\nDENIED\tApprove the refund (APPROVE)\n",
    );
    expect(await asked("r-1", "--place", "APPROVE", "--outcome=D")).toMatch(/^--outcome=DENIED\t/);
    expect(await asked("r-1", "--place", "ELSEWHERE", "--outcome", "")).toBe("");
    expect(await asked("--outcome", "")).toBe("");
    expect(await asked("nobody", "--outcome", "")).toBe("");
  });

  it("knows with which outcomes what stands still could go on", async () => {
    const pay = chargeProject("http://127.0.0.1:1");
    await called(["run", "--wf", "pay::WF_CHARGE_V0", "--payload", "order.json", "--id", "c-1"], { cwd: pay });
    const { out } = await called(["completion", "words", "--", "incident", "resolve", "c-1", "--done", ""], {
      cwd: pay,
    });
    expect(out).toMatch(/^SUCCESS\t\w+ \(PAY\/charge\)\nVIOLATION\t/);
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

import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bundled, called, documentIn, folderWith, greet, greetProject, removeFolders, spawned } from "./testing/cli.ts";

let cwd = "";

beforeEach(() => {
  cwd = greetProject();
});
afterEach(removeFolders);

const code = async (...args: readonly string[]): Promise<unknown> =>
  documentIn(await called([...args, "--json"], { cwd }))["code"];

describe("Q01: arguments that cannot be meant", () => {
  it.each([
    [["--nope"], "USAGE_UNKNOWN_OPTION"],
    [["run", "--nope"], "USAGE_UNKNOWN_OPTION"],
    [["bogus"], "USAGE_UNKNOWN_COMMAND"],
    [["snapshot", "bogus"], "USAGE_UNKNOWN_COMMAND"],
    [[], "USAGE_MISSING_COMMAND"],
    [["incident"], "USAGE_MISSING_COMMAND"],
    [["run", "--payload"], "USAGE_MISSING_VALUE"],
    [["run", "--wf", "demo::X"], "USAGE_MISSING_OPTION"],
    [["--json", "run", "--payload", "x"], "USAGE_MISSING_OPTION"],
    [["run", "--payload", "x", "--wf", "--detach"], "USAGE_MISSING_VALUE"],
    [["show"], "USAGE_MISSING_ARGUMENT"],
    [["show", "a", "b"], "USAGE_TOO_MANY_ARGUMENTS"],
    [["completion", "tcsh"], "USAGE_INVALID_VALUE"],
    [["history", "--limit", "none"], "USAGE_INVALID_VALUE"],
    [[...greet("ada.json"), "--id", "a", "--idempotency-key", "b"], "USAGE_CONFLICT"],
    [greet("@missing"), "PAYLOAD_UNREADABLE"],
    [greet("contracts"), "PAYLOAD_UNREADABLE"],
    [greet("ada.json", "--id", "../../etc/passwd"), "ID_CHARSET"],
    [greet("ada.json", "--idempotency-key", "x".repeat(256)), "ID_LENGTH"],
    [["run", "--wf", "a b::C", "--payload", "ada.json"], "ID_CHARSET"],
    [["show", "a\u001B[2Jb"], "ID_CHARSET"],
  ])("%j ends with 2 and a code", async (args, expected) => {
    const human = await called(args, { cwd });
    expect(human.exit).toBe(2);
    expect(human.err + human.out).toContain(expected);
    expect(await code(...args)).toBe(expected);
  });

  it("says the usage of the command that was meant", async () => {
    expect((await called(["incident", "show"], { cwd })).err).toContain("Usage: omnibase incident show");
  });

  it.each([
    ["binary", new Uint8Array([0xff, 0xfe, 0x00]), "PAYLOAD_ENCODING"],
    ["empty", "", "PAYLOAD_SYNTAX"],
    ["without end", `"${"x".repeat(5_000_000)}"`, "PAYLOAD_TOO_LARGE"],
  ])("refuses %s stdin in bounded time", async (_, stdin, expected) => {
    const refused = await called(greet("@-", "--json"), { cwd, stdin });
    expect(refused.exit).toBe(2);
    expect(documentIn(refused)["code"]).toBe(expected);
  });

  it("reads no more of an endless stdin than a payload may have, and takes a closed one for empty", async () => {
    const command = `${process.execPath} ${bundled} ${greet("-", "--json").join(" ")}`;
    expect(await exitAndOut(`${command} < /dev/zero`)).toMatch(/^2 .*PAYLOAD_SYNTAX/);
    expect(await exitAndOut(`${command} <&-`)).toMatch(/^2 .*PAYLOAD_SYNTAX/);
  });
});

const exitAndOut = (line: string): Promise<string> =>
  new Promise((resolve) => {
    const child = spawn("bash", ["-c", line], { cwd, stdio: ["ignore", "pipe", "ignore"] });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => void (out += text));
    child.on("close", (exit) => {
      resolve(`${String(exit)} ${out}`);
    });
  });

describe("Q02: JSON that was typed into the shell", () => {
  it("is told apart from a file, and answered with one JSON document where that was asked for", async () => {
    for (const junk of ['{"name":"Ada"}', "'{oops", "[1", "--format=json"]) {
      const refused = await called([...greet(junk), "--json"], { cwd });
      expect(refused.exit).toBe(2);
      expect(documentIn(refused)["schema"]).toBe("omnibase-error/1");
    }
    expect((await called(greet('{"name":"Ada"}'), { cwd })).err).toContain("--payload -");
  });
});

describe("Q03: whoever reads does as they like", () => {
  it("is quiet when the reader has gone, and needs no terminal", async () => {
    const line = `${process.execPath} ${bundled} run --help | head -1; ${process.execPath} ${bundled} --help >&-`;
    const env = { ...process.env, TERM: "dumb", NO_COLOR: "1", COLUMNS: "20" };
    const out = execFileSync("bash", ["-o", "pipefail", "-c", line], { cwd, env, encoding: "utf8", stdio: "pipe" });
    expect(out).toBe("Usage: omnibase run [options]\n");
    expect(await exitAndOut(`${process.execPath} ${bundled} --help 2>&1 >/dev/full`)).toMatch(
      /^1 omnibase: OUTPUT_FAILED [^\n]+\n$/,
    );
  });
});

describe("Q04: settings that cannot be meant", () => {
  it("names the key, the line and the column", async () => {
    const text = 'namespace: demo\ncolour: red\ndata: 5\ngrants: { hosts: [ "https://a.b/c" ], x: 1 }\ntrust: [abc]\n';
    writeFileSync(join(cwd, "omnibase.yaml"), text);
    const refused = await called(["check"], { cwd });
    expect(refused.exit).toBe(2);
    const found = [...refused.err.matchAll(/^(omnibase\.yaml:\d+:\d+) error (\w+)/gm)].map(
      ([, at, what]) => `${at} ${what}`,
    );
    expect(found).toEqual([
      "omnibase.yaml:2:1 CONFIG_UNKNOWN_KEY",
      "omnibase.yaml:3:7 CONFIG_TYPE",
      "omnibase.yaml:4:20 CONFIG_VALUE",
      "omnibase.yaml:4:39 CONFIG_UNKNOWN_KEY",
      "omnibase.yaml:5:9 CONFIG_VALUE",
    ]);
    expect(refused.err).toContain("  2 | colour: red\n    | ^");
  });

  it("refuses an empty variable, a key that others may read, and trust without a key", async () => {
    const empty = await called(["history"], { cwd, env: { OMNIBASE_DATA_ROOT: "" } });
    expect(empty).toMatchObject({ exit: 2, err: expect.stringContaining("CONFIG_ENV_EMPTY") });
    expect((await called(["compile"], { cwd })).exit).toBe(0);
    chmodSync(join(cwd, ".omnibase/key.pem"), 0o644);
    expect(await code("compile")).toBe("CONFIG_KEY_PERMISSIONS");
    chmodSync(join(cwd, ".omnibase/key.pem"), 0o600);
    writeFileSync(join(cwd, "omnibase.yaml"), `namespace: demo\ntrust: ["sha256:${"0".repeat(64)}"]\n`);
    expect(await code("compile")).toBe("CONFIG_KEY_MISSING");
  });
});

describe("Q05: a poor place to be", () => {
  it("has a code for a folder that is gone, a home that is not set and a data root that is a file", async () => {
    const gone = folderWith({});
    const elsewhere = `cd ${gone}; rmdir ${gone}; exec ${process.execPath} ${bundled} check --json`;
    const { stdout } = spawnShell(elsewhere);
    expect(JSON.parse(stdout)).toMatchObject({ code: "CWD_MISSING" });
    const blocked = await called(greet("ada.json", "--data-root", "ada.json", "--json"), { cwd });
    expect(blocked.exit).toBe(2);
    expect(documentIn(blocked)["code"]).toBe("PATH_INVALID");
    expect((await spawned(greet("ada.json"), { cwd, env: { HOME: "", TMPDIR: "/nowhere" } })).exit).toBe(0);
  });

  it("makes nothing that others may change, whatever the umask", () => {
    spawnShell(`cd ${cwd}; umask 000; ${process.execPath} ${bundled} ${greet("ada.json").join(" ")}`);
    const loose = execFileSync("find", [".omnibase", "data", "-perm", "/022"], { cwd, encoding: "utf8" });
    expect(loose).toBe("");
    const open = execFileSync("find", ["data/.omnibase", ".omnibase", "-maxdepth", "0", "-perm", "/077"], {
      cwd,
      encoding: "utf8",
    });
    expect(open).toBe("");
  });
});

function spawnShell(line: string): { readonly stdout: string } {
  try {
    return {
      stdout: execFileSync("bash", ["-c", line], { cwd: "/", encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    };
  } catch (error) {
    if (error instanceof Error && "stdout" in error) return { stdout: String(error.stdout) };
    throw error;
  }
}

describe("payloads", () => {
  it.each([
    ["depth", `{"name":${"[".repeat(65)}${"]".repeat(65)}}`, "PAYLOAD_TOO_DEEP"],
    ["a key twice", '{"name":"a","n\\u0061me":"b"}', "PAYLOAD_DUPLICATE_KEY"],
    ["a reserved key", '{"__proto__":{"admin":true}}', "PAYLOAD_KEY_RESERVED"],
    ["infinity", '{"name":1e999}', "PAYLOAD_NUMBER_RANGE"],
    ["a number that changes", '{"name":9007199254740993}', "PAYLOAD_NUMBER_PRECISION"],
    ["half a character", '{"name":"\\ud800"}', "PAYLOAD_ENCODING"],
    ["something behind it", "{} x", "PAYLOAD_SYNTAX"],
    ["a byte order mark", "\uFEFF{}", "PAYLOAD_SYNTAX"],
  ])("with %s are refused with code and position", async (_, stdin, expected) => {
    const refused = await called(greet("-"), { cwd, stdin });
    expect(refused.exit).toBe(2);
    expect(refused.err).toMatch(new RegExp(`^stdin:1:\\d+ error ${expected} `));
  });
});

describe("A26: what only looks like a file", () => {
  it("is refused without waiting for it, and by its name", async () => {
    execFileSync("mkfifo", [join(cwd, "contracts/PIPE.yaml")]);
    mkdirSync(join(cwd, "contracts/FOLDER.yaml"));
    symlinkSync("/etc/passwd", join(cwd, "contracts/OUT.yaml"));
    symlinkSync("nowhere", join(cwd, "contracts/GONE.json"));
    const refused = await called(["check", "--json"], { cwd });
    expect(refused.exit).toBe(4);
    expect(documentIn(refused)).toMatchObject({
      code: "COMPILE_REFUSED",
      problems: ["FOLDER.yaml", "GONE.json", "OUT.yaml", "PIPE.yaml"].map((name) => ({
        code: "REGISTRY_UNREADABLE",
        at: { file: `contracts/${name}`, line: 1, column: 1 },
      })),
    });
  });
});

describe("D06: names that would act on a terminal", () => {
  it("are printed as what they are", async () => {
    const escape = "\u001B]8;;x\u0007\u009B2J";
    writeFileSync(join(cwd, `contracts/A${escape}.yaml`), `${escape}: 1\n`);
    writeFileSync(join(cwd, "contracts/B.yaml"), 'wf_code: "\\e[2J"\nversion: v0\ncore: {}\n');
    for (const format of ["human", "json"]) {
      const refused = await called(["check", "--format", format], { cwd });
      expect(refused.exit).toBe(4);
      // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
      expect(refused.out + refused.err).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
    }
    rmSync(join(cwd, "contracts/B.yaml"));
    const named = await called(greet("ada.json", "--principal", "a\u001B[2J"), { cwd });
    expect(named.out + named.err).not.toContain("\u001B");
  });
});

import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Called, Expected, HostileInput, Said } from "./case.ts";
import type { Home } from "./home.ts";
import { runEcho } from "./rows-payloads.ts";

const payload = { "payload.json": '{"value":1}' };
const fromStdin = ["run", "--wf", "demo::WF_ECHO_V0", "--payload", "-", "--json"] as const;
const usage: Expected = { exit: [2], stderr: /^Usage: omnibase/m };

const asked = (row: string, name: string, expect: Expected, ask: Called): HostileInput => ({
  row,
  name,
  lane: "cli",
  expect,
  ask,
});

const root = process.getuid?.() === 0;

const usages: readonly HostileInput[] = [
  asked(
    "Q01",
    "an unknown option",
    { ...usage, code: "USAGE_UNKNOWN_OPTION" },
    { argv: ["check", "--nope", "--json"] },
  ),
  asked("Q01", "a missing value", { ...usage, code: "USAGE_MISSING_VALUE" }, { argv: ["run", "--json", "--wf"] }),
  asked("Q01", "an unknown command", { ...usage, code: "USAGE_UNKNOWN_COMMAND" }, { argv: ["destroy", "--json"] }),
  asked("Q01", "no command", { ...usage }, { argv: ["--json"] }),
  asked(
    "Q01",
    "a payload that is not there",
    { exit: [2], code: "PAYLOAD_UNREADABLE" },
    { argv: [...runEcho.slice(0, 4), "@missing.json", "--json"] },
  ),
  asked(
    "Q01",
    "a payload that is a folder",
    { exit: [2], code: "PAYLOAD_UNREADABLE" },
    { argv: [...runEcho.slice(0, 4), "contracts", "--json"] },
  ),
  asked("Q01", "a stdin without end", { exit: [2], code: "PAYLOAD_TOO_LARGE" }, { argv: fromStdin, stdin: "endless" }),
  asked(
    "Q01",
    "a binary stdin",
    { exit: [2], code: "PAYLOAD_ENCODING", at: "1:1" },
    { argv: fromStdin, stdin: Buffer.from("8081fffe00c0", "hex") },
  ),
  asked(
    "Q01",
    "an empty stdin",
    { exit: [2], code: "PAYLOAD_SYNTAX", at: "1:1" },
    { argv: fromStdin, stdin: new Uint8Array() },
  ),
  asked("Q01", "a closed stdin", { exit: [2] }, { argv: fromStdin, shell: '"$@" <&-' }),
  ...["{...", "{name: Ada}", '\'{"name":"Ada"}\'', "", " ", '{"value":1}'].map((given) =>
    asked(
      "Q02",
      `--payload ${JSON.stringify(given)}`,
      { exit: [2], code: "PAYLOAD_UNREADABLE" },
      { argv: [...runEcho.slice(0, 4), given, "--json"] },
    ),
  ),
  asked(
    "Q02",
    "--format json after the mistake",
    { ...usage, code: "USAGE_UNKNOWN_OPTION" },
    { argv: ["run", "--nope", "--format", "json"], json: true },
  ),
];

const terminals: readonly HostileInput[] = [
  asked("Q03", "| head -1", { exit: [0], stderr: /^$/ }, { argv: ["completion", "bash"], shell: '"$@" | head -1' }),
  asked(
    "Q03",
    "| head -1, of much",
    { exit: [0], stderr: /^$/ },
    { argv: ["snapshot", "show", "--json"], shell: '"$@" | head -c 1', json: false },
  ),
  asked("Q03", "a closed stdout", { exit: [0] }, { argv: ["check"], shell: '"$@" >&-' }),
  asked("Q03", "a closed stderr", { exit: [4, 2] }, { argv: ["check", "--workspace", "gone"], shell: '"$@" 2>&-' }),
  ...[{ TERM: "dumb" }, { NO_COLOR: "1" }, { COLUMNS: "20" }, { TERM: undefined }].map((env) =>
    asked(
      "Q03",
      JSON.stringify(env),
      { exit: [4] },
      { argv: ["check"], env, files: { "contracts/HOSTILE_V0.yaml": "a: [" } },
    ),
  ),
];

const configs: readonly (readonly [name: string, text: string, code: string, at: string])[] = [
  ["an unknown key", "namespace: demo\nfoo: 1\n", "CONFIG_UNKNOWN_KEY", "2:1"],
  ["an unknown grant", "grants: { files: [a] }\n", "CONFIG_UNKNOWN_KEY", "1:11"],
  ["a number for a text", "namespace: 1\n", "CONFIG_TYPE", "1:12"],
  ["a map for a text", "data: { a: 1 }\n", "CONFIG_TYPE", "1:7"],
  ["a text for a list", "grants: { hosts: all }\n", "CONFIG_TYPE", "1:18"],
  ["a list for a map", "- a\n", "CONFIG_TYPE", "1:1"],
  ["a namespace that is none", "namespace: a/b\n", "CONFIG_VALUE", "1:12"],
  ["a host that is none", "grants: { hosts: [evil] }\n", "CONFIG_VALUE", "1:19"],
];

const settings: readonly HostileInput[] = [
  ...configs.map(([name, text, code, at]) =>
    asked("Q04", name, { exit: [2], code, at }, { argv: ["compile", "--json"], files: { "omnibase.yaml": text } }),
  ),
  ...["OMNIBASE_DATA_ROOT", "OMNIBASE_PRINCIPAL"].map((name) =>
    asked(
      "Q04",
      `an empty ${name}`,
      { exit: [2], code: "CONFIG_ENV_EMPTY" },
      { argv: runEcho, files: payload, env: { [name]: "" } },
    ),
  ),
  asked(
    "Q04",
    "a key that others may read",
    { exit: [2], code: "CONFIG_KEY_PERMISSIONS", message: /^\.omnibase\/key\.pem: .*chmod 600/ },
    {
      argv: ["compile", "--json"],
      arrange: ({ path }) => {
        mkdirSync(join(path, ".omnibase"), { mode: 0o700 });
        writeFileSync(join(path, ".omnibase/key.pem"), "", { mode: 0o644 });
        chmodSync(join(path, ".omnibase/key.pem"), 0o644);
      },
    },
  ),
];

const pipe =
  (name: string) =>
  ({ path }: Home): void => {
    mkdirSync(dirname(join(path, name)), { recursive: true, mode: 0o700 });
    rmSync(join(path, name), { force: true });
    execFileSync("mkfifo", ["-m", "600", join(path, name)]);
  };

const device = ({ path }: Home): void => {
  rmSync(join(path, "omnibase.yaml"));
  symlinkSync("/dev/zero", join(path, "omnibase.yaml"));
};

const trusting = `namespace: demo\ntrust: ["sha256:${"0".repeat(64)}"]\n`;
const notPlain: Expected = { exit: [2], code: "PATH_INVALID", message: /no ordinary file/ };
const compileIn = (arrange: (home: Home) => void): Called => ({ argv: ["compile", "--json"], arrange });
const verified = (receipt: string): readonly string[] => ["verify", receipt, "--log", "log", "--key", "key", "--json"];

/** What other people put where a project, or somebody who asks, expects a file. */
const noFiles: readonly HostileInput[] = [
  asked("Q05", "a pipe for the project file", notPlain, compileIn(pipe("omnibase.yaml"))),
  asked("Q05", "a device for the project file", notPlain, compileIn(device)),
  asked("Q05", "a pipe for the key", { exit: [2], code: "CONFIG_KEY_MALFORMED" }, compileIn(pipe(".omnibase/key.pem"))),
  asked("Q05", "a pipe for a trusted key", notPlain, {
    ...compileIn(pipe("keys/a.pem")),
    files: { "omnibase.yaml": trusting },
  }),
  asked("Q01", "a pipe for a key", notPlain, { argv: verified("receipt"), arrange: pipe("key") }),
  asked("Q01", "a pipe for a snapshot", notPlain, {
    argv: ["snapshot", "verify", "pipe", "--json"],
    arrange: pipe("pipe"),
  }),
  asked("Q01", "a device for a snapshot", notPlain, { argv: ["snapshot", "verify", "/dev/zero", "--json"] }),
  asked(
    "Q01",
    "a pipe for a payload",
    { exit: [2], code: "PAYLOAD_UNREADABLE" },
    { argv: runEcho, arrange: pipe("payload.json") },
  ),
];

const open = ({ path }: Home): void => void execFileSync("chmod", ["-R", "a+rwX", join(path, "..")]);
const asUser = (uid: number): Partial<Called> => (root ? { uid } : {});

const surroundings: readonly HostileInput[] = [
  asked("Q05", "no HOME", { exit: [0] }, { argv: runEcho, files: payload, env: { HOME: undefined } }),
  asked(
    "Q05",
    "a HOME and a TMPDIR that are not there",
    { exit: [0] },
    { argv: runEcho, files: payload, env: { HOME: "/nonexistent", TMPDIR: "/nonexistent" } },
  ),
  asked(
    "Q05",
    "a working directory that was deleted",
    { exit: [2], code: "CWD_MISSING" },
    { argv: ["check", "--json"], shell: 'mkdir gone && cd gone && rmdir ../gone && "$@"' },
  ),
  asked(
    "Q05",
    "umask 000",
    { exit: [0], also: closedToOthers },
    { argv: runEcho, files: payload, shell: 'umask 000; "$@"' },
  ),
  asked(
    "Q05",
    "a data root in /proc",
    { exit: [2], code: "PATH_MISSING" },
    { argv: [...runEcho, "--data-root", "/proc/omnibase/data"], files: payload },
  ),
  asked(
    "Q05",
    "a data root below a file",
    { exit: [2], code: "PATH_INVALID" },
    { argv: [...runEcho, "--data-root", "omnibase.yaml/data"], files: payload },
  ),
  asked(
    "Q05",
    "a project that this user may not write",
    { exit: [2], code: "PATH_DENIED" },
    { argv: runEcho, files: payload, arrange: readable, ...asUser(65_534) },
  ),
  asked(
    "Q05",
    "a user without an entry in passwd",
    { exit: [0] },
    { argv: runEcho, files: payload, arrange: open, ...asUser(54_321) },
  ),
];

function readable({ path }: Home): void {
  execFileSync("chmod", ["-R", "a+rX", join(path, "..")]);
  if (!root) execFileSync("chmod", ["-R", "a-w", path]);
}

function closedToOthers(_: Said, { path }: Home): string | undefined {
  const found = execFileSync(
    "find",
    [path, "-name", "omnibase.yaml", "-prune", "-o", "-newer", join(path, "omnibase.yaml"), "-perm", "/022", "-print"],
    { encoding: "utf8" },
  );
  const made = found.split("\n").filter((name) => name.includes(".omnibase") || name.includes("/data"));
  return made.length === 0 ? undefined : `others may write ${made.join(", ")}`;
}

const evil = `require("node:fs").writeFileSync(process.env.OMNIBASE_EVIL, "loaded");\n`;
const shadowed = ["yaml", "commander", "undici", "@photostructure/sqlite", "@omnibase/core", "@omnibase/infra"];
const shadows = Object.fromEntries(
  shadowed.flatMap((name) => [
    [`node_modules/${name}/index.js`, evil],
    [
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, main: "index.js", exports: { ".": "./index.js", "./*": "./index.js" } }),
    ],
  ]),
);
const notLoaded = (_: Said, { path }: Home): string | undefined =>
  existsSync(join(path, "evil.txt")) ? "code of the working directory was loaded" : undefined;

const strangers: readonly HostileInput[] = [
  asked(
    "Q06",
    "node_modules of the working directory",
    { exit: [0], also: notLoaded },
    { argv: runEcho, files: { ...payload, ...shadows }, env: { OMNIBASE_EVIL: "evil.txt" } },
  ),
  asked(
    "Q06",
    "NODE_PATH",
    { exit: [0], also: notLoaded },
    { argv: runEcho, files: { ...payload, ...shadows }, env: { OMNIBASE_EVIL: "evil.txt", NODE_PATH: "node_modules" } },
  ),
  asked(
    "Q06",
    "a package.json, configurations and a .env",
    { exit: [0], also: notLoaded },
    {
      argv: runEcho,
      env: { OMNIBASE_EVIL: "evil.txt" },
      files: {
        ...payload,
        "package.json": JSON.stringify({
          type: "commonjs",
          main: "evil.js",
          imports: { "#a": "./evil.js" },
          bin: { node: "evil.js" },
        }),
        "evil.js": evil,
        "omnibase.config.js": evil,
        "omnibase.config.mjs": `import "./evil.js";\n`,
        ".env": "NODE_OPTIONS=--require ./evil.js\n",
        ".npmrc": "node-options=--require ./evil.js\n",
        "node_modules/.bin/node": "#!/bin/sh\necho loaded > evil.txt\n",
      },
    },
  ),
];

export const commandInputs: readonly HostileInput[] = [
  ...usages,
  ...terminals,
  ...settings,
  ...noFiles,
  ...surroundings,
  ...strangers,
];

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { limits } from "@omnibase/core";
import { readArtifactBytes } from "@omnibase/infra/files";
import { readYaml } from "@omnibase/infra/yaml";
import type { Expected, HostileInput, RefusedRow, Said } from "./case.ts";
import { openHome, type Home } from "./home.ts";
import { saidBy } from "./problem.ts";

const file = "contracts/HOSTILE_V0.yaml";
const intentFile = "contracts/IN_GREET_V0.yaml";
const example = new URL("../../examples/01-greet/contracts/", import.meta.url);
const intent = readFileSync(new URL("IN_GREET_V0.yaml", example), "utf8");
const event = readFileSync(new URL("EV_GREETED_V0.yaml", example), "utf8");

const nestedMaps = Array.from({ length: 1_000 }, (_, level) => `${" ".repeat(level)}a:\n`).join("");
const distinctKeys = Array.from({ length: 100_000 }, (_, index) => `k${String(index)}: 0\n`).join("");
const laughs = `a: &a [x]\n${"bcdefghi".replaceAll(/./g, "$&: &$& [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n")}`;
const utf16 = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from("a: 1\n", "utf16le")]);
const offset = (at: number): Partial<Expected> => ({ message: new RegExp(`offset ${String(at)}\\b`) });

/** Files that are refused, wherever in a project they lie. */
const refused: readonly RefusedRow[] = [
  ["A01", "an empty file", "", "ARTIFACT_EMPTY", "1:1"],
  ["A01", "only comments", "# a\n\n# b\n", "ARTIFACT_EMPTY", "1:1"],
  ["A01", "only ---", "---", "ARTIFACT_EMPTY", "1:1"],
  ["A02", "256 KiB + 1 B", `a: ${"x".repeat(limits.artifactBytesMax - 2)}`, "ARTIFACT_TOO_LARGE", "1:1"],
  ["A04", "nested braces", "{a: ".repeat(1_000), "ARTIFACT_TOO_DEEP", "1:257"],
  ["A05", "1,000 nested block maps", nestedMaps, "ARTIFACT_TOO_DEEP", "65:65"],
  ["A06", "1,000 nested lists", "- ".repeat(1_000), "ARTIFACT_TOO_DEEP", "1:129"],
  ["A06", "500 nested explicit keys", `${"? ".repeat(500)}x`, "YAML_KEY_TYPE", "1:1"],
  ["A06", "300 nested explicit keys", `${"? ".repeat(300)}x`, "YAML_KEY_TYPE", "1:1"],
  ["A07", "a billion laughs", laughs, "YAML_ALIAS_FORBIDDEN", "1:4"],
  ["A08", "one harmless alias", "a: &x 1\nb: *x", "YAML_ALIAS_FORBIDDEN", "1:4", { hint: /write the value out/ }],
  ["A09", "a cyclic alias", "&a [*a]", "YAML_ALIAS_FORBIDDEN", "1:1"],
  ["A10", "a merge of 4,000 aliases", `<<: [${"*a,".repeat(4_000)}]`, "YAML_ALIAS_FORBIDDEN", "1:1"],
  [
    "A11",
    "kind twice",
    "kind: effect\nkind: reducer",
    "YAML_DUPLICATE_KEY",
    "2:1",
    { path: "/kind", related: ["1:1"] },
  ],
  ["A12", "twice after NFC", "\u00E9: 1\ne\u0301: 2", "YAML_DUPLICATE_KEY", "2:1", { related: ["1:1"] }],
  ["A13", "!!js/function", "a: !!js/function 'x'", "YAML_TAG_FORBIDDEN", "1:4"],
  ["A13", "!!python/object/apply", "!!python/object/apply:os.system [x]", "YAML_TAG_FORBIDDEN", "1:1"],
  ["A13", "!foo", "a: !foo x", "YAML_TAG_FORBIDDEN", "1:4"],
  ["A14", "!!binary", "a: !!binary x", "YAML_TAG_FORBIDDEN", "1:4"],
  ["A14", "!!timestamp", "a: !!timestamp 2001-01-01", "YAML_TAG_FORBIDDEN", "1:4"],
  ["A14", "!!set", "!!set {a}", "YAML_TAG_FORBIDDEN", "1:1"],
  ["A14", "!!omap", "- !!omap [a: 1]", "YAML_TAG_FORBIDDEN", "1:3"],
  ["A15", "two documents", "a: 1\n---\nb: 2", "YAML_MULTI_DOC", "2:1"],
  ["A17", "C0 AF", Buffer.from([0x61, 0x3a, 0x20, 0xc0, 0xaf]), "ARTIFACT_ENCODING", "1:4", offset(3)],
  ["A17", "UTF-16", utf16, "ARTIFACT_ENCODING", "1:1", offset(0)],
  ["A17", "NUL", "a: \0", "ARTIFACT_ENCODING", "1:4", offset(3)],
  ["A17", "C1", "a: 1\nb: \u0085", "ARTIFACT_ENCODING", "2:4", offset(8)],
  ["A17", "U+2028 in a key", "a: 1\nb\u2028c: 1", "ARTIFACT_ENCODING", "2:1", offset(5)],
  ["A19", "a tab", "a:\n\tb: 1", "YAML_SYNTAX", "2:1"],
  ["A20", "100,000 keys", distinctKeys, "ARTIFACT_TOO_WIDE", "1025:1"],
  ["A21", "a list as a key", "? [1,2]\n: x", "YAML_KEY_TYPE", "1:1"],
  ["A22", "__proto__", "__proto__: {polluted: 1}", "ARTIFACT_KEY_RESERVED", "1:1"],
  ["A22", "constructor", "a: {constructor: 1}", "ARTIFACT_KEY_RESERVED", "1:5", { path: "/a/constructor" }],
  ["A22", "prototype", '"\\u0070rototype": 1', "ARTIFACT_KEY_RESERVED", "1:1"],
  ["A23", "1 MiB in one scalar", `a: ${"x".repeat(1_048_576)}`, "ARTIFACT_TOO_LARGE", "1:1"],
  ["A23", "1 MiB of folded spaces", `a: >\n ${" ".repeat(1_048_576)}`, "ARTIFACT_TOO_LARGE", "1:1"],
  ["A25", "an open single quote", "a: 'x", "YAML_SYNTAX", "1:6"],
  ["A25", "an open double quote", 'a: "x\n', "YAML_SYNTAX", "2:1"],
  ["A25", "an open list", "a: [1, 2", "YAML_SYNTAX", "1:9"],
  ["A25", "an open map", "a: {b: 1", "YAML_SYNTAX", "1:9"],
];

/** Texts that are numbers, times and nothing to YAML, where a version should stand. */
const versions: readonly (readonly [text: string, hint: RegExp])[] = [
  ["1.10", /quote it/],
  ["010", /quote it/],
  ["0o10", /quote it/],
  ["1:30", /v0/],
  ["no", /v0/],
  [".inf", /quote it/],
  ["~", /quote it/],
];

const deep = "[".repeat(2_000) + "]".repeat(2_000);

export const artifactInputs: readonly HostileInput[] = [
  ...refused.map(([row, name, content, code, at, more = {}], index) =>
    compiled(
      row,
      name,
      { [file]: content },
      { exit: [4], code, at, ...more, verb: index % 2 === 0 ? "compile" : "check" },
    ),
  ),
  compiled(
    "A03",
    "2,000 brackets, twice in one process",
    { [file]: deep, "contracts/HOSTILE_V1.yaml": deep },
    {
      exit: [4],
      code: "ARTIFACT_TOO_DEEP",
      at: "1:65",
      also: ({ stdout }) => (stdout.split('"ARTIFACT_TOO_DEEP"').length === 3 ? undefined : "it is not refused twice"),
    },
  ),
  ...versions.map(([text, hint]) =>
    compiled(
      "A16",
      `version: ${text}`,
      { [intentFile]: intent.replace("version: v0", `version: ${text}`) },
      {
        exit: [4],
        code: "ARTIFACT_SCHEMA",
        at: "2:10",
        path: "/version",
        hint,
      },
    ),
  ),
  compiled("A18", "a byte order mark", { [intentFile]: `\uFEFF${intent}` }, { exit: [0], also: sameSnapshot }),
  compiled(
    "A18",
    "the digest of its bytes, the mark included",
    { [intentFile]: `\uFEFF${intent}` },
    {
      exit: [0],
      verb: "check",
      also: ({ document }) => {
        const digests: unknown = Reflect.get(Object(document), "digests");
        const stated: unknown = Reflect.get(Object(digests), intentFile);
        const found = `sha256:${createHash("sha256").update(`\uFEFF${intent}`).digest("hex")}`;
        return stated === found ? undefined : `${String(stated)} is not ${found}`;
      },
    },
  ),
  ...["toString", "hasOwnProperty"].map((key) =>
    compiled("A22", key, { "contracts/EV_GREETED_V0.yaml": `${event}    ${key}: { type: string }\n` }, { exit: [0] }),
  ),
  ...Object.entries({ "CR LF": "\r\n", "lone CR": "\r" }).map(([name, end]) =>
    compiled("A24", name, { [intentFile]: intent.replaceAll("\n", end) }, { exit: [0], also: sameSnapshot }),
  ),
  compiled(
    "A24",
    "mixed ends",
    { [intentFile]: intent.replace("\n", "\r\n").replace("core:\n", "core:\r") },
    {
      exit: [0],
      also: sameSnapshot,
    },
  ),
  inProcess(
    "A06",
    "500 nested explicit keys, in less than 50 ms",
    { exit: [4], code: "YAML_KEY_TYPE", msMax: 50 },
    () => saidBy(readYaml(`${"? ".repeat(500)}x`, { file })),
  ),
  inProcess("A22", "nothing is polluted", { exit: [4], code: "ARTIFACT_KEY_RESERVED" }, () => {
    const read = readYaml("__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}", { file });
    return complained(saidBy(read), Reflect.get({}, "polluted") === undefined ? "" : "an object is polluted");
  }),
  ...unreadable(),
];

function compiled(
  row: string,
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  { verb = "compile", ...expect }: Expected & { readonly verb?: string },
): HostileInput {
  return { row, name, lane: "cli-compile", expect, ask: { argv: [verb, "--json"], files } };
}

function inProcess(row: string, name: string, expect: Expected, call: () => Promise<Said> | Said): HostileInput {
  return { row, name, lane: "library", expect, ask: { call } };
}

/** What a library did wrong beside its answer stands where a command would complain. */
const complained = (said: Said, complaint: string): Said => ({ ...said, stderr: complaint });

/** The snapshot of the project before anything was done to it. */
const unbroken = { digest: "" };
export function rememberUnbroken(document: unknown): void {
  unbroken.digest = snapshotIn(document);
}
const snapshotIn = (document: unknown): string => String(Reflect.get(Object(document), "snapshot"));
function sameSnapshot({ document }: Said): string | undefined {
  const found = snapshotIn(document);
  return found === unbroken.digest ? undefined : `the snapshot is ${found}, not ${unbroken.digest}`;
}

/** What is no ordinary file of the project. */
function unreadable(): readonly HostileInput[] {
  const expect = { exit: [4], code: "REGISTRY_UNREADABLE", at: "1:1" };
  const cases: Readonly<Record<string, (at: string, home: Home) => void>> = {
    "a pipe": (at) => void execFileSync("mkfifo", [at]),
    "a device": (at) => {
      symlinkSync("/dev/zero", at);
    },
    "a folder": (at) => {
      mkdirSync(at);
    },
    "a link out of the project": (at, { path }) => {
      writeFileSync(join(path, "../outside.yaml"), intent);
      symlinkSync("../../outside.yaml", at);
    },
    "a link to nothing": (at) => {
      symlinkSync("gone.yaml", at);
    },
  };
  const linked = Object.entries(cases).map(([name, make]): HostileInput => {
    const arrange = (home: Home): void => {
      make(join(home.path, file), home);
    };
    return { row: "A26", name, lane: "cli-compile", expect, ask: { argv: ["check", "--json"], arrange } };
  });
  return [
    ...linked,
    closedFile(expect),
    inProcess("A26", "it vanishes while it is read", { exit: [4], code: "REGISTRY_UNREADABLE" }, vanishing),
  ];
}

/** Root may read everything, so root asks as somebody else. */
function closedFile(expect: Expected): HostileInput {
  const ask = { argv: ["check", "--json"], arrange: closeFile, ...(process.getuid?.() === 0 ? { uid: 65_534 } : {}) };
  return { row: "A26", name: "without permission", lane: "cli-compile", expect, ask };
}

function closeFile({ path }: Home): void {
  writeFileSync(join(path, file), intent);
  execFileSync("chmod", ["-R", "a+rX", join(path, "..")]);
  chmodSync(join(path, file), 0);
}

/** Somebody else puts the file there and takes it away as fast as they can. */
async function vanishing(): Promise<Said> {
  const home = openHome();
  const worker = new Worker(flicker, { eval: true, workerData: { at: join(home.path, file), text: intent } });
  try {
    const seen = { whole: 0, refused: 0 };
    const untilMs = performance.now() + 1_500;
    let last: Said | undefined;
    while (performance.now() < untilMs && (seen.whole < 5 || seen.refused < 5)) {
      const read = readArtifactBytes(home.path, file);
      if (read.ok && Buffer.from(read.value).toString() === intent) seen.whole += 1;
      else if (read.ok) return complained(saidBy(read), "a torn file was read as whole");
      else {
        seen.refused += 1;
        last = saidBy(read);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    return last ?? complained(saidBy({ ok: true }), "it never vanished");
  } finally {
    await worker.terminate();
    home.remove();
    rmSync(home.path, { recursive: true, force: true });
  }
}

const flicker = `
  const { writeFileSync, rmSync, renameSync } = require("node:fs");
  const { workerData: { at, text } } = require("node:worker_threads");
  for (;;) {
    writeFileSync(at + ".draft", text);
    renameSync(at + ".draft", at);
    rmSync(at, { force: true });
  }
`;

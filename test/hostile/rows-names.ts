import { createHash } from "node:crypto";
import { canonical } from "@omnibase/core";
import type { HostileInput, Said } from "./case.ts";
import { runEcho } from "./rows-payloads.ts";

const payload = { "payload.json": '{"value":1}' };

/** Ids that are no names of files everywhere, or cannot be told from others. */
const badIds: readonly (readonly [row: string, name: string, id: string, code: string])[] = [
  ["D01", "..", "..", "ID_CHARSET"],
  ["D01", "/", "/", "ID_CHARSET"],
  ["D01", "a/b", "a/b", "ID_CHARSET"],
  ["D01", "a\\b", "a\\b", "ID_CHARSET"],
  ["D01", "%2e%2e", "%2e%2e", "ID_CHARSET"],
  ["D01", "CON", "CON", "ID_CHARSET"],
  ["D01", "1,001 characters", "a".repeat(1_001), "ID_LENGTH"],
  ["D01", "empty", "", "ID_LENGTH"],
  ["D01", "spaces", "a b", "ID_CHARSET"],
  ["D01", "a leading dash", "-a", "ID_CHARSET"],
  ["D02", "U+202E", "a\u202Eb", "ID_CHARSET"],
  ["D02", "U+200B", "a\u200Bb", "ID_CHARSET"],
  ["D02", "U+FEFF", "\uFEFFa", "ID_CHARSET"],
  ["D02", "tag characters", "a\u{E0061}", "ID_CHARSET"],
  ["D02", "a joined emoji", "\u{1F469}\u200D\u{1F4BB}", "ID_CHARSET"],
  ["D03", "the sign of Kelvin", "\u212A", "ID_CHARSET"],
  ["D03", "a long s", "\u017F", "ID_CHARSET"],
  ["D03", "a dotted I", "\u0130", "ID_CHARSET"],
  ["D03", "a dotless i", "\u0131", "ID_CHARSET"],
];

/** Where a person types an id. Each bad one is typed in one of them. */
const waysOf = (id: string): readonly (readonly [way: string, argv: readonly string[]])[] => [
  ["--id", [...runEcho, `--id=${id}`]],
  ["--idempotency-key", [...runEcho, `--idempotency-key=${id}`]],
  ["show", ["show", "--json", "--", id]],
];

const escapes = "\u001B[31mred\u001B]8;;https://evil.example\u0007link\u001B]8;;\u0007\r";

/** Where a name of somebody else's reaches the terminal. All are asked for as people read them. */
const shown: Readonly<Record<string, { readonly argv: readonly string[]; readonly exit: number }>> = {
  "the name of a workflow": { argv: ["run", "--wf", escapes, "--payload", "payload.json"], exit: 2 },
  "the name of a payload": { argv: ["run", "--wf", "demo::WF_ECHO_V0", "--payload", escapes], exit: 2 },
  "the name of an option": { argv: ["run", `--${escapes}`, "x"], exit: 2 },
  "the name of a command": { argv: [escapes], exit: 2 },
  "a workspace": { argv: ["check", "--workspace", escapes], exit: 2 },
  "an execution": { argv: ["show", escapes], exit: 2 },
  "a code": { argv: ["explain", escapes], exit: 3 },
};

const ordered = { value: { ä: 1, z: 2, a: 3, Z: 4, list: ["ä", "z", "a", "Z"] } };

export const nameInputs: readonly HostileInput[] = [
  ...badIds.map(([row, name, id, code], index): HostileInput => {
    const [way, argv] = waysOf(id)[index % 3] ?? ["", []];
    return { row, name: `${way}: ${name}`, lane: "cli", expect: { exit: [2], code }, ask: { argv, files: payload } };
  }),
  {
    row: "D03",
    name: "a workflow in small letters is another one",
    lane: "cli",
    expect: { exit: [3], code: "WORKFLOW_NOT_FOUND" },
    ask: { argv: ["run", "--wf", "demo::wf_echo_v0", "--payload", "payload.json", "--json"], files: payload },
  },
  ...Object.entries(shown).map(([name, { argv, exit }]): HostileInput => ({
    row: "D06",
    name,
    lane: "cli",
    expect: { exit: [exit] },
    ask: { argv, files: payload },
  })),
  {
    row: "D06",
    name: "the name of a file, and a key in it",
    lane: "cli-compile",
    expect: { exit: [4], stderr: /ARTIFACT_KEY_INVALID/ },
    ask: { argv: ["check"], files: { [`contracts/${escapes.replaceAll("/", "")}.yaml`]: '"\\e[31mx": 1\n' } },
  },
  {
    row: "D06",
    name: "a value and a principal, in what an execution came to",
    lane: "cli-run",
    expect: {
      exit: [0],
      also: ({ stdout }) =>
        stdout.includes("\\u{1b}") || stdout.includes("\\u001b") ? undefined : "the value is not shown",
    },
    ask: {
      argv: [...runEcho.slice(0, -1), "--principal", escapes],
      files: { "payload.json": JSON.stringify({ value: escapes }) },
    },
  },
  {
    row: "D05",
    name: "one grapheme of 100 KiB, in what an execution came to",
    lane: "cli-run",
    expect: { exit: [0], also: short },
    ask: {
      argv: runEcho.slice(0, -1),
      files: { "payload.json": JSON.stringify({ value: `a${"\u0301".repeat(51_200)}` }) },
    },
  },
  ...["de_DE.UTF-8", "sv_SE.UTF-8", "tr_TR.UTF-8", "C"].map((language): HostileInput => ({
    row: "D08",
    name: `LANG=${language}`,
    lane: "cli-run",
    expect: { exit: [0], also: sameOrder },
    ask: {
      argv: runEcho,
      files: { "payload.json": JSON.stringify(ordered) },
      env: { LANG: language, LC_ALL: language, LANGUAGE: language },
    },
  })),
];

function short({ stdout }: Said): string | undefined {
  const longest = Math.max(...stdout.split("\n").map(({ length }) => length));
  return longest <= 2_100 ? undefined : `a line has ${String(longest)} characters`;
}

/** By UTF-16 code units, whatever a country thinks of the order of its letters. */
function sameOrder({ document }: Said): string | undefined {
  const expected = `sha256:${createHash("sha256").update(canonical(ordered)).digest("hex")}`;
  const found = String(Reflect.get(Object(Reflect.get(Object(document), "digests")), "input"));
  return found === expected ? undefined : `the digest of the input is ${found}, not ${expected}`;
}

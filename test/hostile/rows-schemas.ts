import { readFileSync } from "node:fs";
import type { Expected, HostileInput, Said } from "./case.ts";

const file = "contracts/IN_GREET_V0.yaml";
const intent = readFileSync(new URL("../../examples/01-greet/contracts/IN_GREET_V0.yaml", import.meta.url), "utf8");
const inputs = intent.slice(intent.indexOf("  inputs:"));

/** The intent of the example, with its inputs declared as a JSON Schema on one line, the sixth. */
const withSchema = (name: string, defs = ""): string =>
  intent.replace(
    inputs,
    () =>
      `  schema: { type: object, additionalProperties: false, required: [name], properties: { name: ${name} }${defs} }\n`,
  );

const forbidden: readonly (readonly [name: string, schema: string, defs?: string])[] = [
  ["a schema on another host", '{ $ref: "https://schemas.example.org/name.json" }'],
  ["a schema in another file", '{ $ref: "file:///etc/passwd" }'],
  ["a schema that is itself", '{ $ref: "#/$defs/a" }', ', $defs: { a: { $ref: "#/$defs/a" } }'],
  [
    "a schema inside of itself",
    '{ $ref: "#/$defs/a" }',
    ', $defs: { a: { type: array, items: { $ref: "#/$defs/a" } } }',
  ],
  ["10,000 ways", `{ anyOf: [${"{},\n      ".repeat(10_000)}] }`],
  ["bounds that are data", "{ type: number, minimum: { $data: 1/other } }"],
  ["a dynamic reference", '{ $dynamicRef: "#name" }'],
];

const patterns: readonly (readonly [row: string, pattern: string, code: string])[] = [
  ["F02", String.raw`(a)\1`, "PATTERN_UNSUPPORTED"],
  ["F02", "(?<=a)b", "PATTERN_UNSUPPORTED"],
  ["F02", String.raw`\p{Nobody}`, "PATTERN_UNSUPPORTED"],
  ["F03", "(?:a?){1000}a{1000}", "PATTERN_TOO_COMPLEX"],
  ["F03", "a{100000}", "PATTERN_TOO_COMPLEX"],
];

const catastrophic: readonly string[] = ["^(a+)+$", "^(a|a)*b", "(.*a){20}"];

export const schemaInputs: readonly HostileInput[] = [
  ...forbidden.map(([name, schema, defs]) =>
    compiled("C13", name, withSchema(schema, defs), { exit: [4], code: "SCHEMA_FORBIDDEN" }),
  ),
  ...patterns.map(([row, pattern, code]) => {
    const content = withSchema(`{ type: string, pattern: '${pattern}' }`);
    return compiled(row, pattern, content, { exit: [4], code, path: "/core/schema/properties/name/pattern" });
  }),
  ...catastrophic.map((pattern): HostileInput => {
    const files = {
      [file]: withSchema(`{ type: string, pattern: '${pattern}' }`),
      "name.json": JSON.stringify({ name: `c${"a".repeat(40)}!`.slice(0, pattern.startsWith("^") ? 42 : 12) }),
    };
    const shell = '"$@" run --wf demo::WF_GREET_V0 --payload name.json --json || test $? -eq 1';
    return {
      row: "F01",
      name: pattern,
      lane: "cli-run",
      expect: { exit: [0], also: isNacked },
      ask: { argv: [], shell, json: true, files },
    };
  }),
];

/** A command has a bound of time, and a pattern that backtracked would be far beyond it. */
function isNacked({ document }: Said): string | undefined {
  const nack: unknown = Reflect.get(Object(document), "nack");
  const code: unknown = Array.isArray(nack) ? Reflect.get(Object(nack[0]), "code") : undefined;
  return code === "PATTERN" ? undefined : `the input is not refused by its pattern but by ${String(code)}`;
}

function compiled(row: string, name: string, content: string, expect: Expected): HostileInput {
  return { row, name, lane: "cli-compile", expect, ask: { argv: ["compile", "--json"], files: { [file]: content } } };
}

import { chargeProject, greetProject, locatedYaml, oneFileProject, standardLibrary } from "@omnibase/testkit";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { takenApart } from "../one-file/one-file.ts";
import { isObject, type Json } from "../value/json.ts";
import { parseJson } from "../value/json-text.ts";
import { plain } from "../value/located-value.ts";
import { present } from "../value/present.ts";
import { jsonSchemas } from "./json-schema.ts";
import { kinds, readArtifact } from "./read-artifact.ts";
import { described } from "./schema.ts";

const schemas = jsonSchemas();
const ajv = new Ajv2020({
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allErrors: true,
  ownProperties: true,
});
const accepts = new Map(Object.entries(schemas).map(([kind, schema]) => [kind, ajv.compile(schema)]));

/** What a schema can say of a document that stands alone. */
const structural = new Set(["ARTIFACT_SCHEMA", "UNKNOWN_KEY", "ID_CHARSET", "ID_LENGTH", "EXIT_CLASS_REQUIRED"]);

const kindOf = (document: Json): string =>
  isObject(document) ? ([...kinds].find(([key]) => key in document)?.[1].kind ?? "one-file") : "";

/** What the readers find. */
function foundIn(document: Json): readonly string[] {
  const codes: string[] = [];
  const report = ({ code }: { readonly code: string }): void => void codes.push(code);
  const located = parseJson(JSON.stringify(document), { file: "a.json", family: "ARTIFACT" });
  if (!located.ok) throw new Error(JSON.stringify(located.error));
  for (const part of takenApart([{ located: located.value, file: "a.json", namespace: "demo" }], report)) {
    readArtifact(part, report);
  }
  return codes;
}

/** Of every rule that a field or a schema may have, one. */
const rich: readonly Json[] = [
  {
    in_code: "IN_A_V0",
    version: "v0",
    core: {
      workflow: "WF_A_V0",
      schema: {
        type: "object",
        additionalProperties: false,
        required: ["a"],
        properties: {
          a: { type: ["string", "null"], pattern: "^a", title: "A" },
          b: { type: "array", items: { $ref: "#/$defs/c" }, uniqueItems: true, maxItems: 3 },
          c: { anyOf: [{ type: "number", exclusiveMinimum: 0, multipleOf: 0.5 }, { const: "none" }] },
          d: { type: "object", additionalProperties: { type: "integer" }, minProperties: 1 },
        },
        $defs: { c: { type: "string", format: "uuid", minLength: 1 } },
      },
    },
  },
  {
    in_code: "IN_B_V0",
    version: "v0",
    core: {
      workflow: "WF_A_V0",
      inputs: {
        a: { type: "string", pattern: "^a", nullable: true },
        b: { type: "array", unique: true, items: { type: "any" } },
        c: { type: "any", any_of: [{ type: "number", exclusive_minimum: 0, multiple_of: 0.5 }, { type: "string" }] },
        d: { type: "object", others: { type: "integer" }, min_fields: 1, max_fields: 3 },
        e: { type: "number", exclusive_maximum: 3, default: 2 },
      },
    },
  },
];

const known: readonly Json[] = [greetProject, chargeProject, standardLibrary, oneFileProject]
  .flatMap((project) => Object.entries(project).map(([file, text]) => plain(locatedYaml(text, file))))
  .concat(rich);

type Way = readonly (string | number)[];

const waysIn = (value: Json, way: Way = []): readonly Way[] => {
  const inner = Array.isArray(value)
    ? value.flatMap((item: Json, index) => waysIn(item, [...way, index]))
    : isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => waysIn(item, [...way, key]))
      : [];
  return [way, ...inner];
};

type Change = (value: Json) => Json | undefined;

/** `undefined` takes a value out. */
function at(value: Json, [step, ...rest]: Way, change: Change): Json | undefined {
  if (step === undefined) return change(value);
  if (Array.isArray(value))
    return value.flatMap((item: Json, index) => (index === step ? (at(item, rest, change) ?? []) : [item]));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const changedItem = key === step ? at(item, rest, change) : item;
      return changedItem === undefined ? [] : [[key, changedItem]];
    }),
  );
}

const strange: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>(() => undefined),
  fc
    .constantFrom<Json>(
      null,
      true,
      0,
      -1.5,
      "",
      "x",
      "a b",
      "$.payload.x",
      "V1",
      "PT1S",
      "PT",
      "con",
      [],
      ["x"],
      {},
      { x: {} },
      "SUCCESS",
      "EXIT",
    )
    .map(
      (value): Change =>
        () =>
          value,
    ),
  fc.constantFrom("x", "summary", "type", "inputs", "a b", "default").chain((key) =>
    fc.constantFrom<Json>("x", {}, 7).map(
      (value): Change =>
        (given) =>
          isObject(given) ? { ...given, [key]: value } : given,
    ),
  ),
);

const mutated: fc.Arbitrary<Json> = fc.constantFrom(...known).chain((document) => {
  const ways = waysIn(document).slice(1);
  return fc
    .array(fc.tuple(fc.constantFrom(...ways), strange), { minLength: 1, maxLength: 2 })
    .map((changes) =>
      changes.reduce<Json>(
        (value, [way, change]) => (reach(value, way) ? present(at(value, way, change)) : value),
        document,
      ),
    );
});

const reach = (value: Json, way: Way): boolean =>
  waysIn(value).some((one) => JSON.stringify(one) === JSON.stringify(way));

describe("what an editor says", () => {
  it("is nothing about any artifact that we publish", () => {
    for (const document of known) {
      const kind = kindOf(document);
      const judge = present(accepts.get(kind));
      expect({ judged: judge(document), errors: judge.errors }).toEqual({ judged: true, errors: null });
    }
  });

  it("is what the reader says of the shape of a file", () => {
    fc.assert(
      fc.property(mutated, (document) => {
        const kind = kindOf(document);
        // How a policy is read only its side effect says.
        fc.pre(kind !== "" && kind !== "runtime-binding");
        const judge = present(accepts.get(kind));
        const found = foundIn(document);
        const accepted = judge(document);
        const said = accepted ? found.filter((code) => structural.has(code)) : found;
        expect({ accepted, said: said.length > 0, found, errors: judge.errors }).toMatchObject({
          accepted,
          said: !accepted,
        });
      }),
      { numRuns: 2_000 },
    );
  });
});

it("is not said by a reader of which nobody knows what it reads", () => {
  expect(() => described({}, new Map())).toThrow("impossible");
});

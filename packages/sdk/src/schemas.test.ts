import { plain, type Json } from "@omnibase/core";
import { describe, expect, expectTypeOf, it } from "vitest";
import { defined } from "./definition.ts";
import { documentsOf, type Written } from "./documents.ts";
import type { StandardSchema } from "./standard-schema.ts";
import { withSecrets } from "./with-secrets.ts";

/** A transform, or a workflow, in whose one line stands a schema. */
function written(kind: "transform" | "workflow", input: unknown): Written {
  const intent = { input, next: {} };
  const of = kind === "workflow" ? { code: "WF_A_V0", intent, nodes: {} } : { code: "CT_A_V0", input, output: {} };
  return documentsOf([defined(kind, of, written)], {
    namespace: "demo",
    placeOf: () => ({ file: "a.ts", line: 1, column: 1 }),
    sourceOf: () => "define({ run: () => ({}) })",
  });
}

const contentOf = ({ documents }: Written): readonly Json[] => documents.map(({ located }) => plain(located));

type Names = { readonly [name: string]: string };

/** A schema as libraries offer it. */
const schema = (input: object, more: object = {}): StandardSchema<Names> => ({
  "~standard": { version: 1, vendor: "test", jsonSchema: { input: () => input, output: () => input } },
  ...more,
});
const properties = { a: { type: "string", minLength: 2 } };

it("writes the schema of a library as JSON Schema where something enters, and as fields elsewhere", () => {
  const said = schema({ type: "object", properties, required: ["a"] });
  expect(contentOf(written("workflow", said))).toMatchObject([
    { intent: { schema: { type: "object", additionalProperties: false, properties, required: ["a"] }, next: {} } },
  ]);
  expect(contentOf(written("transform", said))).toMatchObject([
    { core: { inputs: { a: { type: "string", required: true, min_length: 2, nullable: false } } } },
  ]);
});

it("takes from a library what says nothing, and several types as several ways", () => {
  const record = {
    type: "object",
    propertyNames: { type: "string" },
    additionalProperties: { type: ["number", "string"] },
  };
  const said = schema({
    type: "object",
    properties: {
      propertyNames: record,
      all: { type: "array", items: { anyOf: [record, { type: ["string", "null"] }] } },
    },
    $defs: { none: true },
  });
  const known = { type: "object", additionalProperties: { anyOf: [{ type: "number" }, { type: "string" }] } };
  const [document] = contentOf(written("workflow", said));
  expect(document).toMatchObject({
    intent: {
      schema: {
        properties: {
          propertyNames: known,
          all: { type: "array", items: { anyOf: [known, { type: ["string", "null"] }] } },
        },
      },
    },
  });
  const narrow = schema({ type: "object", properties: { a: { ...record, propertyNames: { enum: ["x"] } } } });
  expect(written("transform", narrow).problems).toMatchObject([{ code: "SCHEMA_FORBIDDEN" }]);
});

it("loses neither of a list of types and the ways beside it", () => {
  const both = { type: ["string", "number"], anyOf: [{ type: "string", minLength: 3 }, { type: "number" }] };
  const said = schema({ type: "object", properties: { a: both } });
  expect(contentOf(written("workflow", said))).toMatchObject([{ intent: { schema: { properties: { a: both } } } }]);
  expect(written("transform", said).problems).toMatchObject([{ code: "SCHEMA_FORBIDDEN" }]);
});

/** A schema of zod 4, which keeps its definition beside what it says. */
const zod = (definition: object, more: object = {}): object => ({ _zod: { def: definition, ...more } });
const ofZod = (definition: object, more: object = {}): object =>
  schema({}, zod({ type: "object", shape: { a: zod(definition, more) } }));

/** A schema of ArkType 2: a function, which throws when it is asked itself. */
const ofArkType = (json: object, toJsonSchema: () => object): unknown =>
  Object.assign(() => ({}), {
    "~standard": { version: 1, vendor: "arktype", jsonSchema: { input: () => ({}), output: () => ({}) } },
    json,
    toJsonSchema,
  });
const throwing = (error: unknown) => (): never => {
  throw error;
};

it("asks ArkType itself, because only then it tells its defaults", () => {
  const said = { type: "object", properties: { n: { type: "integer", default: 3 } } };
  const input = ofArkType({ pattern: [{ flags: "u", rule: "a" }] }, () => said);
  expect(contentOf(written("transform", input))).toMatchObject([
    { core: { inputs: { n: { type: "integer", default: 3 } } } },
  ]);
});

it("takes what zod says in full", () => {
  const input = schema(
    { type: "object", properties },
    zod({ type: "object", shape: { a: zod({ pattern: /^a$/u, format: "regex" }) } }),
  );
  expect(written("transform", input).problems).toEqual([]);
});

it.each<readonly [string, unknown, string]>([
  ["offers none", { "~standard": { version: 1, vendor: "test" } }, "a schema of test offers no JSON Schema"],
  ["refines", schema({}, zod({ checks: [zod({ check: "custom" })] })), "a refinement is not executed"],
  ["changes a text deep inside", ofZod({ check: "overwrite" }), "a transformation is not executed"],
  [
    "transforms, and says what comes of it",
    ofZod({ type: "pipe", in: zod({ type: "transform" }) }),
    "a transformation",
  ],
  ["codes", ofZod({ type: "pipe", transform: () => 1 }), "a transformation is not executed"],
  ["takes something else for what is wrong", ofZod({ type: "catch" }), "a fallback is not executed"],
  [
    "refines what is not known before",
    ofZod({ type: "lazy" }, { innerType: zod({ check: "custom" }) }),
    "a refinement",
  ],
  ["matches in a way of its own", ofZod({ format: "regex", pattern: /a/i }), "the flag of /a/i is not executed"],
  ["converts", ofZod({ coerce: true }), "a conversion is not executed"],
  [
    "narrows",
    ofArkType({}, throwing(Object.assign(new Error("{"), { code: "predicate" }))),
    "calls a predicate is not",
  ],
  ["does not say why", ofArkType({}, throwing(new Error("{"))), "something is not executed"],
  [
    "has flags",
    ofArkType({ pattern: [{ flags: "i", rule: "a" }] }, () => ({})),
    "the flag of a pattern is not executed",
  ],
  ["is none of an object", schema([]), "its JSON Schema is none of an object"],
  [
    "cannot be said",
    { "~standard": { version: 1, vendor: "t", jsonSchema: { input: throwing(new Error("not this")) } } },
    "not this",
  ],
  [
    "throws what is no error",
    { "~standard": { version: 1, vendor: "t", jsonSchema: { input: throwing(1) } } },
    "no error",
  ],
])("refuses a schema that %s", (_, input, message) => {
  for (const made of [written("workflow", input), written("transform", input)]) {
    const said = { message: expect.stringContaining(message), hint: expect.stringMatching(/./) };
    expect(made.problems).toMatchObject([{ code: "SCHEMA_NOT_EXECUTED", ...said }]);
  }
});

it("refuses what JSON Schema says and nobody executes", () => {
  const input = schema({ type: "object", properties: { a: { if: {} } } });
  expect(written("transform", input).problems).toMatchObject([{ code: "SCHEMA_FORBIDDEN" }]);
});

describe("what is secret in a schema", () => {
  const said = schema({ type: "object", properties: { a: { type: "string", secret: true }, b: { type: "string" } } });

  it("is what its library says, and what is said of it here", () => {
    const fields = { a: { secret: true }, b: { secret: true } };
    expect(contentOf(written("transform", withSecrets(said, "b")))).toMatchObject([{ core: { inputs: fields } }]);
    expect(contentOf(written("workflow", withSecrets(said, "b")))).toMatchObject([
      { intent: { schema: { additionalProperties: false, properties: fields } } },
    ]);
    const open = { a: { secret: true }, b: expect.not.objectContaining({ secret: true }) };
    expect(contentOf(written("transform", said))).toMatchObject([{ core: { inputs: open } }]);
  });

  it.each([
    ["has no such name", withSecrets(said, "c"), "it has no c"],
    ["has no names", withSecrets(schema({ type: "object" }), "c"), "it has no c"],
    // @ts-expect-error -- at least one
    ["is said of nothing", withSecrets(said), "nothing is named that is secret"],
    ["is refined", withSecrets(schema({}, zod({ check: "custom" })), "a"), "a refinement is not executed"],
  ])("is refused of one that %s", (_, input, message) => {
    expect(written("workflow", input).problems).toMatchObject([
      { code: "SCHEMA_NOT_EXECUTED", message: expect.stringContaining(message) },
    ]);
  });

  it("has a name that there is, for types", () => {
    const typed: StandardSchema<{ pin: string; name?: string }> = { "~standard": { version: 1, vendor: "test" } };
    expectTypeOf(withSecrets(typed, "pin", "name")).toEqualTypeOf<StandardSchema<{ pin: string; name?: string }>>();
    // @ts-expect-error -- a name that there is not
    withSecrets(typed, "pim");
  });
});

import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { admit } from "../execution/admit.ts";
import type { Fields } from "../graph/field.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { parseJson } from "../value/json-text.ts";
import { present } from "../value/present.ts";
import { inputSchema } from "./input-schema.ts";

/** What is executed of a schema, and what is said against it. */
function read(schema: Json): { readonly fields: Fields | undefined; readonly found: readonly string[] } {
  const found: string[] = [];
  const located = parseJson(JSON.stringify(schema), { file: "a.json", family: "ARTIFACT" });
  if (!located.ok) throw new Error(JSON.stringify(located.error));
  const fields = inputSchema({
    located: located.value,
    spot: { at: located.value.at, path: "" },
    report: ({ code, message, path }) => void found.push(`${code} ${path ?? ""}: ${message}`),
  });
  return { fields, found };
}

const of = (value: Json, more: JsonObject = {}): JsonObject => ({
  type: "object",
  properties: { it: value },
  additionalProperties: false,
  ...more,
});

const ajv = new Ajv2020({ strict: false, allErrors: true, ownProperties: true, multipleOfPrecision: 9 });

const level = (at: number): JsonObject => ({
  type: "object",
  properties: Object.fromEntries(
    ["a", "b", "c"].map((name) => [name, at === 0 ? { type: "string" } : { $ref: `#/$defs/l${String(at - 1)}` }]),
  ),
});

describe("an input that is declared by a JSON Schema", () => {
  it("is admitted with defaults filled in, nested ones too, and every failing field named", () => {
    const { fields } = read({
      type: "object",
      required: ["order"],
      additionalProperties: false,
      properties: {
        order: { type: "string", pattern: "^ORD-[0-9]+$" },
        delivery: {
          type: "object",
          default: {},
          properties: { by: { enum: ["post", "courier"], default: "post" }, floor: { type: ["integer", "null"] } },
        },
      },
    });
    expect(admit(present(fields), { order: "ORD-7" }).payload).toEqual({ order: "ORD-7", delivery: { by: "post" } });
    expect(admit(present(fields), { order: "ORD-7", delivery: { floor: null } }).payload).toEqual({
      order: "ORD-7",
      delivery: { by: "post", floor: null },
    });
    const { nack } = admit(present(fields), { order: "7", delivery: { by: "foot", floor: "top" }, else: 1 });
    expect(nack.map(({ code, field }) => `${code} ${field}`)).toEqual([
      "PATTERN order",
      "ENUM delivery.by",
      "TYPE delivery.floor",
      "UNDECLARED else",
    ]);
  });

  it("may refer to what it defines, and be null where one way is null", () => {
    const address = { type: "object", properties: { street: { type: "string" } }, required: ["street"] };
    const { fields, found } = read(
      of(
        { $ref: "#/$defs/address", default: { street: "Elm" }, description: "where to" },
        {
          $defs: {
            address: { ...address, additionalProperties: false },
            note: { anyOf: [{ $ref: "#/$defs/text" }, { type: "null" }] },
            text: { type: "string" },
          },
          properties: { it: { $ref: "#/$defs/address", default: { street: "Elm" } }, note: { $ref: "#/$defs/note" } },
        },
      ),
    );
    expect(found).toEqual([]);
    expect(fields).toEqual({
      it: {
        type: "object",
        required: false,
        nullable: false,
        fields: { street: { type: "string", required: true, nullable: false } },
        default: { street: "Elm" },
      },
      note: { type: "string", required: false, nullable: true },
    });
  });

  it.each<readonly [Json, string]>([
    [{ type: "string" }, "an input is an object whose every name is declared"],
    [{ type: "object", properties: {} }, "an input is an object whose every name is declared"],
    [{ type: ["object", "null"], properties: {}, additionalProperties: false }, "whose every name is declared"],
    [{ type: "object", additionalProperties: false }, "an input is an object whose every name is declared"],
    [7, "expected a map"],
    [of({ $ref: "https://example.org/schema.json" }), "is nothing in $defs of this schema"],
    [of({ $ref: "file:///etc/passwd" }), "is nothing in $defs of this schema"],
    [of({ $ref: "#/$defs/nobody" }), "is nothing in $defs of this schema"],
    [of({ $ref: "#/$defs/a" }, { $defs: { a: { $ref: "#/$defs/a" } } }), "refers to itself"],
    [of({ $ref: "#/$defs/a" }, { $defs: { a: { type: "array", items: { $ref: "#/$defs/a" } } } }), "refers to itself"],
    [
      of({ $ref: "#/$defs/a", minLength: 3 }, { $defs: { a: { type: "string" } } }),
      "minLength means nothing beside $ref",
    ],
    [of({ type: "string" }, { $defs: { a: { type: "string" } } }), "nothing refers to a"],
    [of({ type: "string", $defs: {} }), "definitions stand at the top of a schema"],
    [of({ anyOf: [{ type: "string" }], type: "string" }), "type means nothing beside anyOf"],
    [of({ anyOf: Array.from({ length: 17 }, () => ({ type: "string" })) }), "any_of names 1 to 16 ways"],
    [of({ anyOf: [{ type: "null" }] }), "any_of names 1 to 16 ways"],
    [of({ anyOf: [{ type: "string", minItems: 1 }] }), "minItems is for a array"],
    [of({ type: "null" }), "only null is no input"],
    [of({ type: ["string", "integer"] }), "a list of types is one type and null"],
    [of({ type: ["string", "null", "null"] }), "a list of types is one type and null"],
    [of({ type: "string-or-null" }), "string-or-null is not one of"],
    [of({ type: ["null", "nothing"] }), "a list of types is one type and null"],
    [of({ type: [["string"]] }), "a list of types is one type and null"],
    [of({ type: "date" }), "date is not one of"],
    [of({ oneOf: [] }), "nothing executes the key oneOf"],
    [of({ minimum: { $data: "1/other" }, type: "number" }), "expected a number"],
    [of({ type: "number", minimum: 3, maximum: 2 }), "minimum is above maximum"],
    [of({ type: "object", minProperties: 3, maxProperties: 2 }), "min_fields is above max_fields"],
    [of({ minimum: 3 }), "minimum means nothing on a field of type any"],
    [of({ minLength: 3 }), "minLength is for a string"],
    [of({ type: "string", minLength: -1 }), "a length is a whole number from 0"],
    [of({ type: "number", multipleOf: 0 }), "multiple_of is above 0"],
    [of({ type: "string", pattern: "(?=x)" }), "invalid"],
    [of({ type: "string", default: 7 }), "default is not of type string"],
    [of({ type: "string", enum: [7] }), "enum holds a value that the other rules refuse"],
    [of({ $ref: "#/$defs/a", default: 7 }, { $defs: { a: { type: "string" } } }), "default is not of type string"],
    [of({ type: "string" }, { required: ["that"] }), "that is required and not declared"],
    [of({ type: "array", items: { type: "null" } }), "only null is no input"],
    [of({ type: "object", additionalProperties: { type: "null" } }), "only null is no input"],
    [of({ type: "object", properties: { a: { type: "null" } } }), "only null is no input"],
    [of({ type: "string", secret: true, default: "x" }), "a secret has neither a default nor an enum"],
    [of({ $ref: "#/$defs/a", secret: true }, { $defs: { a: { enum: ["x"] } } }), "a secret has neither a default"],
    [of({ type: "string", secret: "yes" }), "expected true or false"],
    [of({ type: "string" }, { secret: true }), "an input is not secret as a whole"],
  ])("refuses %j", (schema, message) => {
    const { found } = read(schema);
    expect(found.join("\n")).toContain(message);
    expect(found.every((one) => /^(?:SCHEMA_FORBIDDEN|FIELD_CONTRADICTION|PATTERN_)/.test(one))).toBe(true);
  });

  const inner = (schema: JsonObject): unknown => read(of({ ...schema, type: "object" })).fields?.["it"];

  it.each<readonly [JsonObject, JsonObject]>([
    [{ type: "string", secret: true }, {}],
    [{ anyOf: [{ type: "string" }, { type: "null" }], secret: true }, {}],
    [{ $ref: "#/$defs/a", secret: true }, { $defs: { a: { type: "string" } } }],
    [{ $ref: "#/$defs/a" }, { $defs: { a: { type: "string", secret: true } } }],
  ])("keeps what is secret as fields do: %j", (schema, more) => {
    expect(read(of(schema, more))).toMatchObject({ fields: { it: { type: "string", secret: true } }, found: [] });
    const open = of({ ...schema, secret: false }, more);
    expect(read(open).fields?.["it"]?.secret).toBe("secret" in schema ? undefined : true);
  });

  it("is open deeper down, unless it says otherwise", () => {
    const any = { type: "any", required: false };
    expect(inner({})).toEqual({ type: "object", required: false, nullable: false });
    const maybe = { type: ["integer", "null"], default: null };
    expect(inner({ properties: { floor: maybe } })).toMatchObject({
      fields: { floor: { default: null, nullable: true } },
    });
    expect(inner({ properties: {} })).toMatchObject({ fields: {}, others: any });
    expect(inner({ additionalProperties: false })).toEqual({
      type: "object",
      required: false,
      nullable: false,
      fields: {},
    });
    expect(inner({ additionalProperties: { type: "integer" } })).toMatchObject({ others: { type: "integer" } });
  });

  it("is bounded, however often it refers to the same", () => {
    const $defs = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`l${String(at)}`, level(at)]));
    expect(read(of({ $ref: "#/$defs/l19" }, { $defs })).found.join("\n")).toContain(
      "a schema says at most 1000 things",
    );
  });
});

const scalars: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  "",
  "a",
  "aa",
  "abc",
  "👋",
  null,
  0,
  1,
  2,
  -3,
  0.5,
  6,
  true,
  false,
);
const values: fc.Arbitrary<Json> = fc.letrec<{ readonly value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalars,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

const small = fc.nat(3);
const schemas: fc.Arbitrary<JsonObject> = fc.letrec<{ readonly schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    fc.record(
      { type: fc.constant("string"), minLength: small, pattern: fc.constantFrom("a", "^a", "a$", "^.$", "b|👋") },
      { requiredKeys: ["type"] },
    ),
    fc.record(
      {
        type: fc.constantFrom("number", "integer"),
        minimum: small,
        exclusiveMaximum: fc.integer({ min: 4, max: 6 }),
        multipleOf: fc.constantFrom(2, 0.5),
      },
      { requiredKeys: ["type"] },
    ),
    fc.record({ type: fc.constantFrom<Json>("boolean", ["string", "null"]) }),
    fc.record({ enum: fc.array(scalars, { minLength: 1, maxLength: 3 }) }),
    fc.record({ const: scalars }),
    fc.record(
      {
        type: fc.constant("array"),
        items: tie("schema"),
        minItems: fc.nat(1),
        maxItems: fc.integer({ min: 1, max: 3 }),
        uniqueItems: fc.boolean(),
      },
      { requiredKeys: ["type"] },
    ),
    fc
      .record(
        {
          type: fc.constant("object"),
          properties: fc.dictionary(fc.constantFrom("a", "b"), tie("schema"), { maxKeys: 2, noNullPrototype: true }),
          additionalProperties: fc.oneof(fc.boolean(), tie("schema")),
          minProperties: fc.nat(1),
          maxProperties: fc.integer({ min: 1, max: 3 }),
        },
        { requiredKeys: ["type"] },
      )
      .chain((one) =>
        fc.subarray(Object.keys(one.properties ?? {})).map((required) => Object.assign(one, { required })),
      ),
    fc.record({ anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
  ),
})).schema;

it("admits exactly what JSON Schema says", () => {
  fc.assert(
    fc.property(schemas, fc.array(values, { minLength: 1, maxLength: 5 }), (schema, candidates) => {
      const whole = of(schema, { required: ["it"] });
      const { fields, found } = read(whole);
      expect(found).toEqual([]);
      const judge = ajv.compile(whole);
      for (const value of candidates) {
        const { nack } = admit(present(fields), { it: value });
        expect({ value, admitted: nack.length === 0 }).toEqual({ value, admitted: judge({ it: value }) });
      }
    }),
    { numRuns: 400 },
  );
});

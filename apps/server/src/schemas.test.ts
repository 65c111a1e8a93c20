import { admit, type Field, type Fields, type Json } from "@omnibase/core";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schemaOf } from "./schemas.ts";

const ajv = new Ajv2020({ strict: false });

/** No `null`: where nothing is said of it, it is as if nothing had been sent, and that no schema can say. */
const value = fc.letrec<{ readonly any: Json }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 2 },
    fc.boolean(),
    fc.integer({ min: -5, max: 5 }),
    fc.double({ min: -5, max: 5, noNaN: true }),
    fc.constantFrom("", "a", "ab", "äöü", "😀"),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("any"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).any;

const some = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined });
const bound = some(fc.integer({ min: 0, max: 3 }));

const field = fc.letrec<{ readonly field: Field; readonly fields: Fields }>((tie) => ({
  fields: fc.dictionary(fc.constantFrom("a", "b"), tie("field"), { maxKeys: 2, noNullPrototype: true }),
  field: fc
    .record({
      type: fc.constantFrom("string", "number", "integer", "boolean", "object", "array", "any"),
      required: fc.boolean(),
      min_length: bound,
      max_length: bound,
      minimum: bound,
      exclusive_maximum: bound,
      fields: fc.option(tie("fields"), { nil: undefined, maxDepth: 2 }),
      items: fc.option(tie("field"), { nil: undefined, maxDepth: 2 }),
      unique: some(fc.constant<true>(true)),
    })
    .map(sound),
}));

/** The compiler lets a rule stand only where it is about the type. */
function sound({ fields, items, max_length, min_length, minimum, exclusive_maximum, unique, ...rest }: Loose): Field {
  const isSized = rest.type === "string" || rest.type === "array";
  const isNumber = rest.type === "number" || rest.type === "integer";
  return {
    ...rest,
    ...(isSized && min_length !== undefined ? { min_length } : {}),
    ...(isSized && max_length !== undefined ? { max_length } : {}),
    ...(isNumber && minimum !== undefined ? { minimum } : {}),
    ...(isNumber && exclusive_maximum !== undefined ? { exclusive_maximum } : {}),
    ...(rest.type === "object" && fields !== undefined ? { fields } : {}),
    ...(rest.type === "array" && items !== undefined ? { items } : {}),
    ...(rest.type === "array" && unique === true ? { unique } : {}),
  };
}

type Loose = Pick<Field, "required" | "type"> & {
  readonly [Name in "min_length" | "max_length" | "minimum" | "exclusive_maximum"]: number | undefined;
} & {
  readonly fields: Fields | undefined;
  readonly items: Field | undefined;
  readonly unique: true | undefined;
};

describe("the schema of fields", () => {
  it("lets in exactly what is let in", () => {
    const body = fc.dictionary(fc.constantFrom("a", "b", "c"), value, { maxKeys: 3, noNullPrototype: true });
    fc.assert(
      fc.property(field.fields, body, (fields, sent) => {
        const isAdmitted = admit(fields, sent).nack.length === 0;
        expect([isAdmitted, sent]).toEqual([ajv.validate(schemaOf(fields), sent), sent]);
      }),
      { numRuns: 300 },
    );
  });

  it("says what it is where a field may be several things, or null", () => {
    const text: Field = { type: "string", required: true };
    const several: Field = { type: "any", required: true, any_of: [text, { type: "integer", required: true }] };
    const fields: Fields = {
      one: { ...text, nullable: true },
      several,
      more: { ...text, type: "object", others: text },
    };
    const schema = schemaOf(fields);
    for (const [sent, isLetIn] of [
      [{ one: null, several: 1, more: { x: "y" } }, true],
      [{ one: "", several: "x", more: {} }, true],
      [{ one: "", several: true, more: {} }, false],
      [{ one: "", several: 1, more: { x: 1 } }, false],
    ] as const) {
      expect([sent, admit(fields, sent).nack.length === 0]).toEqual([sent, isLetIn]);
      expect([sent, ajv.validate(schema, sent)]).toEqual([sent, isLetIn]);
    }
  });
});

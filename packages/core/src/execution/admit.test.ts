import { describe, expect, it } from "vitest";
import type { Field, Fields } from "../graph/field.ts";
import type { Json } from "../value/json.ts";
import { admit } from "./admit.ts";

const optional = (field: Omit<Field, "required">): Field => ({ ...field, required: false });
const one = (field: Omit<Field, "required">): Fields => ({ value: optional(field) });
const codesOf = (fields: Fields, received: Json): readonly string[] =>
  admit(fields, received).nack.map(({ code }) => code);

describe("an admission", () => {
  it("admits what was declared, with defaults applied", () => {
    const fields: Fields = {
      name: { type: "string", required: true },
      count: optional({ type: "integer", default: 3 }),
      note: optional({ type: "string" }),
    };
    expect(admit(fields, { name: "ada" })).toEqual({ payload: { name: "ada", count: 3 }, nack: [] });
    expect(admit(fields, { name: "ada", count: null })).toEqual({ payload: { name: "ada", count: 3 }, nack: [] });
  });

  it("names every field that fails, and where it is", () => {
    const fields: Fields = {
      name: { type: "string", required: true },
      supplier: { type: "object", required: true, fields: { email: { type: "string", required: true } } },
      tags: optional({ type: "array", items: { type: "string", required: true } }),
    };
    expect(admit(fields, { supplier: { mail: 1 }, tags: ["a", 2], toString: 1 }).nack).toEqual([
      { field: "name", code: "REQUIRED", message: "name is required" },
      { field: "supplier.email", code: "REQUIRED", message: "supplier.email is required" },
      { field: "supplier.mail", code: "UNDECLARED", message: "supplier.mail is not declared" },
      { field: "tags[1]", code: "TYPE", message: "tags[1] is not of type string" },
      { field: "toString", code: "UNDECLARED", message: "toString is not declared" },
    ]);
  });

  it("lets through what is not declared, at every depth, where it is open", () => {
    const fields: Fields = {
      name: { type: "string", required: true },
      tags: optional({ type: "array", items: { type: "object", required: true, fields: {} } }),
    };
    const received = { name: "ada", more: null, tags: [{ a: 1 }] };
    expect(admit(fields, received, true)).toEqual({ payload: received, nack: [] });
    expect(admit(fields, { more: 1 }, true).nack.map(({ code }) => code)).toEqual(["REQUIRED"]);
  });

  it.each([[null], ["text"], [[1]]])("refuses an input that is no object: %j", (received: Json) => {
    const nack = [{ field: "", code: "TYPE", message: "the input is not an object" }];
    expect(admit({}, received)).toEqual({ payload: received, nack });
  });

  it.each<readonly [Field["type"], Json, Json]>([
    ["string", "a", 1],
    ["number", 1.5, "1.5"],
    ["integer", 1, 1.5],
    ["boolean", false, 0],
    ["object", {}, []],
    ["array", [], {}],
  ])("knows a value of type %s", (type, right, wrong) => {
    expect(codesOf(one({ type }), { value: right })).toEqual([]);
    expect(codesOf(one({ type }), { value: wrong })).toEqual(["TYPE"]);
  });

  it("takes any value where any is declared", () => {
    expect(codesOf(one({ type: "any" }), { value: [1, { a: "b" }] })).toEqual([]);
  });

  it.each<readonly [string, Omit<Field, "required">, Json, Json]>([
    ["ENUM", { type: "any", enum: [{ a: 1, b: 2 }, "x"] }, { b: 2, a: 1 }, "y"],
    ["MIN_LENGTH", { type: "string", min_length: 2 }, "ab", "\u{1F600}"],
    ["MAX_LENGTH", { type: "string", max_length: 1 }, "\u{1F600}", "ab"],
    ["MIN_LENGTH", { type: "array", min_length: 1 }, [1], []],
    ["MAX_LENGTH", { type: "array", max_length: 1 }, [1], [1, 2]],
    ["MINIMUM", { type: "number", minimum: 0 }, 0, -0.1],
    ["MAXIMUM", { type: "integer", maximum: 9 }, 9, 10],
    ["FORMAT", { type: "string", format: "email" }, "ada@example.org", "ada at example.org"],
    ["FORMAT", { type: "string", format: "date-time" }, "2026-01-01T00:00:00.5+01:00", "2026-01-01"],
  ])("knows its bounds: %s of %j", (code, field, right, wrong) => {
    expect(codesOf(one(field), { value: right })).toEqual([]);
    expect(codesOf(one(field), { value: wrong })).toEqual([code]);
  });

  it("asks for a format only of text", () => {
    expect(codesOf(one({ type: "any", format: "email" }), { value: 7 })).toEqual([]);
  });
});

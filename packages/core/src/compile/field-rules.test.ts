import { expect, it } from "vitest";
import type { Field, FieldType } from "../graph/field.ts";
import { fieldAt, misfit } from "./field-rules.ts";

const of = (type: FieldType, more: Partial<Field> = {}): Field => ({ type, required: false, ...more });
const required: Field = { type: "string", required: true };

it("follows a path through declared objects, and trusts undeclared ones", () => {
  const person = of("object", { fields: { name: required, rest: of("object"), more: of("any") } });
  expect(fieldAt(person, ["name"])).toBe(required);
  expect(fieldAt(person, ["rest", "x", "y"])?.type).toBe("any");
  expect(fieldAt(person, ["more", "x"])?.type).toBe("any");
  expect(fieldAt(person, ["nobody"])).toBeUndefined();
  expect(fieldAt(person, ["name", "first", "letter"])).toBeUndefined();
  expect(fieldAt(person, ["toString"])).toBeUndefined();
});

it("lets a whole number be a number, and not the other way round", () => {
  expect(misfit(of("integer"), of("number"))).toBeUndefined();
  expect(misfit(of("number"), of("integer"))).toBe("number where integer is declared");
  expect(misfit(of("any"), of("integer"))).toBeUndefined();
  expect(misfit(of("integer"), of("any"))).toBeUndefined();
});

it("looks into objects and lists where both sides declare them", () => {
  const a = of("object", { fields: { a: of("string") } });
  expect(misfit(a, of("object"))).toBeUndefined();
  expect(misfit(a, of("object", { fields: { a: of("string"), b: of("string") } }))).toBeUndefined();
  expect(misfit(a, of("object", { fields: { b: required } }))).toBe("an object without b, which is required");
  expect(misfit(a, of("object", { fields: { a: of("boolean") } }))).toBe("string where boolean is declared, at a");
  expect(misfit(of("array", { items: a }), of("array"))).toBeUndefined();
  expect(misfit(of("array"), of("array", { items: a }))).toBeUndefined();
  expect(misfit(of("array", { items: a }), of("array", { items: required }))).toBe("object where string is declared");
});

it("follows a path to what may stand beside declared fields, which need not be there", () => {
  const counts = of("object", { fields: { name: required }, others: of("integer", { required: true }) });
  expect(fieldAt(counts, ["name"])).toBe(required);
  expect(fieldAt(counts, ["apples"])).toEqual(of("integer"));
  expect(fieldAt(of("object", { others: required }), ["x"])).toEqual(of("string"));
});

it("lets null stand only where null may stand", () => {
  expect(misfit(of("string", { nullable: true }), of("string"))).toBe("string or null where string is declared");
  expect(misfit(of("string", { nullable: true }), of("string", { nullable: true }))).toBeUndefined();
  expect(misfit(of("string"), of("string", { nullable: true }))).toBeUndefined();
  expect(misfit(of("string", { nullable: true }), of("any"))).toBeUndefined();
});

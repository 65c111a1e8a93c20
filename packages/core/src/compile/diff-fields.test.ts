import { expect, it } from "vitest";
import type { Field } from "../graph/field.ts";
import { fieldChanges } from "./diff-fields.ts";

const text: Field = { type: "string", required: true };
const list: Field = { type: "array", required: true };
const object: Field = { type: "object", required: true };

const there = (was: Field, is: Field): readonly string[] =>
  fieldChanges({ a: was }, { a: is }).map(({ allows, message }) => `${allows}: ${message}`);

it.each<readonly [string, Field, Field, string, string]>([
  [
    "it is required no more",
    text,
    { ...text, required: false },
    "more: a is required no more",
    "less: a is required now",
  ],
  [
    "it is matched",
    text,
    { ...text, pattern: "^A" },
    "less: a: pattern none became ^A",
    "more: a: pattern ^A became none",
  ],
  [
    "it is matched otherwise",
    { ...text, pattern: "^B" },
    { ...text, pattern: "^A" },
    "unknown: a: pattern ^B became ^A",
    "unknown: a: pattern ^A became ^B",
  ],
  [
    "items differ",
    list,
    { ...list, unique: true },
    "less: a: unique none became true",
    "more: a: unique true became none",
  ],
  ["it is secret", text, { ...text, secret: true }, "less: a is secret now", "more: a is secret no more"],
  ["it may be null", text, { ...text, nullable: true }, "more: a may be null now", "less: a may be null no more"],
  [
    "it is one of several",
    { type: "any", required: true },
    { type: "any", required: true, any_of: [text] },
    'less: a: any_of none became [{"required":true,"type":"string"}]',
    'more: a: any_of [{"required":true,"type":"string"}] became none',
  ],
  [
    "it holds more",
    { ...object, fields: {} },
    { ...object, fields: {}, others: text },
    "more: a: something may stand beside what is declared now",
    "less: a: nothing may stand beside what is declared now",
  ],
  [
    "what it holds is of a type",
    object,
    { ...object, others: text },
    "unknown: a: something may stand beside what is declared now",
    "unknown: a: nothing may stand beside what is declared now",
  ],
  [
    "what else it holds is longer",
    { ...object, others: { ...text, max_length: 3 } },
    { ...object, others: { ...text, max_length: 4 } },
    "more: a.*: max_length 3 became 4",
    "less: a.*: max_length 4 became 3",
  ],
  [
    "its default changes",
    text,
    { ...text, default: "x" },
    'unknown: a: default none became "x"',
    'unknown: a: default "x" became none',
  ],
  [
    "its type changes",
    text,
    { ...text, type: "any" },
    "unknown: a: type string became any",
    "unknown: a: type any became string",
  ],
  [
    "it is one of a few",
    text,
    { ...text, enum: ["x"] },
    'less: a: only ["x"] now',
    'more: a: any value, no more only ["x"]',
  ],
  [
    "it is one of more",
    { ...text, enum: ["x"] },
    { ...text, enum: ["y", "x"] },
    'more: a: "y" is new',
    'less: a: "y" is gone',
  ],
  [
    "it may be shorter",
    { ...text, min_length: 2 },
    text,
    "more: a: min_length 2 became none",
    "less: a: min_length none became 2",
  ],
  [
    "it may be larger",
    { ...text, maximum: 2 },
    { ...text, maximum: 3 },
    "more: a: maximum 2 became 3",
    "less: a: maximum 3 became 2",
  ],
  [
    "it has a format",
    text,
    { ...text, format: "email" },
    "less: a: format none became email",
    "more: a: format email became none",
  ],
  [
    "it has another format",
    { ...text, format: "date-time" },
    { ...text, format: "email" },
    "unknown: a: format date-time became email",
    "unknown: a: format email became date-time",
  ],
  [
    "its items are declared",
    list,
    { ...list, items: text },
    "less: a[]: what is inside is declared now",
    "more: a[]: anything may be inside now",
  ],
  [
    "its items may be less",
    { ...list, items: { ...text, minimum: 1 } },
    { ...list, items: { ...text, minimum: 0 } },
    "more: a[]: minimum 1 became 0",
    "less: a[]: minimum 0 became 1",
  ],
  [
    "it has a field more",
    { ...object, fields: {} },
    { ...object, fields: { b: text } },
    "more: a.b is new",
    "less: a.b is gone",
  ],
])("tells both ways when %s", (...[, was, is, ...told]) => {
  const [forth, back] = told;
  expect(there(was, is)).toEqual([forth]);
  expect(there(is, was)).toEqual([back]);
  expect(there(is, is)).toEqual([]);
});

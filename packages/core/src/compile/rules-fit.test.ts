import { expect, it } from "vitest";
import type { Field } from "../graph/field.ts";
import { misfit } from "./field-rules.ts";

const of = (type: Field["type"], more: Partial<Field> = {}): Field => ({ type, required: true, ...more });

it.each([
  [
    "an enum that is wider",
    of("string", { enum: ["a", "b"] }),
    of("string", { enum: ["a"] }),
    'it may be "b", which is not declared',
  ],
  ["an enum that is narrower", of("string", { enum: ["a"] }), of("string", { enum: ["a", "b"] }), undefined],
  ["an enum where any text may be", of("string", { enum: ["a"] }), of("string"), undefined],
  ["any text where an enum is", of("string"), of("string", { enum: ["a"] }), undefined],
  [
    "another format",
    of("string", { format: "email" }),
    of("string", { format: "date-time" }),
    "email where date-time is declared",
  ],
  ["the same format", of("string", { format: "email" }), of("string", { format: "email" }), undefined],
  [
    "a text that may be longer",
    of("string", { max_length: 9 }),
    of("string", { max_length: 8 }),
    "it may be longer than 8, which is declared",
  ],
  [
    "a text that may be shorter",
    of("string", { min_length: 0 }),
    of("string", { min_length: 1 }),
    "it may be shorter than 1, which is declared",
  ],
  [
    "a number that may be more",
    of("integer", { maximum: 9 }),
    of("number", { maximum: 8 }),
    "it may be more than 8, which is declared",
  ],
  [
    "a number that may be less",
    of("integer", { minimum: 0 }),
    of("integer", { minimum: 1 }),
    "it may be less than 1, which is declared",
  ],
  ["narrower bounds", of("integer", { minimum: 2, maximum: 3 }), of("integer", { minimum: 1, maximum: 3 }), undefined],
  ["no bounds where some are", of("integer"), of("integer", { minimum: 1 }), undefined],
  [
    "rules of what is inside",
    of("object", { fields: { n: of("integer", { maximum: 9 }) } }),
    of("object", { fields: { n: of("integer", { maximum: 8 }) } }),
    "it may be more than 8, which is declared, at n",
  ],
  [
    "rules of items",
    of("array", { items: of("string", { enum: ["a"] }) }),
    of("array", { items: of("string", { enum: ["b"] }) }),
    'it may be "a", which is not declared',
  ],
  [
    "an object whose part may be absent",
    of("object", { fields: { n: of("integer", { required: false }) } }),
    of("object", { fields: { n: of("integer") } }),
    "an object whose n may be absent, and is required",
  ],
  [
    "an object whose part has a default",
    of("object", { fields: { n: of("integer", { required: false, default: 1 }) } }),
    of("object", { fields: { n: of("integer") } }),
    undefined,
  ],
] as const)("compares rules, too: %s", (_, from, to, why) => {
  expect(misfit(from, to)).toBe(why);
});

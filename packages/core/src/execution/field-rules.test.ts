import { expect, it } from "vitest";
import type { Field } from "../graph/field.ts";
import type { Json } from "../value/json.ts";
import { admit } from "./admit.ts";

const found = (field: Omit<Field, "required">, value: Json): readonly string[] =>
  admit({ it: { ...field, required: true } }, { it: value }).nack.map(({ code, message }) => `${code}: ${message}`);

it.each<readonly [Omit<Field, "required">, Json, readonly string[]]>([
  [{ type: "number", exclusive_minimum: 0 }, 0.1, []],
  [{ type: "number", exclusive_minimum: 0 }, 0, ["MINIMUM: it is not greater than 0"]],
  [{ type: "number", exclusive_maximum: 1 }, 1, ["MAXIMUM: it is not less than 1"]],
  [{ type: "number", multiple_of: 0.1 }, 0.3, []],
  [{ type: "number", multiple_of: 0.01 }, 19.99, []],
  [{ type: "number", multiple_of: 0.01 }, 19.995, ["MULTIPLE_OF: it is no multiple of 0.01"]],
  [{ type: "integer", multiple_of: 5 }, -15, []],
  [{ type: "number", multiple_of: 1e-7 }, 3e-7, []],
  [{ type: "number", multiple_of: 1e300 }, 1e301, []],
  [{ type: "number", multiple_of: 3 }, 1e21, ["MULTIPLE_OF: it is no multiple of 3"]],
  [{ type: "string", pattern: "^SUP-[0-9]{3}$" }, "SUP-123", []],
  [{ type: "string", pattern: "^SUP-[0-9]{3}$" }, "SUP-12", ["PATTERN: it does not match ^SUP-[0-9]{3}$"]],
  [{ type: "string", format: "date" }, "2026-02-28", []],
  [{ type: "string", format: "date" }, "2026-02-29", ["FORMAT: it is not in the format date"]],
  [{ type: "string", format: "date" }, "2026-2-28", ["FORMAT: it is not in the format date"]],
  [{ type: "string", format: "uuid" }, "019AA5D2-7c00-7000-8000-000000000001", []],
  [{ type: "string", format: "uuid" }, "019aa5d27c0070008000000000000001", ["FORMAT: it is not in the format uuid"]],
  [{ type: "array", unique: true }, [1, "1", { a: 1, b: 2 }], []],
  [
    { type: "array", unique: true },
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    ["UNIQUE: it holds an item twice"],
  ],
  [{ type: "object", min_fields: 1 }, {}, ["MIN_FIELDS: it has fewer than 1 fields"]],
  [{ type: "object", max_fields: 1 }, { a: 1, b: 2 }, ["MAX_FIELDS: it has more than 1 fields"]],
  [{ type: "object", others: { type: "string", required: false } }, { a: "x", b: "y" }, []],
  [{ type: "object", others: { type: "string", required: false } }, { a: 1 }, ["TYPE: it.a is not of type string"]],
  [{ type: "string", nullable: true }, null, []],
  [{ type: "string" }, null, ["REQUIRED: it is required"]],
  [{ type: "array", items: { type: "string", required: false, nullable: true } }, [null, "x"], []],
])("a field %j holds %j: %j", (field, value, problems) => {
  expect(found(field, value)).toEqual(problems);
});

const oneOf: Omit<Field, "required"> = {
  type: "any",
  any_of: [
    { type: "object", required: false, fields: { by: { type: "string", required: true, default: "card" } } },
    { type: "integer", required: false, minimum: 3 },
  ],
};

it("is as the first of the ways that it fits, with what is filled in there", () => {
  expect(admit({ it: { ...oneOf, required: true } }, { it: {} })).toEqual({
    payload: { it: { by: "card" } },
    nack: [],
  });
  expect(admit({ it: { ...oneOf, required: true } }, { it: 4 })).toEqual({ payload: { it: 4 }, nack: [] });
  expect(found(oneOf, 2)).toEqual([
    "ANY_OF: it fits none of what it may be: it is not of type object; it is less than 3",
  ]);
});

it("matches a pattern as often as it is asked", () => {
  const field: Field = { type: "string", required: true, pattern: "^a+$" };
  expect(["a", "aa", "b"].map((value) => admit({ it: field }, { it: value }).nack.length)).toEqual([0, 0, 1]);
});

it("is loud about a pattern that nobody could have sealed", () => {
  expect(() => found({ type: "string", pattern: "(" }, "x")).toThrow("impossible");
});

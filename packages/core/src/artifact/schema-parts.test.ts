import { expect, it } from "vitest";
import { coreOf, exchanged, inside, listAt } from "./schema-parts.ts";

const schema = { properties: { core: { properties: { a: {}, b: {} }, required: ["a"] } }, required: ["core"] };

it("is what an artifact means, without what it says of itself", () => {
  expect(coreOf(() => schema)(new Map())).toEqual(schema.properties.core);
  expect(coreOf(() => ({}))(new Map())).toEqual({});
});

it("takes keys out of a map and puts others in, whether or not any was required", () => {
  const more = { c: (): { readonly type: string } => ({ type: "string" }) };
  expect(exchanged(() => schema.properties.core, ["a"], more)(new Map())).toEqual({
    properties: { b: {}, c: { type: "string" } },
    required: ["c"],
  });
  expect(exchanged(() => ({ properties: { a: {} } }), [], {})(new Map())).toEqual({
    properties: { a: {} },
    required: [],
  });
});

it("finds nothing in what is no map and no list", () => {
  expect([inside(7, "a"), inside({ a: [] }, "a"), listAt({})]).toEqual([{}, {}, []]);
});

import { callTo, effectWork, oneStep } from "@omnibase/testkit";
import { expect, it } from "vitest";
import type { Fields } from "../graph/field.ts";
import { placeChanges } from "./diff-places.ts";

const plain: Fields = { token: { type: "string", required: true } };
const secret: Fields = { token: { type: "string", required: true, secret: true } };

const told = (was: Fields | undefined, is: Fields | undefined): readonly string[] => {
  const [before, after] = [was, is].map((answers) =>
    oneStep(callTo(effectWork(), answers === undefined ? {} : { answers })),
  );
  if (before === undefined || after === undefined) return [];
  return placeChanges(before, after).map(({ allows, message }) => `${allows}: ${message}`);
};

it("tells what is recorded for everybody to read, and was not", () => {
  expect(told(secret, plain)).toEqual(["more: answers token is secret no more"]);
  expect(told(secret, undefined)).toEqual(["more: records all that it answers for everybody to read"]);
  expect(told(secret, secret)).toEqual([]);
});

it("tells what is sealed, and was not", () => {
  expect(told(plain, secret)).toEqual(["less: answers token is secret now"]);
  expect(told(undefined, secret)).toEqual(["less: records sealed what is not declared public now"]);
});

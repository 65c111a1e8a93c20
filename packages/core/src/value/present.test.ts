import { expect, it } from "vitest";
import { ownValue, present } from "./present.ts";

it("crashes where what was certain is absent", () => {
  expect(present(0)).toBe(0);
  expect(() => present(undefined)).toThrow("impossible");
});

it("does not find what every object inherits", () => {
  expect(ownValue({ a: 1 }, "a")).toBe(1);
  expect(ownValue<unknown>({ a: 1 }, "toString")).toBeUndefined();
});

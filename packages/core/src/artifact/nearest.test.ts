import { expect, it } from "vitest";
import { meantHint, nearest } from "./nearest.ts";

it("finds the name that was probably meant, whatever its case", () => {
  expect(nearest("sucess", ["VIOLATION", "SUCCESS", "SUCCESSES"])).toBe("SUCCESS");
  expect(meantHint("sumary", ["summary"])).toEqual({ hint: "did you mean summary?" });
});

it("says nothing where nothing is near, or where looking would cost too much", () => {
  expect(nearest("name", ["workflow", "x"])).toBeUndefined();
  expect(nearest("x".repeat(65), ["x".repeat(65)])).toBeUndefined();
  expect(nearest("last", [...Array.from({ length: 200 }, (_, at) => `other${String(at)}`), "last"])).toBeUndefined();
  expect(meantHint("name", [])).toEqual({});
});

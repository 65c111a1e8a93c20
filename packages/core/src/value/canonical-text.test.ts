import { describe, expect, it } from "vitest";
import { parseCanonical } from "./canonical-text.ts";

describe("parseCanonical", () => {
  it("reads the canonical spelling", () => {
    expect(parseCanonical('{"a":[1,null,"é"],"b":{}}')).toEqual({ a: [1, null, "é"], b: {} });
  });

  it.each([
    ["no JSON", "{"],
    ["white space", '{"a": 1}'],
    ["keys out of order", '{"b":1,"a":2}'],
    ["a key twice", '{"a":1,"a":1}'],
    ["another spelling of a number", "1.0"],
    ["a number that rounds", "9007199254740993"],
    ["a number beyond all bounds", "1e999"],
    ["minus nought", "-0"],
    ["an escape that is not needed", '"\\u0061"'],
    ["a lone surrogate", '"\\ud800"'],
    ["more depth than a value may have", "[".repeat(5_000) + "]".repeat(5_000)],
    ["a byte order mark", "\uFEFF{}"],
  ])("refuses %s", (_, text) => {
    expect(parseCanonical(text)).toBeUndefined();
  });
});

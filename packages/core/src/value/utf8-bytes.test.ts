import * as fc from "fast-check";
import { expect, it } from "vitest";
import { utf8Bytes } from "./utf8-bytes.ts";

it("writes what the platform writes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(utf8Bytes(text)).toEqual(new TextEncoder().encode(text));
    }),
    { examples: [["aé€👋\u{10FFFF}"]] },
  );
});

it.each(["\uD800", "\uDC00", "a\uD83Db"])("crashes at the lone surrogate of %j", (text) => {
  expect(() => utf8Bytes(text)).toThrow("impossible: a lone surrogate");
});

import * as fc from "fast-check";
import { expect, it } from "vitest";
import { utf8Length } from "./utf8-length.ts";

it("counts the bytes that an encoder writes, also for half a surrogate pair", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.constantFrom("", "\uD800", "\uDC00", "\u00E9", "\uFFFF"),
      (text, tail) => {
        expect(utf8Length(tail + text + tail)).toBe(new TextEncoder().encode(tail + text + tail).length);
      },
    ),
  );
});

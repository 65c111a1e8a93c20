import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base64Bytes, base64Text } from "./base64.ts";

describe("base64", () => {
  it("writes what the platform writes, and reads it back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = base64Text(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64"));
        expect(base64Bytes(text)).toEqual(bytes);
      }),
    );
  });

  it("reads no other spelling of the same bytes", () => {
    const text = fc.stringMatching(/^[AQZz09+/=\-_ \n]{0,12}$/);
    fc.assert(
      fc.property(text, (given) => {
        const bytes = base64Bytes(given);
        expect(bytes === undefined ? given : base64Text(bytes)).toBe(given);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ["a missing padding", "QQ"],
    ["white space", "QUJD\n"],
    ["the alphabet of addresses", "-_-_"],
    ["padding in the middle", "Q===QUJD"],
    ["nothing but padding", "===="],
    ["bits of no byte, after one byte", "QR=="],
    ["bits of no byte, after two bytes", "QUJ="],
  ])("refuses %s", (_, text) => {
    expect(base64Bytes(text)).toBeUndefined();
  });
});

import canonicalize from "canonicalize";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "./canonical.ts";
import type { Json } from "./json.ts";
import { limits } from "./limits.ts";

/** What JSON cannot say reaches the writer only by a bug, so the tests have to forge it. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the forgery is the point
const forged = (value: unknown): Json => value as Json;

const wellFormed = fc.string({ unit: "grapheme" });
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    wellFormed,
    fc.array(tie("json")),
    fc.dictionary(wellFormed, tie("json")),
  ),
}));

describe("canonical", () => {
  it("agrees with an independent implementation of RFC 8785 on any value", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonical(forged(value))).toBe(canonicalize(value));
      }),
      { numRuns: 1_000 },
    );
  });

  it("sorts keys by UTF-16 code units, whatever the language of the machine", () => {
    expect(canonical({ ä: 1, z: 2, a: 3, Z: 4, "\u{1F600}": 5, "\uFB33": 6 })).toBe(
      '{"Z":4,"a":3,"z":2,"ä":1,"\u{1F600}":5,"\uFB33":6}',
    );
  });

  it("writes -0 as 0, and a number in one way only", () => {
    expect(canonical([-0, 0.1, 1e-1, 1e21, 1e20])).toBe("[0,0.1,0.1,1e+21,100000000000000000000]");
  });

  it("keeps text in NFC apart from text in NFD", () => {
    expect(canonical("\u00E9")).not.toBe(canonical("e\u0301"));
  });

  it("takes an object without a prototype", () => {
    expect(canonical(forged(Object.assign(Object.create(null), { b: 1, a: 2 })))).toBe('{"a":2,"b":1}');
  });

  it.each([
    ["NaN", Number.NaN],
    ["Infinity", [Number.POSITIVE_INFINITY]],
    ["a lone surrogate", "\uD800"],
    ["a lone surrogate", { "\uDC00": 1 }],
    ["undefined", { a: undefined }],
    ["undefined", [undefined]],
    ["bigint", 1n],
    ["an instance of a class", new Map()],
    ["an instance of a class", { at: new Error("x") }],
  ])("is loud about %s", (what, value) => {
    expect(() => canonical(forged(value))).toThrow(`impossible: ${what} has no canonical form`);
  });

  it("is loud about a cycle, long before the stack ends", () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(() => canonical(forged(cycle))).toThrow(`deeper than ${String(limits.canonicalDepthMax)}`);
  });
});

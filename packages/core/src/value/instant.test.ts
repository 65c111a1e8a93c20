import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantMs, instantText, momentMs } from "./instant.ts";

describe("an instant", () => {
  it("is written as RFC 3339 in UTC with milliseconds, on every day of the calendar", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (ms) => {
        // oxlint-disable-next-line no-restricted-globals -- the platform's calendar is the oracle for ours
        expect(instantText(ms)).toBe(new Date(ms).toISOString());
        expect(instantMs(instantText(ms))).toBe(ms);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(["2026-02-30T00:00:00.000Z", "2026-13-01T00:00:00.000Z", "2026-01-01T24:00:00.000Z", "2026-01-01", "soon"])(
    "is not read from %s",
    (text) => {
      expect(instantMs(text)).toBeUndefined();
    },
  );

  it.each([
    ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000Z"],
    ["2026-01-01T09:30:00.5+01:30", "2026-01-01T08:00:00.500Z"],
    ["2025-12-31T23:00:00.123456-02:00", "2026-01-01T01:00:00.123Z"],
  ])("that a person wrote as %s is %s", (written, text) => {
    expect(momentMs(written)).toBe(instantMs(text));
  });

  it.each(["2026-01-01T00:00:00", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00+24:00", "soon"])(
    "is not what a person wrote as %s",
    (written) => {
      expect(momentMs(written)).toBeUndefined();
    },
  );
});

import { describe, expect, it } from "vitest";
import { parsePattern } from "./pattern.ts";

const found = (source: string, text: string): boolean => {
  const parsed = parsePattern(source);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value.test(text);
};

describe("a pattern", () => {
  it.each([
    ["^SUP-[0-9]{3}$", "SUP-123", true],
    ["^SUP-[0-9]{3}$", "SUP-12", false],
    ["b", "abc", true],
    ["^.$", "👋", true],
    ["", "", true],
  ])("%s in %s: %s", (source, text, is) => {
    expect(found(source, text)).toBe(is);
  });

  it.each([["(a+)+$"], ["(a|a)*b"], ["(.*a){20}"]])("%s takes no longer for a text that nearly fits", (source) => {
    const started = performance.now();
    found(source, `${"a".repeat(5_000)}!`);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it.each([
    [String.raw`(a)\1`, "PATTERN_UNSUPPORTED"],
    ["(?<=a)b", "PATTERN_UNSUPPORTED"],
    [String.raw`\p{Nobody}`, "PATTERN_UNSUPPORTED"],
    ["[a", "PATTERN_UNSUPPORTED"],
    ["(?:a?){1000}a{1000}", "PATTERN_TOO_COMPLEX"],
    ["a{100000}", "PATTERN_TOO_COMPLEX"],
    ["a".repeat(1_025), "PATTERN_TOO_COMPLEX"],
  ])("%s is refused", (source, code) => {
    expect(parsePattern(source)).toMatchObject({ ok: false, error: { code } });
  });
});

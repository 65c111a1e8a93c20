import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonFamily } from "./json-cursor.ts";
import { decodeUtf8 } from "./utf8-text.ts";

const file = "a.yaml";
const encoder = new TextEncoder();

const decoded = (bytes: readonly number[] | Uint8Array, family: JsonFamily): string => {
  const result = decodeUtf8(Uint8Array.from(bytes), { file, family });
  if (result.ok) return result.value;
  const [problem] = result.error;
  return `${problem?.code ?? ""} ${String(problem?.at.line)}:${String(problem?.at.column)} ${problem?.message ?? ""}`;
};

describe("decodeUtf8", () => {
  it("reads every well-formed text, in pieces of any length", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 50 }), fc.nat(400), (text, times) => {
        const long = text.repeat(times);
        expect(decoded(encoder.encode(long), "PAYLOAD")).toBe(long);
      }),
    );
  });

  it("accepts and refuses exactly what the platform's strict decoder does", () => {
    const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const bytes = fc.array(
      fc.constantFrom(0x41, 0x7f, 0x80, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5),
    );
    fc.assert(
      fc.property(bytes, (given) => {
        const result = decodeUtf8(Uint8Array.from(given), { file, family: "PAYLOAD" });
        const expected = ((): string | undefined => {
          try {
            return strict.decode(Uint8Array.from(given));
          } catch {
            return undefined;
          }
        })();
        expect(result.ok ? result.value : undefined).toBe(expected);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    [
      "an overlong form",
      [0x41, 0x0a, 0xc3, 0xa9, 0xc0, 0xaf],
      "ARTIFACT_ENCODING 2:2 the byte at offset 4 is not UTF-8",
    ],
    ["UTF-16", [0xff, 0xfe, 0x41, 0x00], "ARTIFACT_ENCODING 1:1 the byte at offset 0 is not UTF-8"],
    ["a NUL", [0x61, 0x0d, 0x0a, 0x0d, 0x00], "ARTIFACT_ENCODING 3:1 the byte at offset 4 is a control character"],
    ["DEL", [0x7f], "ARTIFACT_ENCODING 1:1 the byte at offset 0 is a control character"],
    ["C1", [0x61, 0xc2, 0x85], "ARTIFACT_ENCODING 1:2 the byte at offset 1 is a control character"],
    ["a character cut short", [0xe2, 0x82], "ARTIFACT_ENCODING 1:1 the byte at offset 0 is not UTF-8"],
  ])("refuses %s in an artifact at its byte", (_, bytes, expected) => {
    expect(decoded(bytes, "ARTIFACT")).toBe(expected);
  });

  it("refuses CESU surrogates in a payload", () => {
    expect(decoded([0x22, 0xed, 0xa0, 0x80, 0x22], "PAYLOAD")).toMatch(/^PAYLOAD_ENCODING 1:2/);
  });

  it("drops the byte order mark of an artifact only", () => {
    expect(decoded([0xef, 0xbb, 0xbf, 0x61], "ARTIFACT")).toBe("a");
    expect(decoded([0xef, 0xbb, 0xbf, 0x61], "PAYLOAD")).toBe("\uFEFFa");
  });

  it("keeps tabs and all line ends of an artifact", () => {
    expect(decoded(encoder.encode("a\tb\r\nc\rd\n"), "ARTIFACT")).toBe("a\tb\r\nc\rd\n");
  });
});

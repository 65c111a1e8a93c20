import { describe, expect, it } from "vitest";
import { parseIdentifier, type IdentifierShape } from "./identifier.ts";

const shapes: readonly IdentifierShape[] = ["name", "namespace", "execution", "idempotency-key"];

const code = (text: string, shape: IdentifierShape): string => {
  const result = parseIdentifier(text, shape);
  return result.ok ? "accepted" : result.error.code;
};

describe.each(shapes)("an id of shape %s", (shape) => {
  it.each(["CC_KEEP_V0", "id", "0", "A".repeat(200), "connection", "com"])("may be %.20s", (text) => {
    expect(code(text, shape)).toBe("accepted");
  });

  it.each([
    "..",
    ".",
    "/",
    "a/b",
    "a\\b",
    "%2e%2e",
    "CON",
    "con",
    "Nul",
    "COM1",
    "lpt9",
    "a b",
    " ",
    "-",
    "-a",
    "a.",
    ".a",
    "a\n",
    "a\u202Eb",
    "a\u200Bb",
    "\uFEFFa",
    "a\u{E0041}",
    "\u{1F468}\u200D\u{1F469}",
    "\u212A",
    "\u017F",
    "\u0130",
    "\u0131",
  ])("is not %j", (text) => {
    expect(code(text, shape)).toBe("ID_CHARSET");
  });

  it.each(["", "a".repeat(1_001)])("has a length between one and its bound", (text) => {
    expect(code(text, shape)).toBe("ID_LENGTH");
  });

  it("keeps its case, so Kelvin is never k", () => {
    expect(parseIdentifier("Kk", shape)).toEqual({ ok: true, value: "Kk" });
  });

  it("is refused without repeating what was given", () => {
    const result = parseIdentifier("\u001B[31m", shape);
    expect(result.ok ? "" : result.error.message).not.toContain("\u001B");
  });
});

describe("the shapes differ", () => {
  it.each([
    ["name", "a.b", "ID_CHARSET"],
    ["name", "a-b", "ID_CHARSET"],
    ["namespace", "fb.procurement", "accepted"],
    ["namespace", "fb..procurement", "ID_CHARSET"],
    ["namespace", "nul.b", "ID_CHARSET"],
    ["execution", "019aa5d2-0000-7000-8000-000000000001", "accepted"],
    ["execution", "con.txt", "ID_CHARSET"],
    ["execution", "a".repeat(201), "ID_LENGTH"],
    ["idempotency-key", "order-1.2_3", "accepted"],
    ["idempotency-key", "a".repeat(255), "accepted"],
    ["idempotency-key", "a".repeat(256), "ID_LENGTH"],
  ] as const)("%s %.20s is %s", (shape, text, expected) => {
    expect(code(text, shape)).toBe(expected);
  });
});

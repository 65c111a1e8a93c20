import { expect, it } from "vitest";
import { byteLines } from "./byte-lines.ts";

const cut = (text: string): readonly string[] => {
  const { lines, rest } = byteLines(Buffer.from(text));
  return [...lines, rest].map((bytes) => Buffer.from(bytes).toString());
};

it("cuts at every newline and keeps what follows the last", () => {
  expect(cut("")).toEqual([""]);
  expect(cut("a\r\n\nb\n")).toEqual(["a\r", "", "b", ""]);
  expect(cut("a\nb")).toEqual(["a", "b"]);
});

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeFolder } from "./write-folder.ts";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "omnibase-folder-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const files = [
  { path: "a.txt", bytes: "a" },
  { path: "deep/er/b.bin", bytes: Uint8Array.of(1, 2) },
];

it("appears whole, under its name", () => {
  writeFolder(join(folder, "made/one"), files, () => expect(readdirSync(join(folder, "made"))).not.toContain("one"));
  expect(readFileSync(join(folder, "made/one/a.txt"), "utf8")).toBe("a");
  expect([...readFileSync(join(folder, "made/one/deep/er/b.bin"))]).toEqual([1, 2]);
  expect(readdirSync(join(folder, "made"))).toEqual(["one"]);
});

const failing = (): void => {
  throw new Error("no");
};

it("leaves nothing behind where it fails", () => {
  expect(() => writeFolder(join(folder, "one"), files, failing)).toThrow("no");
  expect(readdirSync(folder)).toEqual([]);
});

it("takes away what a process left that died long ago, and nothing that someone may still write", () => {
  const [old, young] = ["1", "2"].map((digit) => `.${digit.repeat(36)}.draft`);
  for (const name of [old, young]) mkdirSync(join(folder, name ?? "", "deep"), { recursive: true });
  const long = new Date(Date.now() - 7_200_000);
  utimesSync(join(folder, old ?? ""), long, long);
  writeFolder(join(folder, "one"), files, () => undefined);
  expect(readdirSync(folder).toSorted()).toEqual([young, "one"]);
});

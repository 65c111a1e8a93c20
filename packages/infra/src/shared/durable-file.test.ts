import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, expect, it } from "vitest";
import { makeDirectory, makeFolders, writeNewFile } from "./durable-file.ts";

const base = mkdtempSync(join(tmpdir(), "durable-"));
afterAll(() => {
  rmSync(base, { recursive: true });
});

it("makes a directory and whatever it lies in, from a relative path as well, and again without harm", () => {
  const directory = relative(".", join(base, "a", "b", "c"));
  makeDirectory(directory, 0o700);
  makeDirectory(directory, 0o700);
  expect(statSync(directory).isDirectory()).toBe(true);
});

it("says which directory was the first that was missing, and nothing where none was", () => {
  expect(makeFolders(join(base, "first", "second"))).toBe(join(base, "first"));
  expect(makeFolders(join(base, "first", "second"))).toBeUndefined();
});

it.runIf(process.platform === "linux")("says why it cannot where Node would try for ever", () => {
  expect(() => makeFolders("/proc/omnibase/below")).toThrow("ENOENT");
});

it("says why it cannot below a file, and in its place", () => {
  writeFileSync(join(base, "file"), "");
  expect(() => makeFolders(join(base, "file", "below"))).toThrow(/ENOTDIR|EEXIST/);
  expect(() => makeFolders(join(base, "file"))).toThrow("EEXIST");
});

it("writes a file that was not there, and never one that was", () => {
  const file = join(base, "f");
  writeNewFile(file, Buffer.from("first"), 0o600);
  expect(() => {
    writeNewFile(file, Buffer.from("second"), 0o600);
  }).toThrow("EEXIST");
  expect(readFileSync(file, "utf8")).toBe("first");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readPlainFile } from "./read-plain-file.ts";

const base = mkdtempSync(join(tmpdir(), "plain-"));
writeFileSync(join(base, "text"), "grüß");
execFileSync("mkfifo", [join(base, "pipe")]);
afterAll(() => {
  rmSync(base, { recursive: true });
});

it("gives the bytes of a file", () => {
  expect(Buffer.from(readPlainFile(join(base, "text"))).toString()).toBe("grüß");
});

it.each([
  ["text", 5, "EFBIG"],
  ["pipe", undefined, "EFTYPE"],
  ["/dev/zero", undefined, "EFTYPE"],
  ["", undefined, "EISDIR"],
  ["gone", undefined, "ENOENT"],
])("refuses %j within %j bytes at once: %s", (name, bytesMax, code) => {
  expect(() => readPlainFile(resolve(base, name), bytesMax)).toThrow(code);
});

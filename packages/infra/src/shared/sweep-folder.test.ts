import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sweepFolder, touch } from "./sweep-folder.ts";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "omnibase-sweep-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const old = new Date(Date.now() - 3_600_000);

it("removes what is told to go and was not kept lately, and says how much that was", () => {
  for (const name of ["a", "b", "c", "d"]) {
    writeFileSync(join(folder, name), "12345");
    utimesSync(join(folder, name), old, old);
  }
  touch(join(folder, "b"));
  expect(sweepFolder(folder, (name) => name !== "c")).toEqual({ files: 2, bytes: 10 });
  expect(readdirSync(folder)).toEqual(["b", "c"]);
  expect(sweepFolder(join(folder, "absent"), () => true)).toEqual({ files: 0, bytes: 0 });
});

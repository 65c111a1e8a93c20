import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, it } from "vitest";
import { sha256 } from "../shared/sha256.ts";
import { builtinTransforms } from "./index.ts";

/**
 * What each name and version means. Snapshots seal the name alone, so another source under it would change executions
 * that have been sealed, recorded and signed: a change takes the next version and leaves its line here as it is.
 */
const sealed: { readonly [implementation: string]: { readonly file: string; readonly digest: string } } = {
  "std.generate_id@1": {
    file: "generate-id.ts",
    digest: "2d50c1a531c964f8c0f788854f9917d05da825aa1ff6a91a0702a4a594b1f1ae",
  },
  "std.passthrough@1": {
    file: "passthrough.ts",
    digest: "46f267e4a31508f71bed8b8e967b21297c05a96bf5b0523f4778765a2dbf4e50",
  },
};

const here = import.meta.dirname;

/** A file and everything of ours that it runs. */
function sourcesOf(file: string, seen: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const imports = [...readFileSync(file, "utf8").matchAll(/^import (?!type ).* from "(\.[^"]+)";$/gm)];
  const next = imports.map(([, to = ""]) => join(dirname(file), to)).filter((to) => !seen.has(to));
  return next.reduce<ReadonlySet<string>>((all, to) => sourcesOf(to, all), new Set([...seen, file]));
}

const digestOf = (file: string): string => {
  const files = [...sourcesOf(join(here, file))].toSorted();
  return sha256(files.map((path) => `${relative(here, path)}\n${readFileSync(path, "utf8")}`).join("\n"));
};

it("knows the source of every built-in", () => {
  expect(Object.keys(sealed).toSorted()).toEqual(Object.keys(builtinTransforms).toSorted());
});

it.each(Object.entries(sealed))("%s is what it was when it was first sealed", (_, { file, digest }) => {
  expect(digestOf(file)).toBe(digest);
});

it("sees all that a built-in runs: nothing comes from another package of ours", () => {
  const files = Object.values(sealed).flatMap(({ file }) => Array.from(sourcesOf(join(here, file))));
  const foreign = files.filter((file) => /^import (?!type ).* from "@omnibase\//m.test(readFileSync(file, "utf8")));
  expect(foreign).toEqual([]);
  expect(files.map((file) => relative(here, file))).toContain("python-json.ts");
});

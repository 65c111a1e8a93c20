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
  "std.assemble_record@1": {
    file: "assemble-record.ts",
    digest: "6efe460ba030842222cf9191877ba01123d27ed6cab38aff683d122afaa675eb",
  },
  "std.check_quota_available@1": {
    file: "check-quota-available.ts",
    digest: "1a21004906967249de3a03ff87d3ad6af39765fa3a1ff8039e5a6b179d747410",
  },
  "std.evaluate_inactivity@1": {
    file: "evaluate-inactivity.ts",
    digest: "da68298e009e2e898f8eaae732b26cfa84a9dc4d7ab765f5edc95da9651f3bb3",
  },
  "std.extract@1": {
    file: "extract.ts",
    digest: "e5d9d09ecefea5a0fd2a80ad325ced27feabbb025df7d0b82d77f3142cb0cabb",
  },
  "std.filter_records@1": {
    file: "filter-records.ts",
    digest: "c60396c387dec67ffc3be7b5fa3e7bd633df1a5c343c5a9eb06cab7441de8747",
  },
  "std.generate_id@1": {
    file: "generate-id.ts",
    digest: "2d50c1a531c964f8c0f788854f9917d05da825aa1ff6a91a0702a4a594b1f1ae",
  },
  "std.lookup@1": {
    file: "lookup.ts",
    digest: "e950611b08196b238315dff1ea2c3f9d48271453db7d2b5e5c06cfebe8b858d8",
  },
  "std.passthrough@1": {
    file: "passthrough.ts",
    digest: "46f267e4a31508f71bed8b8e967b21297c05a96bf5b0523f4778765a2dbf4e50",
  },
  "std.validate_parameter_rules@1": {
    file: "validate-parameter-rules.ts",
    digest: "bfd0bf63832043ee58da06bb858b73183ac762a7b909dee9923a085c53b8c908",
  },
  "std.validate_record_structure@1": {
    file: "validate-record-structure.ts",
    digest: "0a7dcfd715376a690c8f6e3b0c85713054fbbe853be3a286ea98908be91dba5f",
  },
  "std.validate_set_membership@1": {
    file: "validate-set-membership.ts",
    digest: "b34a1bc207259b1d5c966e88a8e6ac3faedeca2a9512821325ddad4ee5256b4b",
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

import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, it } from "vitest";
import { sha256 } from "../shared/sha256.ts";
import { builtinNames } from "./index.ts";

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
  "std.check_training_status@1": {
    file: "check-training-status.ts",
    digest: "fcf7aaf25427e26f9d2e5f6246514284e5ac203271999c89362eb6cd539b6d99",
  },
  "std.collect_results@1": {
    file: "collect-results.ts",
    digest: "3babe2f4e3733ffdd6a70c669dbab01f92c9f99ac614f393c50f2cb5f86e6166",
  },
  "std.compare_equal@1": {
    file: "compare-equal.ts",
    digest: "e2c9b8747da3e776d667cb3d3037eb9960ec2c709a2e49b7eef7070c727a01f3",
  },
  "std.count_rounds@1": {
    file: "count-rounds.ts",
    digest: "91c4937a844fe74c455c99fd46dd09c7f855a64b918cc8c5c0b318b9377e5e29",
  },
  "std.derive_child_key@1": {
    file: "derive-child-key.ts",
    digest: "dbd72a5bb041f6132c70ca22d914905aba4f9717e0bc127047578688f9084edd",
  },
  "std.derive_master_key@1": {
    file: "derive-master-key.ts",
    digest: "926ca37c96c4c96bd04cf0a72bd5ab734de36ead6434b99d89b8f4b877963878",
  },
  "std.ecdsa_sign@1": {
    file: "ecdsa-sign.ts",
    digest: "4ed36a55fda638512ba96b94f29fb464508b567b063da8ef13618e9e6e087645",
  },
  "std.entropy_to_mnemonic@1": {
    file: "entropy-to-mnemonic.ts",
    digest: "ca4ffcf24f14fc4787a0d58174174fb48907b3c315a1094ba02b639b7985a139",
  },
  "std.evaluate_inactivity@1": {
    file: "evaluate-inactivity.ts",
    digest: "da68298e009e2e898f8eaae732b26cfa84a9dc4d7ab765f5edc95da9651f3bb3",
  },
  "std.exec_emit@1": {
    file: "exec-emit.ts",
    digest: "cee5d892bb92d49f936561add2c77d47fa06437c6b97fa558849d5dcdf492aab",
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
  "std.keccak256_hash@1": {
    file: "keccak256-hash.ts",
    digest: "26e87f98d26c29ed5f4ec3dc670ed9a5090427af7f28787ddbdbc46a374c53dd",
  },
  "std.lookup@1": {
    file: "lookup.ts",
    digest: "e950611b08196b238315dff1ea2c3f9d48271453db7d2b5e5c06cfebe8b858d8",
  },
  "std.map_result_to_http@1": {
    file: "map-result-to-http.ts",
    digest: "1b11d9ac8293fdd6ccca236768c276f2f76cac4b7b8380b6c0faef6bba7eb6bc",
  },
  "std.mnemonic_to_seed@1": {
    file: "mnemonic-to-seed.ts",
    digest: "84a5fe04ff65372b2380a9adb75dba50718cc0a7a419210de122c957a56d2240",
  },
  "std.passthrough@1": {
    file: "passthrough.ts",
    digest: "46f267e4a31508f71bed8b8e967b21297c05a96bf5b0523f4778765a2dbf4e50",
  },
  "std.private_key_to_public@1": {
    file: "private-key-to-public.ts",
    digest: "87ea725ffcfdc415601f298aa37dae3995599ec0c05689dd3a76e33ec6471eb6",
  },
  "std.pubkey_to_eth_address@1": {
    file: "pubkey-to-eth-address.ts",
    digest: "5779fe1adcf30f265f73fa5412111ce8679e15152c982bba3fd98c7b70a8b931",
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
  const texts = files.map((path) => `${relative(here, path)}\n${readFileSync(path, "utf8")}`);
  return sha256([...texts, ...librariesIn(texts.join("\n"))].join("\n"));
};

const packageFile: { readonly dependencies: { readonly [name: string]: string } } = JSON.parse(
  readFileSync(join(here, "../../package.json"), "utf8"),
);

/** Libraries are part of what a built-in means, in the version that is pinned. */
function librariesIn(text: string): readonly string[] {
  const names = [...text.matchAll(/^import (?!type ).* from "(@[^/]+\/[^/"]+).*";$/gm)].map(([, name = ""]) => name);
  return [...new Set(names)].toSorted().map((name) => `${name}@${packageFile.dependencies[name] ?? "not pinned"}`);
}

it("knows the source of every built-in", () => {
  expect(Object.keys(sealed).toSorted()).toEqual(builtinNames);
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

it("sees the libraries that a built-in runs, and all of them are pinned", () => {
  const files = Object.values(sealed).flatMap(({ file }) => Array.from(sourcesOf(join(here, file))));
  const libraries = librariesIn(files.map((file) => readFileSync(file, "utf8")).join("\n"));
  expect(libraries.map((library) => library.replace(/@[\d.]+$/, ""))).toEqual([
    "@noble/curves",
    "@noble/hashes",
    "@scure/bip32",
    "@scure/bip39",
  ]);
  expect(libraries.every((library) => /@\d+\.\d+\.\d+$/.test(library))).toBe(true);
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "@omnibase/core";
import { expect, it } from "vitest";
import { builtinTransforms } from "./index.ts";

/** The published cases of the generic transforms. They lie beside the repository, and not everywhere. */
const folder = join(
  import.meta.dirname,
  "../../../../../shared/conformance/pgs/upstream/pgs_workspace/protocol_snapshot/conformance",
);

interface PublishedCase {
  readonly fqdn: string;
  readonly ct_fqdn: string;
  readonly ct_ir: { readonly inputs: JsonObject };
  readonly expected: JsonObject;
  readonly expected_outcome: string;
}

const cases = (existsSync(folder) ? readdirSync(folder) : []).toSorted().map((name): PublishedCase => {
  const read: PublishedCase = JSON.parse(readFileSync(join(folder, name), "utf8"));
  return read;
});

const builtinOf = (fqdn: string): string => `std.${/CT_PURE_(\w+)_V0/.exec(fqdn)?.[1]?.toLowerCase() ?? ""}@1`;

it.skipIf(cases.length === 0)("finds the twelve published cases (skipped where they are not there)", () => {
  expect(cases).toHaveLength(12);
});

it.each(cases)("answers as published: $fqdn", ({ ct_fqdn, ct_ir, expected, expected_outcome }) => {
  const answer = builtinTransforms[builtinOf(ct_fqdn)]?.(ct_ir.inputs);
  // Of a violation the cases say nothing but that it is one.
  const said = expected_outcome === "SUCCESS" ? { value: expected } : {};
  expect(answer).toMatchObject({ outcome: expected_outcome, ...said });
});

import { locatedYaml, publishedDocuments, publishedOptions } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { PureTransform } from "../execution/world.ts";
import { compile, type Compilation } from "../compile/compile.ts";
import { compiledArtifact } from "./published.ts";

const published = `artifact_type: CT_CONFORMANCE
ct_fqdn: capability_transforms::CT_PURE_GENERATE_ID_V0
ct_ir: { inputs: { prefix: A, data: 1 }, input_types: { prefix: string } }
expected: { id: A_1 }
expected_outcome: SUCCESS
fqdn: capability_transforms::CT_PURE_GENERATE_ID_V0::first
test_data_source: x
`;
const file = "protocol_snapshot/conformance/first.json";
const answered: PureTransform = () => ({ outcome: "SUCCESS", value: { id: "A_1" } });

function compiled(text: string): Compilation {
  const documents = [...publishedDocuments([]), compiledArtifact(locatedYaml(text, file), file)];
  return compile(documents, { ...publishedOptions, only: "shop::WF_ORDER_V0", code: () => answered });
}

const found = ({ problems }: Compilation): readonly string[] =>
  problems
    .filter(({ at }) => at.file === file)
    .map(({ at, code, severity }) => `${severity} ${code} ${String(at.line)}`);

describe("a case of the published compiler", () => {
  it("is tried like one of ours", () => {
    const { cases, ...rest } = compiled(published);
    expect(found({ cases, ...rest })).toEqual([]);
    expect(cases).toMatchObject([
      { tests: "capability_transforms::TEST_DATA_CT_PURE_GENERATE_ID_V0__first", name: "first", failures: [] },
    ]);
  });

  it("keeps nothing from beginning, and is told at its line", () => {
    const failing = compiled(published.replace("id: A_1", "id: A_2"));
    expect(found(failing)).toEqual(["warning TEST_CASE_FAILED 4"]);
    expect(failing.compiled).toBeDefined();
  });

  it("expects nothing where null is written", () => {
    const nothing = published.replace("expected: { id: A_1 }", "expected: null\nassertions: null");
    expect(compiled(nothing).cases).toMatchObject([{ failures: [] }]);
  });

  it.each([
    ["what it expects is no table", "expected: { id: A_1 }", "expected: 1", "warning ARTIFACT_SCHEMA 4"],
    ["nothing is bound", " inputs: { prefix: A, data: 1 },", "", "warning ARTIFACT_SCHEMA 1"],
    ["it is about nothing that is there", "GENERATE_ID_V0\nct_ir", "MAKE_V0\nct_ir", "warning REFERENCE_UNRESOLVED 2"],
  ])("is told where %s", (_, from, to, problem) => {
    const documents = [
      ...publishedDocuments([]),
      compiledArtifact(locatedYaml(published.replace(from, to), file), file),
    ];
    const { problems } = compile(documents, publishedOptions);
    const ofCase = problems.filter(({ at }) => at.file === file);
    expect(ofCase.map(({ at, code, severity }) => `${severity} ${code} ${String(at.line)}`)).toEqual([problem]);
  });

  it("belongs to nothing where it does not say of what it is a case", () => {
    const lost = published.replace(/^(?:ct_fqdn|ct_ir|fqdn).*\n/gm, "");
    expect(compiled(lost).cases).toEqual([]);
  });
});

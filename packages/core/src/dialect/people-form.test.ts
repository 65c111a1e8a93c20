import {
  documentsOf,
  greetProject,
  locatedYaml,
  publishedDocuments,
  testOptions,
  publishedOptions,
  type Edit,
} from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { SourceDocument } from "../artifact/read-artifact.ts";
import { compile } from "../compile/compile.ts";
import { plain } from "../value/located-value.ts";
import { compiledArtifact, inOurForm } from "./published.ts";

const published = (text: string): SourceDocument => ({
  located: locatedYaml(text, "a.yaml"),
  file: "a.yaml",
  namespace: "shop",
  dialect: "published",
});

const formed = (text: string): unknown =>
  plain(inOurForm(published(text), { intentOf: new Map(), report: () => undefined }).located);

describe("published people and doors", () => {
  it("are known by the kind that their code says", () => {
    expect(formed("artifact_code: AC_X_V0\nartifact_type: AC\ncore: { type: human }")).toEqual({
      ac_code: "AC_X_V0",
      version: "v0",
      core: { type: "human" },
    });
    expect(formed("artifact_code: TE_X_V0")).toEqual({ artifact_code: "TE_X_V0" });
    expect(formed("artifact_code: THING_X_V0")).toEqual({ artifact_code: "THING_X_V0" });
    expect(formed("artifact_code: [TI_X_V0]")).toEqual({ artifact_code: ["TI_X_V0"] });
  });

  it("have attributes of types that we know", () => {
    expect(
      formed("ac_code: AC_X_V0\nversion: V0\nextensions: 1\ncore: { attributes: { a: { type: hex_string } } }"),
    ).toEqual({ ac_code: "AC_X_V0", version: "V0", core: { attributes: { a: { type: "string" } } } });
  });

  it("come in by what is sent in a body", () => {
    const text = `artifact_code: TI_X_V0
artifact_kind: intent
governed_by: [fb.transport::CONSTITUTION_TRANSPORT_V0]
core:
  route: { method: POST, path: /api/v0/x, content_type: application/json }
  admission_schema: { a: { type: object, required: true, pattern: x } }
  workflow: shop::WF_X_V0
  outcomes: { ACK: {} }
`;
    expect(formed(text)).toEqual({
      ti_code: "TI_X_V0",
      version: "v0",
      core: {
        route: { method: "POST", path: "/api/v0/x" },
        admission_schema: { a: { type: "object", required: true } },
        workflow: "shop::WF_X_V0",
      },
    });
  });

  it("keep records whose identity and stage are always there", () => {
    const text = `artifact_code: ENTITY_X_V0
version: v0
core:
  identity: { field: id, type: string, unique: true }
  attributes: [{ name: id, type: string }, { name: stage, type: string }, { name: note, type: string }, 7]
  lifecycle: { field: stage, stages: [A, B], initial: A, terminal: [B] }
  projection: {}
`;
    expect(formed(text)).toMatchObject({
      entity_code: "ENTITY_X_V0",
      core: {
        identity: { field: "id" },
        attributes: {
          id: { type: "string", required: true },
          stage: { type: "string", required: true },
          note: { type: "string" },
        },
      },
    });
    expect(formed("entity_code: ENTITY_X_V0\nversion: v0\ncore: { attributes: { a: 1 } }")).toMatchObject({
      core: { attributes: { a: 1 } },
    });
  });

  it("take their code from what was compiled where they do not say it themselves", () => {
    const whole = "artifact_code: INVARIANT_X_V0\nnamespace: fb.a\nfrontmatter: { core: 1 }";
    expect(plain(compiledArtifact(locatedYaml(whole, "a.yaml"), "a.yaml").located)).toEqual({
      artifact_code: "INVARIANT_X_V0",
      core: 1,
    });
    const named = "artifact_code: A\nfrontmatter: { wf_code: B }";
    expect(plain(compiledArtifact(locatedYaml(named, "a.yaml"), "a.yaml").located)).toEqual({ wf_code: "B" });
  });
});

const found = (...documents: readonly SourceDocument[]): readonly string[] =>
  compile([...publishedDocuments([]), ...documents], publishedOptions).problems.map(
    ({ at, code, severity }) => `${severity} ${code} ${at.file}:${String(at.line)}`,
  );

const surface = (more: string): SourceDocument => published(`artifact_code: SURFACE_CONTRACT_X_V0\n${more}`);

it("an entity of a published store is executed by nobody, and said to be", () => {
  const edits: readonly Edit[] = [["STORES", "record_type: any }", "record_type: any, entity: shop::ENTITY_X_V0 }"]];
  const { compiled, problems } = compile(publishedDocuments(edits), publishedOptions);
  expect(problems).toMatchObject([{ severity: "warning", code: "UNKNOWN_KEY", at: { file: "STORES.yaml" } }]);
  expect(JSON.stringify(compiled?.graphs)).not.toContain("@entity");
});

describe("what governs", () => {
  it.each([
    "invariant_code: INVARIANT_X_V0\ncore: { rule: 1 }",
    "artifact_code: ASSERT_X_V0\nscope: {}",
    "vocabulary_id: VOCAB_X_V0",
    "constitution_code: CONSTITUTION_X_V0",
    "structure_code: STRUCTURE_IDENTITY_V0\nnamespace: fb.topology",
    "artifact_code: SURFACE_CONTRACT_X_V0\nop: TRANSFORM",
    "artifact_code: SURFACE_CONTRACT_X_V0\ncanonical_surface: [SUCCESS]",
  ])("is known by its name, and not executed: %s", (text) => expect(found(published(text))).toEqual([]));

  it.each(["thing_code: THING_X_V0", "- 1", "artifact_code: 7"])("is not just anything: %s", (text) =>
    expect(found(published(text))).toHaveLength(1),
  );

  it("is not ours to declare", () => {
    const { dialect: _, ...own } = published("invariant_code: INVARIANT_X_V0");
    expect(found(own)).toEqual(["error ARTIFACT_KIND_UNKNOWN a.yaml:1"]);
  });

  it("may lie outside of any namespace", () => {
    expect(found({ ...published("invariant_code: INVARIANT_X_V0"), namespace: undefined })).toEqual([]);
  });

  it("is found by whoever is governed by it", () => {
    const event = published(
      "ev_code: EV_X_V0\nversion: v0\ngoverned_by: fb.a::CONSTITUTION_X_V0\ncore: { schema: {} }",
    );
    const rules = published("constitution_code: CONSTITUTION_X_V0\nnamespace: fb.a");
    expect(found(event)).toEqual(["warning REFERENCE_UNRESOLVED a.yaml:3"]);
    expect(found(event, rules)).toEqual([]);
  });

  it.each([
    ["in its own words", "governs: [CS_REGISTRY]\nop: REGISTER\ncanonical_surface: [SUCCESS, ALREADY_EXISTS]"],
    ["in its core", "core: { governs: [CS_REGISTRY_V0], op: REGISTER, canonical_surface: [SUCCESS, VIOLATION] }"],
    [
      "by an identity",
      "governs: [capability_side_effects::CS_REGISTRY_V0]\nop: REGISTER\ncanonical_surface: [A, B, C]",
    ],
  ])("says which outcomes a step lists, %s", (_, text) =>
    expect(found(surface(text))).toEqual(["warning RESULT_SURFACE_MISMATCH KEEP.yaml:23"]),
  );

  it("says it of whole families, and of no others", () => {
    expect(found(surface("governs: [CT_PURE_]\nop: TRANSFORM\ncanonical_surface: [SUCCESS]"))).toEqual([
      "warning RESULT_SURFACE_MISMATCH KEEP.yaml:13",
    ]);
    const own = surface("governs: [CS_REGISTRY]\nop: REGISTER\ncanonical_surface: [SUCCESS]");
    expect(compile([...documentsOf(greetProject), own], testOptions).problems).toEqual([]);
    for (const more of [
      "governs: [CT_PURE_]\nop: TRANSFORM\ncanonical_surface: [VIOLATION, SUCCESS]",
      "governs: [CS_REGISTRY]\nop: DEREGISTER\ncanonical_surface: [SUCCESS]",
      "governs: [CS_MUTABLE_JSON]\nop: REGISTER\ncanonical_surface: [SUCCESS]",
    ]) {
      expect(found(surface(more))).toEqual([]);
    }
  });

  it("says of a registry's READ what a step that resolves lists, and nothing of what nobody knows", () => {
    const edits: readonly Edit[] = [
      ["KEEP", "op: REGISTER", "op: RESOLVE"],
      ["TELL", "CS_APPENDONLY_JSONL_V0", "CS_X_V0"],
    ];
    const read = surface("governs: [CS_REGISTRY]\nop: READ\ncanonical_surface: [SUCCESS]");
    const { problems } = compile([...publishedDocuments(edits), read], publishedOptions);
    const mismatches = problems.filter(({ message }) => message.includes("SURFACE_CONTRACT_X_V0"));
    expect(mismatches.map(({ at }) => `${at.file}:${String(at.line)}`)).toEqual(["KEEP.yaml:23"]);
  });
});

import {
  changed,
  greetProject,
  documentsOf,
  publishedCompiled,
  publishedFound,
  publishedGraph,
  gatewayEdit,
  startingEdits,
  testOptions,
} from "@omnibase/testkit";
import { publishedDocuments, publishedOptions, type Edit } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { SourceDocument } from "../artifact/read-artifact.ts";
import { compile } from "../compile/compile.ts";

describe("a step of a published contract that starts another workflow", () => {
  const edits = startingEdits("{ workflow_code: WF_SUB_V0, payload: { id: $.inputs.id } }");
  const { places } = publishedGraph(edits);

  it("is that workflow, whose class is a status of the step", () => {
    expect(places["CC_TELL/start"]).toEqual({
      kind: "call",
      scope: "CC_TELL",
      work: { kind: "child", workflow: "shop::WF_SUB_V0" },
      inputs: { id: { kind: "result", of: "CC_KEEP", path: ["id"], some: true } },
      required: [],
      outcomes: ["COMPLETED", "REJECTED", "FAILED", "CANCELLED"],
      edges: {
        COMPLETED: { to: "CC_TELL/keep" },
        REJECTED: { leave: "VIOLATION/start" },
        FAILED: { leave: "VIOLATION/start" },
        CANCELLED: { leave: "VIOLATION/start" },
      },
    });
  });

  it("returns what its exit returned", () => {
    expect(places["CC_TELL/keep"]).toMatchObject({
      inputs: { key: { kind: "result", of: "CC_TELL/start", path: ["outputs", "told"], some: true } },
    });
  });

  it("is among what the snapshot starts, and what it starts comes with it", () => {
    expect(publishedCompiled(edits).compiled?.authority.children).toEqual(["shop::WF_SUB_V0"]);
    const only = compile(publishedDocuments(edits), { ...publishedOptions, only: "shop::WF_ORDER_V0" });
    expect(Object.keys(only.compiled?.graphs ?? {}).toSorted()).toEqual(["shop::WF_ORDER_V0", "shop::WF_SUB_V0"]);
  });

  it("hands on a payload as far as the other one knows it", () => {
    const whole = publishedGraph(startingEdits("{ workflow_code: shop::WF_SUB_V0, payload: $.inputs.id }"));
    expect(whole.places["CC_TELL/start"]).toMatchObject({
      inputs: { id: { of: "CC_KEEP", path: ["id", "id"] }, more: { of: "CC_KEEP", path: ["id", "more"] } },
    });
    expect(publishedGraph(startingEdits("{ workflow_code: WF_SUB_V0 }")).places["CC_TELL/start"]).toMatchObject({
      inputs: {},
    });
  });
});

const codes = (edits: readonly Edit[]): readonly string[] =>
  publishedFound(edits).filter((found) => found.startsWith("error"));

it("ends for want of an input where no status says that it failed", () => {
  const [file, text] = gatewayEdit;
  const narrow = text.replace("[SUCCESS, NOT_FOUND, VIOLATION, BACKEND_ERROR]", "[SUCCESS, NOT_FOUND]");
  const [, ...others] = startingEdits("{ workflow_code: WF_SUB_V0 }", { ends: ["NOT_FOUND"] });
  const { places } = publishedGraph([[file, narrow], ...others]);
  expect(places["CC_TELL/start"]).toMatchObject({ edges: { FAILED: { leave: "VIOLATION" } } });
});

describe("is refused", () => {
  it("where nobody can say what it starts", () => {
    expect(codes(startingEdits("{ workflow_code: $.inputs.id, payload: {} }"))).toEqual([
      "error WORKFLOW_NOT_NAMED TELL:7",
    ]);
    expect(codes(startingEdits("{ payload: {} }"))).toEqual(["error WORKFLOW_NOT_NAMED TELL:7"]);
    expect(codes(startingEdits("{ workflow_code: WF_SUB_V0 }", { op: "CALL" }))).toEqual([
      "error IMPLEMENTATION_UNKNOWN TELL:7",
    ]);
  });

  it("where that does not exist, or leads back", () => {
    expect(codes(startingEdits("{ workflow_code: WF_SUM_V0, payload: {} }"))).toEqual([
      "error REFERENCE_UNRESOLVED TELL:7",
    ]);
    expect(codes(startingEdits("{ workflow_code: WF_ORDER_V0, payload: {} }"))).toEqual([
      "error ARTIFACT_RECURSION WF:1",
    ]);
  });

  it("in a contract of our own, which has nodes for that", () => {
    const [, text] = gatewayEdit;
    const project = changed(greetProject, [
      ["CS_WORKFLOW_GATEWAY_V0", text],
      [
        "CC_KEEP_V0",
        "side_effect: std::CS_REGISTRY_V0",
        "side_effect: capability_side_effects::CS_WORKFLOW_GATEWAY_V0",
      ],
      ["CC_KEEP_V0", "op: REGISTER", "op: EXECUTE"],
    ]);
    const documents = documentsOf(project).map(({ file, located, namespace }): SourceDocument =>
      file.startsWith("CS_WORKFLOW")
        ? { file, located, namespace, dialect: "published" }
        : { file, located, namespace },
    );
    const { problems } = compile(documents, testOptions);
    expect(problems.filter(({ code }) => code === "IMPLEMENTATION_UNKNOWN")).toHaveLength(1);
  });
});

import { publishedCompiled, publishedFound, publishedGraph, startingEdits } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";

const edits = (
  inputs: string,
  ends: readonly string[] = ["PARTIAL_FAILURE", "BACKEND_ERROR"],
): ReturnType<typeof startingEdits> => startingEdits(inputs, { op: "EXECUTE_CONCURRENT", ends, read: "results" });

const both = `{
        workflows: [{ code: WF_SUB_V0, payload: { id: $.inputs.id } }, { code: "shop::WF_OTHER_V0", payload: $.inputs.id }],
        triggered_by: $.inputs.id }`;

describe("several workflows at once", () => {
  const { places } = publishedGraph(edits(both));

  it("are a fork", () => {
    expect(places["CC_TELL/start"]).toEqual({
      kind: "call",
      scope: "CC_TELL",
      work: { kind: "transform", capability: "std::CT_PURE_PASSTHROUGH_V0", implementation: "std.passthrough" },
      inputs: { triggered_by: { kind: "result", of: "CC_KEEP", path: ["id"], some: true } },
      required: ["triggered_by"],
      missing: { leave: "VIOLATION" },
      outcomes: ["SUCCESS"],
      edges: { SUCCESS: { to: "CC_TELL/start/WF_SUB_V0", also: ["CC_TELL/start/shop::WF_OTHER_V0"] } },
    });
    expect(places["CC_TELL/start/shop::WF_OTHER_V0"]).toMatchObject({
      work: { kind: "child", workflow: "shop::WF_OTHER_V0" },
      inputs: { id: { of: "CC_KEEP", path: ["id", "id"] } },
    });
  });

  it("are all waited for, and each says whether it completed", () => {
    expect(places["CC_TELL/start/WF_SUB_V0"]).toMatchObject({
      edges: {
        COMPLETED: { to: "CC_TELL/start/WF_SUB_V0/done" },
        REJECTED: { to: "CC_TELL/start/together" },
        FAILED: { to: "CC_TELL/start/together" },
        CANCELLED: { to: "CC_TELL/start/together" },
      },
    });
    expect(places["CC_TELL/start/WF_SUB_V0/done"]).toMatchObject({
      inputs: { result_status: { kind: "literal", value: "SUCCESS" } },
      edges: { SUCCESS: { to: "CC_TELL/start/together" } },
    });
    expect(places["CC_TELL/start/together"]).toMatchObject({
      join: "all",
      inputs: {
        workflows: {
          kind: "list",
          items: [
            {
              fields: {
                code: { kind: "literal", value: "WF_SUB_V0" },
                outputs: { of: "CC_TELL/start/WF_SUB_V0", path: ["outputs"] },
                result_status: { of: "CC_TELL/start/WF_SUB_V0/done", path: ["result_status"] },
              },
            },
            { fields: { code: { value: "shop::WF_OTHER_V0" } } },
          ],
        },
      },
      edges: { SUCCESS: { to: "CC_TELL/keep" }, PARTIAL_FAILURE: { leave: "PARTIAL_FAILURE" } },
    });
    expect(places["CC_TELL/keep"]).toMatchObject({
      inputs: { key: { kind: "result", of: "CC_TELL/start/together", path: ["results"] } },
    });
  });

  it("are among what the snapshot starts, and come with it", () => {
    const { compiled } = publishedCompiled(edits(both));
    expect(compiled?.authority.children).toEqual(["shop::WF_OTHER_V0", "shop::WF_SUB_V0"]);
  });

  it("may be named at the node", () => {
    const named = edits("{ workflows: $.inputs.all }").concat([
      [
        "WF",
        "inputs: { id: $.results.CC_KEEP.id }",
        "inputs: { id: $.results.CC_KEEP.id, all: [{ code: WF_SUB_V0 }] }",
      ],
    ]);
    const { places: alone } = publishedGraph(named);
    expect(alone["CC_TELL/start"]).toMatchObject({ edges: { SUCCESS: { to: "CC_TELL/start/WF_SUB_V0" } } });
    expect(alone["CC_TELL/start"]).not.toHaveProperty("missing");
    expect(alone["CC_TELL/start/together"]).not.toHaveProperty("join");
  });

  it("end with the first status for a failure that the step knows", () => {
    const { places: other } = publishedGraph(edits(both, ["BACKEND_ERROR"]));
    expect(other["CC_TELL/start/together"]).toMatchObject({ edges: { PARTIAL_FAILURE: { leave: "PARTIAL_FAILURE" } } });
  });
});

const errors = (inputs: string): readonly string[] =>
  publishedFound(edits(inputs)).filter((found) => found.startsWith("error"));

it.each([
  ["no workflow", "{ workflows: [] }", "WORKFLOW_NOT_NAMED"],
  ["workflows that only data name", "{ workflows: $.inputs.id }", "WORKFLOW_NOT_NAMED"],
  ["one that only data name", "{ workflows: [{ code: WF_SUB_V0 }, { code: $.inputs.id }] }", "WORKFLOW_NOT_NAMED"],
  ["one without a code", "{ workflows: [{ payload: {} }] }", "WORKFLOW_NOT_NAMED"],
  ["one twice", "{ workflows: [{ code: WF_SUB_V0 }, { code: WF_SUB_V0 }] }", "NAME_DUPLICATE"],
  ["one that does not exist", "{ workflows: [{ code: WF_SUM_V0 }] }", "REFERENCE_UNRESOLVED"],
])("are refused with %s", (_, inputs, code) => {
  expect(errors(inputs)).toEqual([`error ${code} TELL:7`]);
});

import { publishedCompiled, publishedFound, publishedGraph, startingEdits } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";

const edits = (
  inputs: string,
  ends: readonly string[] = ["VIOLATION", "BACKEND_ERROR"],
): ReturnType<typeof startingEdits> => startingEdits(inputs, { op: "EXECUTE_SEQUENCE", ends, read: "items_processed" });

const dispatch = "wf_dispatch: { key_field: kind, mapping: { A: WF_SUB_V0, B: shop::WF_OTHER_V0, C: WF_SUB_V0 } }";

describe("a workflow for each item", () => {
  const { places, scopes } = publishedGraph(
    edits(
      `{ sequence: $.inputs.id, item_wf: { code: WF_SUB_V0, payload_fields: { id: key }, inject: { more: $.inputs.id } } }`,
    ),
  );

  it("is a map that goes through one after the other and ends with the first that fails", () => {
    expect(places["CC_TELL/start"]).toEqual({
      kind: "call",
      scope: "CC_TELL",
      work: {
        kind: "map",
        body: "CC_TELL/start/shop::WF_SUB_V0",
        itemsMax: 1_000,
        parallel: 1,
        succeeds: ["SUCCESS"],
        stops: true,
      },
      inputs: { over: { kind: "result", of: "CC_KEEP", path: ["id"], some: true } },
      required: ["over"],
      missing: { leave: "VIOLATION" },
      outcomes: ["SUCCESS", "ITEM_FAILED", "VIOLATION"],
      edges: {
        SUCCESS: { to: "CC_TELL/start/count" },
        ITEM_FAILED: { to: "CC_TELL/start/count" },
        VIOLATION: { leave: "VIOLATION/start" },
      },
    });
    expect(places["CC_TELL/start/count"]).toMatchObject({
      edges: { SUCCESS: { to: "CC_TELL/keep" }, VIOLATION: { leave: "VIOLATION/start" } },
    });
    expect(places["CC_TELL/keep"]).toMatchObject({
      inputs: { key: { of: "CC_TELL/start/count", path: ["items_processed"] } },
    });
  });

  it("tells each what is named of its item, and what is said to all", () => {
    expect(places["CC_TELL/start/shop::WF_SUB_V0"]).toMatchObject({
      scope: "CC_TELL/start",
      work: { kind: "child", workflow: "shop::WF_SUB_V0" },
      inputs: {
        id: { kind: "round", of: "CC_TELL/start", path: ["item", "key"], some: true },
        more: { of: "CC_KEEP" },
      },
      edges: { COMPLETED: { leave: "SUCCESS" }, REJECTED: { leave: "VIOLATION" }, FAILED: { leave: "VIOLATION" } },
    });
    expect(scopes["CC_TELL/start"]).toEqual({
      code: "shop::CC_TELL_V0",
      exits: { SUCCESS: { outputs: {}, back: true }, VIOLATION: { outputs: {}, back: true } },
    });
  });

  it("needs whatever else is written", () => {
    const { places: other } = publishedGraph(
      edits("{ sequence: [1], triggered_by: $.inputs.nobody, item_wf: { code: WF_SUB_V0 } }"),
    );
    expect(other["CC_TELL/start"]).toMatchObject({
      required: ["over", "triggered_by"],
      missing: { leave: "VIOLATION" },
    });
    const { places: written } = publishedGraph(edits("{ sequence: [1], item_wf: { code: WF_SUB_V0 } }"));
    expect(written["CC_TELL/start"]).not.toHaveProperty("missing");
  });
});

describe("a workflow that the item picks", () => {
  const spec = `{ sequence: $.inputs.id, item_wf: { ${dispatch} } }`;
  const { places } = publishedGraph(edits(spec));

  it("is looked up among those that are named", () => {
    expect(places["CC_TELL/start"]).toMatchObject({ work: { body: "CC_TELL/start/pick" } });
    expect(places["CC_TELL/start/pick"]).toEqual({
      kind: "call",
      scope: "CC_TELL/start",
      work: { kind: "transform", capability: "std::CT_PURE_LOOKUP_V0", implementation: "std.lookup" },
      inputs: {
        key: { kind: "round", of: "CC_TELL/start", path: ["item", "kind"], some: true },
        map: { kind: "literal", value: { A: "WF_SUB_V0", B: "shop::WF_OTHER_V0", C: "WF_SUB_V0" } },
      },
      required: ["key"],
      missing: { leave: "VIOLATION" },
      when: {
        path: ["result"],
        outcomes: { '"WF_SUB_V0"': "WF_SUB_V0", '"shop::WF_OTHER_V0"': "shop::WF_OTHER_V0" },
      },
      outcomes: ["WF_SUB_V0", "shop::WF_OTHER_V0", "VIOLATION"],
      edges: {
        WF_SUB_V0: { to: "CC_TELL/start/shop::WF_SUB_V0" },
        "shop::WF_OTHER_V0": { to: "CC_TELL/start/shop::WF_OTHER_V0" },
        VIOLATION: { leave: "VIOLATION" },
      },
    });
  });

  it("is told the whole item, as far as it knows it", () => {
    expect(places["CC_TELL/start/shop::WF_OTHER_V0"]).toMatchObject({
      inputs: { id: { kind: "round", of: "CC_TELL/start", path: ["item", "id"] } },
    });
    const { places: named } = publishedGraph(
      edits(spec.replace("item_wf: {", "item_wf: { payload_fields: { id: other },")),
    );
    expect(named["CC_TELL/start/shop::WF_OTHER_V0"]).toMatchObject({ inputs: { id: { path: ["item", "other"] } } });
  });

  it("is among what the snapshot starts, and comes with it", () => {
    const { compiled } = publishedCompiled(edits(spec));
    expect(compiled?.authority.children).toEqual(["shop::WF_OTHER_V0", "shop::WF_SUB_V0"]);
    expect(Object.keys(compiled?.graphs ?? {})).toHaveLength(3);
  });
});

describe("items of an item", () => {
  const { places, scopes } = publishedGraph(
    edits(`{ sequence: $.inputs.id, item_wf: { code: WF_SUB_V0 }, item_sub_sequence: { field: parts, ${dispatch} } }`),
  );

  it("are gone through before it, in a map of its round", () => {
    expect(places["CC_TELL/start"]).toMatchObject({ work: { body: "CC_TELL/start/sub_items" } });
    expect(places["CC_TELL/start/sub_items"]).toMatchObject({
      scope: "CC_TELL/start",
      work: { kind: "map", body: "CC_TELL/start/sub_items/pick", stops: true },
      inputs: { over: { kind: "round", of: "CC_TELL/start", path: ["item", "parts"] } },
      missing: { to: "CC_TELL/start/shop::WF_SUB_V0" },
      edges: {
        SUCCESS: { to: "CC_TELL/start/shop::WF_SUB_V0" },
        ITEM_FAILED: { leave: "VIOLATION" },
        VIOLATION: { leave: "VIOLATION" },
      },
    });
    expect(places["CC_TELL/start/sub_items/shop::WF_OTHER_V0"]).toMatchObject({
      scope: "CC_TELL/start/sub_items",
      inputs: { id: { of: "CC_TELL/start/sub_items", path: ["item", "id"] } },
    });
  });

  it("are told of by their round", () => {
    expect(scopes["CC_TELL/start"]?.exits["SUCCESS"]?.outputs).toEqual({
      sub_items: { kind: "result", of: "CC_TELL/start/sub_items", path: ["outcomes"] },
    });
  });
});

it("ends with the first status for a failure that the step knows", () => {
  const { places } = publishedGraph(
    edits("{ sequence: [1], item_wf: { code: WF_SUB_V0 } }", ["FAILED", "BACKEND_ERROR"]),
  );
  expect(places["CC_TELL/start/count"]).toMatchObject({ edges: { VIOLATION: { leave: "VIOLATION/start" } } });
});

const errors = (inputs: string): readonly string[] =>
  publishedFound(edits(inputs)).filter((found) => found.startsWith("error"));

it.each([
  ["no workflow", "{ sequence: [1] }"],
  ["a workflow that only data name", "{ sequence: [1], item_wf: { code: $.inputs.id } }"],
  ["a workflow in two ways", `{ sequence: [1], item_wf: { code: WF_SUB_V0, ${dispatch} } }`],
  ["a key that only data name", "{ sequence: [1], item_wf: { wf_dispatch: { key_field: $.inputs.id, mapping: {} } } }"],
  ["a table that only data know", "{ sequence: [1], item_wf: { wf_dispatch: { key_field: a, mapping: { A: 1 } } } }"],
  ["fields that only data name", "{ sequence: [1], item_wf: { code: WF_SUB_V0, payload_fields: $.inputs.id } }"],
  ["a list without a field", `{ sequence: [1], item_wf: { code: WF_SUB_V0 }, item_sub_sequence: { ${dispatch} } }`],
])("is refused with %s", (_, inputs) => {
  expect(errors(inputs)).toEqual(["error WORKFLOW_NOT_NAMED TELL:7"]);
});

it("is refused where what it names does not exist, or leads back", () => {
  expect(errors("{ sequence: [1], item_wf: { code: WF_SUM_V0 } }")).toEqual(["error REFERENCE_UNRESOLVED TELL:7"]);
  expect(errors("{ sequence: [1], item_wf: { code: WF_ORDER_V0 } }")).toEqual(["error ARTIFACT_RECURSION WF:1"]);
});

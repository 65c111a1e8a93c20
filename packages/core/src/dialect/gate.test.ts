import { publishedDocuments, publishedFound, publishedOptions, type Edit } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { compile } from "../compile/compile.ts";

/** What nobody could execute, or what would be executed otherwise than its author believes. */
const refused: readonly (readonly [string, readonly Edit[], readonly string[]])[] = [
  [
    "a gate asks for more than its own engine could",
    [["WF", "  start_node:", "  admission: { requires: [{ event: EV_A_V0 }] }\n  start_node:"]],
    ["error ARTIFACT_SCHEMA WF:7"],
  ],
  ["an intent node has no code", [["WF", "type: IN, code: IN_ORDER_V0,", "type: IN,"]], ["error ARTIFACT_SCHEMA WF:9"]],
  [
    "no intent serves a workflow whose node names none",
    [
      ["WF", "type: IN, code: IN_ORDER_V0,", "type: IN,"],
      ["IN", "workflow: WF_ORDER_V0", "workflow: else::WF_ORDER_V0"],
    ],
    ["error ARTIFACT_SCHEMA WF:9", "warning INTENT_OF_ANOTHER_WORKFLOW WF:9", "warning REFERENCE_UNRESOLVED IN:5"],
  ],
  ["a policy is called otherwise", [["RB", "      policy: {", "      config: {"]], ["error ARTIFACT_SCHEMA RB:10"]],
  [
    "a policy names no file",
    [["RB", 'path: "{{module_data_root}}/shop/kept.json", ', ""]],
    ["error RUNTIME_BINDING_MISSING KEEP:15"],
  ],
  [
    "a policy names a file elsewhere",
    [["RB", "{{module_data_root}}/shop", "/shop"]],
    ["error RUNTIME_BINDING_MISSING KEEP:15"],
  ],
  [
    "an operation is declared that does not exist",
    [["KEEP", "op: REGISTER", "op: MERGE"]],
    ["error IMPLEMENTATION_UNKNOWN KEEP:17"],
  ],
  [
    "an operation is neither declared nor there",
    [["KEEP", "op: REGISTER", "op: NOTHING"]],
    ["error IMPLEMENTATION_UNKNOWN KEEP:17", "warning SIDE_EFFECT_OPERATION_NOT_DECLARED KEEP:17"],
  ],
  ["a step does not say what to do", [["KEEP", "      op: REGISTER\n", ""]], ["error STEP_KEY_MISSING KEEP:15"]],
  [
    "a transform is neither built in nor brought",
    [["ID", "namespace: capability_transforms", "namespace: shop"]],
    ["error REFERENCE_UNRESOLVED KEEP:10"],
  ],
  ["one file is two kinds of store", [["RB", "shop/kept.json", "shop/told.jsonl"]], ["error STORE_KIND_MIXED TELL:7"]],
  [
    "a workflow has no runtime binding",
    [["WF", "runtime_binding: shop::RB_SHOP_V0\n", ""]],
    ["error RUNTIME_BINDING_MISSING WF:1", "error RUNTIME_BINDING_MISSING WF:1"],
  ],
  [
    "a step calls what is nowhere",
    [["KEEP", "capability_side_effects::CS_REGISTRY_V0", "capability_side_effects::CS_NOWHERE_V0"]],
    ["error REFERENCE_UNRESOLVED KEEP:16"],
  ],
  [
    "a step names nothing to call",
    [["KEEP", "      transform: capability_transforms::CT_PURE_GENERATE_ID_V0\n", ""]],
    ["error STEP_CAPABILITY KEEP:9"],
  ],
  [
    "a contract has no steps",
    [["KEEP", "  pipeline:", "  pipelines:"]],
    ["error ARTIFACT_SCHEMA KEEP:4", "warning UNKNOWN_KEY KEEP:8"],
  ],
  [
    "a binding names no storage structure",
    [["RB", "  storage_structure: shop::STRUCTURE_SHOP_V0\n", ""]],
    ["error RUNTIME_BINDING_MISSING RB:1"],
  ],
  ["an artifact is no map", [["EV", "- a"]], ["warning REFERENCE_UNRESOLVED WF:22"]],
  ["a section is no map", [["STORES", "core: 1"]], ["error REFERENCE_UNRESOLVED RB:5"]],
];

describe("a published artifact that nobody could execute", () => {
  it.each(refused)("is refused when %s", (_, edits, says) => {
    expect(publishedFound(edits).toSorted()).toEqual(says.toSorted());
  });

  it("is no hindrance where the workflow does not need it", () => {
    expect(publishedFound([["OTHER", "cc_code: CC_OTHER_V0"]])).toEqual([]);
    expect(publishedFound([["OTHER", "- nothing"]])).toEqual([]);
    const whole = compile(publishedDocuments([["OTHER", "cc_code: CC_OTHER_V0\n"]]), publishedOptions);
    expect(whole.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "error ARTIFACT_SCHEMA",
      "error ARTIFACT_SCHEMA",
    ]);
  });

  it("is refused where what it binds grows beyond bounds", () => {
    const nested = Array.from({ length: 15 }, (_, index) => {
      const inner = index === 0 ? "$.inputs.key" : `$.results.s${String(index - 1)}.o`;
      return `    - { step: s${String(index)}, transform: capability_transforms::CT_PURE_GENERATE_ID_V0, inputs: { prefix: A, data: x }, outputs: { o: { a: ${inner}, b: ${inner} } }, result_surface: [SUCCESS, VIOLATION], on_result: { SUCCESS: continue, VIOLATION: exit } }\n`;
    });
    expect(
      publishedFound([
        ["KEEP", "  pipeline:\n", `  pipeline:\n${nested.join("")}`],
        ["KEEP", "prefix: A, data: { key: $.inputs.key, note: $.inputs.note }", "prefix: A, data: $.results.s14.o"],
      ]),
    ).toEqual(["error BINDING_TOO_LARGE WF:10"]);
  });
});

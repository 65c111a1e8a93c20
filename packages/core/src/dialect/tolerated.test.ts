import { publishedFound, publishedGraph, type Edit } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { Graph } from "../graph/graph.ts";

/** A mistake, what is said of it, and what becomes of it. */
const mistakes: readonly (readonly [string, readonly Edit[], readonly string[], (graph: Graph) => unknown, unknown])[] =
  [
    [
      "a status has no edge",
      [["WF", "{ SUCCESS: EXIT_DONE, VIOLATION: EXIT }", "{ SUCCESS: EXIT_DONE }"]],
      ["warning OUTCOME_WITHOUT_EDGE WF:20"],
      ({ places, scopes }) => [places["/NO_TRANSITION"], scopes["CC_TELL"]?.exits["VIOLATION"]],
      [
        {
          kind: "exit",
          class: "failed",
          reason: "NO_TRANSITION",
          outcome: "NO_TRANSITION",
          outputs: {},
          node: null,
        },
        { outputs: {}, to: "/NO_TRANSITION" },
      ],
    ],
    [
      "an edge is never taken",
      [["WF", "ALREADY_EXISTS: EXIT_DONE", "ALREADY_EXISTS: EXIT_DONE, NOT_FOUND: EXIT_DONE"]],
      ["warning EDGE_NEVER_TAKEN WF:15"],
      ({ scopes }) => Object.keys(scopes["CC_KEEP"]?.exits ?? {}),
      ["VIOLATION", "VIOLATION/mint", "SUCCESS", "ALREADY_EXISTS", "VIOLATION/keep"],
    ],
    [
      "an input is not bound",
      [["WF", "inputs: { id: $.results.CC_KEEP.id }", "inputs: {}"]],
      ["warning REQUIRED_INPUT_NOT_BOUND WF:19"],
      ({ places }) => places["CC_TELL/tell"],
      expect.objectContaining({ inputs: { record: expect.objectContaining({ fields: expect.anything() }) } }),
    ],
    [
      "an input is nothing",
      [
        ["KEEP", "data: { key: $.inputs.key, note: $.inputs.note }", "data: null"],
        ["WF", "$.results.CC_KEEP.id }", "$.results.CC_KEEP.id, more: $.nowhere.id }"],
        [
          "TELL",
          "{ id: { type: string, required: true } }",
          "{ id: { type: string, required: true }, more: {type: any} }",
        ],
      ],
      ["warning INPUT_PATH_ROOT_UNKNOWN WF:19", "warning INPUT_TYPE_MISMATCH KEEP:11"],
      ({ places }) => places["CC_KEEP/mint"],
      expect.objectContaining({ missing: { leave: "VIOLATION" }, required: ["prefix", "data"] }),
    ],
    [
      "a result is read of what is no contract",
      [["WF", "$.results.CC_KEEP.id", "$.results.CC_KEP.id"]],
      ["warning REFERENCE_UNRESOLVED WF:19"],
      ({ places }) => places["CC_TELL/tell"],
      expect.objectContaining({ inputs: { record: expect.anything() } }),
    ],
    [
      "a step reads what is not there",
      [["KEEP", "{ key: $.results.mint.id }", "{ key: $.results.mynt.id, target_ref: $.nothing.id }"]],
      ["BOUND_INPUT_NOT_DECLARED", "INPUT_PATH_ROOT_UNKNOWN", "REFERENCE_UNRESOLVED"].map(
        (code) => `warning ${code} KEEP:18`,
      ),
      ({ places }) => places["CC_KEEP/keep"],
      expect.objectContaining({ inputs: {}, required: ["key", "target_ref"], missing: { leave: "VIOLATION" } }),
    ],
    [
      "the last step continues",
      [["TELL", "{ SUCCESS: exit,", "{ SUCCESS: continue,"]],
      ["warning ON_RESULT_TARGET_NOT_EXECUTABLE TELL:13"],
      ({ places }) => places["CC_TELL/tell"],
      expect.objectContaining({ edges: { SUCCESS: { leave: "SUCCESS" }, VIOLATION: { leave: "VIOLATION" } } }),
    ],
    [
      "a status is routed nowhere",
      [["TELL", "{ SUCCESS: exit, VIOLATION: exit }", "{ SUCCESS: exit }"]],
      ["warning OUTCOME_WITHOUT_EDGE TELL:13"],
      ({ places }) => places["CC_TELL/tell"],
      expect.objectContaining({ edges: { SUCCESS: { leave: "SUCCESS" }, VIOLATION: { leave: "VIOLATION" } } }),
    ],
    [
      "an operation is not declared and exists",
      [
        ["LOG", "APPEND: {", "PUT: {"],
        ["TELL", "op: APPEND", "op: READ_ALL"],
      ],
      ["warning SIDE_EFFECT_OPERATION_NOT_DECLARED TELL:9"],
      ({ places }) => places["CC_TELL/tell"],
      expect.objectContaining({
        work: {
          kind: "operate",
          capability: "capability_side_effects::CS_APPENDONLY_JSONL_V0",
          operation: "append-only.GET_ALL",
          store: "published::shop/told.jsonl",
        },
      }),
    ],
    [
      "an operation is declared by its older name",
      [
        ["LOG", "APPEND: {", "READ_ALL: {"],
        ["TELL", "op: APPEND", "op: READ_ALL"],
      ],
      [],
      ({ places }) => places["CC_TELL/tell"],
      expect.objectContaining({ work: expect.objectContaining({ operation: "append-only.GET_ALL" }) }),
    ],
    [
      "a step routes an outcome that every call has",
      [
        ["TELL", "{ SUCCESS: exit,", "{ SUCCESS: exit, ERROR: exit,"],
        ["TELL", "[SUCCESS, VIOLATION]\n      on", "[SUCCESS, VIOLATION, ERROR]\n      on"],
        ["WF", "{ SUCCESS: EXIT_DONE, VIOLATION: EXIT }", "{ SUCCESS: EXIT_DONE, VIOLATION: EXIT, ERROR: EXIT }"],
        ["TELL", "allowed: [SUCCESS, VIOLATION]", "allowed: [SUCCESS, VIOLATION, ERROR]"],
      ],
      [],
      ({ places }) => places["CC_TELL/tell"],
      expect.objectContaining({
        outcomes: ["SUCCESS", "VIOLATION"],
        edges: { SUCCESS: { leave: "SUCCESS" }, VIOLATION: { leave: "VIOLATION" }, ERROR: { leave: "ERROR" } },
      }),
    ],
    [
      "nobody reads the answer of a gate",
      [["ID", "id: { type: string, required: true }", "id: { type: string }, ok: { type: boolean, required: true }"]],
      ["warning PREDICATE_RESULT_UNUSED KEEP:9"],
      ({ places }) => places["CC_KEEP/mint"],
      expect.objectContaining({ when: { path: ["ok"], outcomes: { true: "SUCCESS", false: "VIOLATION" } } }),
    ],
    [
      "a gate has two answers, and nobody can say which counts",
      [["ID", "{ id: {", "{ ok: { type: boolean, required: true }, so: { type: boolean, required: true }, id: {"]],
      ["warning PREDICATE_RESULT_UNUSED KEEP:9"],
      ({ places }) => Object.hasOwn(places["CC_KEEP/mint"] ?? {}, "when"),
      false,
    ],
    [
      "nobody says what a missing input means",
      [["TELL", ", on_input_failure: VIOLATION", ""]],
      ["warning KEY_ABSENT TELL:5"],
      ({ places }) => places["CC_TELL/tell"],
      expect.objectContaining({ edges: { SUCCESS: { leave: "SUCCESS" }, VIOLATION: { leave: "VIOLATION" } } }),
    ],
    [
      "an exit has no reason",
      [["WF", "reason: EXITED", "summary: none"]],
      ["warning KEY_ABSENT WF:21"],
      ({ places }) => places["EXIT/NACK"],
      expect.objectContaining({ class: "rejected", reason: "EXIT_REJECTED" }),
    ],
    [
      "an event is nowhere",
      [["WF", "EV_DONE_V0 }", "else::EV_GONE_V0 }"]],
      ["warning REFERENCE_UNRESOLVED WF:22"],
      ({ places }) => places["EXIT_DONE"],
      expect.objectContaining({ emit: "else::EV_GONE_V0" }),
    ],
    [
      "governors are nowhere",
      [
        ["WF", "subdomain: orders", "governed_by: fb::A_V0\nstructure: fb::B_V0"],
        ["EV", "version: v0", "version: v0\ngoverned_by: shop::STRUCTURE_SHOP_V0"],
      ],
      ["warning REFERENCE_UNRESOLVED WF:4", "warning REFERENCE_UNRESOLVED WF:5"],
      ({ start }) => start,
      "IN_ORDER_V0",
    ],
    [
      "keys are unknown",
      [["WF", "  start_node:", "  entry: x\n  start_node:"]],
      ["warning UNKNOWN_KEY WF:7"],
      ({ start }) => start,
      "IN_ORDER_V0",
    ],
  ];

describe("a published artifact that is wrong", () => {
  it.each(mistakes)("is executed as its own engine did when %s", (...[, edits, says, of, wanted]) => {
    expect(publishedFound(edits).toSorted()).toEqual(says.toSorted());
    expect(of(publishedGraph(edits))).toEqual(wanted);
  });

  it.each(mistakes)("is refused in strict mode when %s", (_, edits, says) => {
    const strictly = says.map((line) => line.replace("warning", "error"));
    expect(publishedFound(edits, { strict: true }).toSorted()).toEqual(strictly.toSorted());
  });
});

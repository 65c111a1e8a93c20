import {
  changed,
  greetProject,
  documentsOf,
  publishedCompiled,
  publishedFound,
  publishedGraph,
  testOptions,
} from "@omnibase/testkit";
import { publishedDocuments, publishedOptions, type Edit } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { SourceDocument } from "../artifact/read-artifact.ts";
import { compile } from "../compile/compile.ts";

const gateway: Edit = [
  "GATEWAY",
  `cs_code: CS_WORKFLOW_GATEWAY_V0
namespace: capability_side_effects
version: v0
core:
  category: execution_gateway
  operations:
    EXECUTE:
      idempotent: false
      input: [workflow_code, payload]
      output: [result_status, execution_result]
      result_status_values: [SUCCESS, NOT_FOUND, VIOLATION, BACKEND_ERROR]
    CALL: { input: [workflow_code], output: [], result_status_values: [SUCCESS] }
implementation: { module: a.b, callable: Gateway }
`,
];
const sub: readonly Edit[] = [
  [
    "SUB",
    `wf_code: WF_SUB_V0
version: v0
core:
  start_node: IN_SUB_V0
  nodes:
    IN_SUB_V0: { type: IN, code: IN_SUB_V0, next: { ACK: EXIT_DONE, NACK: EXIT_DONE } }
    EXIT_DONE: { type: EXIT, reason: COMPLETED }
`,
  ],
  [
    "IN_SUB",
    "in_code: IN_SUB_V0\nversion: v0\ncore: { workflow: WF_SUB_V0, inputs: { id: { type: string }, more: { type: any } } }\n",
  ],
];

const told = `    - step: tell
      side_effect: capability_side_effects::CS_APPENDONLY_JSONL_V0
      op: APPEND
      store: TOLD
      inputs: { record: { id: $.inputs.id, at: "{{timestamp}}" } }
      result_surface: [SUCCESS, VIOLATION]
      on_result: { SUCCESS: exit, VIOLATION: exit }
`;
const bound: Edit = [
  "RB",
  "    capability_side_effects::CS_APPENDONLY_JSONL_V0: { type: CS, policy: {} }",
  "    capability_side_effects::CS_WORKFLOW_GATEWAY_V0: { type: CS, policy: {} }",
];

/** The second contract starts another workflow. */
const starting = (inputs: string, op = "EXECUTE"): readonly Edit[] => [
  gateway,
  ...sub,
  bound,
  [
    "TELL",
    told,
    `    - step: start
      side_effect: capability_side_effects::CS_WORKFLOW_GATEWAY_V0
      op: ${op}
      inputs: ${inputs}
      outputs: { told: $.capability_result.execution_result.outputs.told, how: $.capability_result.result_status }
      result_surface: [SUCCESS, NOT_FOUND, VIOLATION, BACKEND_ERROR]
      on_result: { SUCCESS: continue, NOT_FOUND: exit, VIOLATION: exit, BACKEND_ERROR: exit }
    - step: keep
      side_effect: capability_side_effects::CS_REGISTRY_V0
      op: REGISTER
      inputs: { key: $.results.start.capability_result.execution_result.outputs.told }
      result_surface: [SUCCESS, ALREADY_EXISTS, VIOLATION]
      on_result: { SUCCESS: exit, ALREADY_EXISTS: exit, VIOLATION: exit }
`,
  ],
];

describe("a step of a published contract that starts another workflow", () => {
  const edits = starting("{ workflow_code: WF_SUB_V0, payload: { id: $.inputs.id } }");
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
    const whole = publishedGraph(starting("{ workflow_code: shop::WF_SUB_V0, payload: $.inputs.id }"));
    expect(whole.places["CC_TELL/start"]).toMatchObject({
      inputs: { id: { of: "CC_KEEP", path: ["id", "id"] }, more: { of: "CC_KEEP", path: ["id", "more"] } },
    });
    expect(publishedGraph(starting("{ workflow_code: WF_SUB_V0 }")).places["CC_TELL/start"]).toMatchObject({
      inputs: {},
    });
  });
});

const codes = (edits: readonly Edit[]): readonly string[] =>
  publishedFound(edits).filter((found) => found.startsWith("error"));

const narrowed = (given: string): string =>
  given
    .replace("[SUCCESS, NOT_FOUND, VIOLATION, BACKEND_ERROR]\n    CALL", "[SUCCESS, NOT_FOUND]\n    CALL")
    .replace("surface: [SUCCESS, NOT_FOUND, VIOLATION, BACKEND_ERROR]", "surface: [SUCCESS, NOT_FOUND]")
    .replace("NOT_FOUND: exit, VIOLATION: exit, BACKEND_ERROR: exit", "NOT_FOUND: exit");

it("ends for want of an input where no status says that it failed", () => {
  const narrow = starting("{ workflow_code: WF_SUB_V0 }").map(([file, from, to]): Edit => {
    return to === undefined ? [file, narrowed(from)] : [file, from, narrowed(to)];
  });
  expect(publishedGraph(narrow).places["CC_TELL/start"]).toMatchObject({ edges: { FAILED: { leave: "VIOLATION" } } });
});

describe("is refused", () => {
  it("where nobody can say what it starts", () => {
    expect(codes(starting("{ workflow_code: $.inputs.id, payload: {} }"))).toEqual([
      "error IMPLEMENTATION_UNKNOWN TELL:7",
    ]);
    expect(codes(starting("{ workflow_code: WF_SUB_V0 }", "CALL"))).toEqual(["error IMPLEMENTATION_UNKNOWN TELL:7"]);
  });

  it("where that does not exist, or leads back", () => {
    expect(codes(starting("{ workflow_code: WF_SUM_V0, payload: {} }"))).toEqual(["error REFERENCE_UNRESOLVED TELL:7"]);
    expect(codes(starting("{ workflow_code: WF_ORDER_V0, payload: {} }"))).toEqual(["error ARTIFACT_RECURSION WF:1"]);
  });

  it("in a contract of our own, which has nodes for that", () => {
    const [, text] = gateway;
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

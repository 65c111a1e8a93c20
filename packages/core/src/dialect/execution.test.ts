import { locatedYaml, logOf, sha256, testWorld } from "@omnibase/testkit";
import { expect, it } from "vitest";
import { compile } from "../compile/compile.ts";
import { machineOf } from "../execution/machine.ts";
import { resultOf, type ExecutionResult } from "../evidence/result.ts";
import { unborn } from "../execution/state.ts";
import type { ExecutionEvent } from "../execution/events.ts";
import type { Json } from "../value/json.ts";
import type { PureTransform } from "../execution/world.ts";
import type { SourceDocument } from "../artifact/read-artifact.ts";

/** The least that is a workflow, with two steps that end alike and return different things. */
const texts = {
  "WF.yaml": `wf_code: WF_A_V0
version: v0
core:
  start_node: IN_A_V0
  nodes:
    IN_A_V0: { type: IN, code: IN_A_V0, next: { ACK: CC_A, NACK: EXIT } }
    CC_A:
      type: CC
      code: CC_A_V0
      inputs: { data: $.payload.data, more: $.payload.more }
      next: { VIOLATION: EXIT }
    EXIT: { type: EXIT, outputs: { id: $.results.CC_A.id, from: $.results.CC_A.from } }
`,
  "IN.yaml": `in_code: IN_A_V0
version: v0
core: { workflow: WF_A_V0, inputs: { data: { type: string, required: true } } }
`,
  "CC.yaml": `cc_code: CC_A_V0
version: v0
core:
  inputs: { data: { type: string, required: true }, more: { type: any } }
  result_status_contract: { allowed: [SUCCESS, VIOLATION], on_input_failure: VIOLATION }
  pipeline:
    - step: first
      transform: shop::CT_A_V0
      inputs: { data: $.inputs.data }
      outputs: { id: $.capability_result.id, from: first }
      result_surface: [SUCCESS, VIOLATION]
      on_result: { SUCCESS: continue, VIOLATION: exit }
    - step: second
      transform: shop::CT_A_V0
      inputs: { data: $.inputs.more }
      outputs: { id: $.results.first.id, from: second }
      result_surface: [SUCCESS, VIOLATION]
      on_result: { SUCCESS: exit, VIOLATION: exit }
`,
  "CT.yaml": `ct_code: CT_A_V0
version: v0
core: { inputs: { data: { type: any } }, outputs: { id: { type: any } } }
machine: { ct_kind: atom }
`,
};

const documents = Object.entries(texts).map(([file, text]): SourceDocument => ({
  located: locatedYaml(text, file),
  file,
  namespace: "shop",
  dialect: "published",
}));

const said: PureTransform = ({ data }) => ({
  outcome: typeof data === "string" ? data : "ERROR",
  value: { id: `of ${JSON.stringify(data)}` },
});

/** What it comes to when its transform says what it is given. */
function came(input: Json): ExecutionResult {
  const options = { transforms: { "shop::CT_A_V0": "shop::CT_A_V0@sha256:0" }, handlers: {}, grants: { hosts: [] } };
  const graph = compile(documents, options).compiled?.graphs["shop::WF_A_V0"];
  if (graph === undefined) throw new Error("it compiles");
  const decided = machineOf(graph, { ...testWorld, transform: () => said }).decide(
    {
      type: "Start",
      atMs: 1,
      engine: "omnibase/0.1.0",
      execution: "e",
      input,
      principal: "local",
      snapshot: `sha256:${sha256("a snapshot")}`,
      tenant: "default",
      workflow: graph.workflow,
    },
    unborn,
  );
  if (!decided.ok) throw new Error(decided.error.code);
  const events: readonly ExecutionEvent[] = decided.value.events;
  const [first = "", ...others] = logOf(events);
  return resultOf({ graph, lines: [first, ...others], sha256 });
}

it.each([
  ["the first step ends it", { data: "VIOLATION" }, "VIOLATION", { id: 'of "VIOLATION"', from: "first" }],
  [
    "the second step ends it",
    { data: "SUCCESS", more: "VIOLATION" },
    "VIOLATION",
    { id: 'of "SUCCESS"', from: "second" },
  ],
  ["an input is missing", { data: "SUCCESS" }, "VIOLATION", {}],
  ["an input is null", { data: "SUCCESS", more: null }, "VIOLATION", {}],
])("a published contract returns what its last step returned when %s", (_, input, outcome, outputs) => {
  expect(came(input)).toMatchObject({
    status: "FAILED",
    class: "failed",
    exit_node: "EXIT",
    exit_reason: "EXIT_VIOLATION",
    outputs,
    route: [
      { node: "IN_A_V0", outcome: "ACK" },
      { node: "CC_A", outcome },
      { node: "EXIT", outcome: "completed" },
    ],
  });
});

it("names the node of an exit that has several places", () => {
  expect(came({})).toMatchObject({
    class: "rejected",
    exit_node: "EXIT",
    exit_reason: "EXIT_REJECTED",
    nack: [{ field: "data", code: "REQUIRED" }],
    route: [
      { node: "IN_A_V0", outcome: "NACK" },
      { node: "EXIT", outcome: "completed" },
    ],
  });
});

it("ends without an exit where no edge takes a status", () => {
  expect(came({ data: "SUCCESS", more: "SUCCESS" })).toMatchObject({
    status: "FAILED",
    class: "failed",
    exit_node: null,
    exit_reason: "NO_TRANSITION",
    route: [
      { node: "IN_A_V0", outcome: "ACK" },
      { node: "CC_A", outcome: "SUCCESS" },
    ],
  });
});

import type { Edit } from "./project.ts";
import { tellStep } from "./published.ts";

/** The side effect by which a published contract starts other workflows, with all that its family can do, and what nobody can. */
export const gatewayEdit: Edit = [
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
    EXECUTE_SEQUENCE:
      idempotent: false
      input: [sequence, triggered_by, item_wf, item_sub_sequence]
      output: [result_status, items_processed, sub_items_processed]
      result_status_values: [SUCCESS, VIOLATION, BACKEND_ERROR]
    EXECUTE_CONCURRENT:
      idempotent: false
      input: [workflows, triggered_by]
      output: [results, all_succeeded]
      result_status_values: [SUCCESS, PARTIAL_FAILURE, BACKEND_ERROR]
    CALL: { input: [workflow_code], output: [], result_status_values: [SUCCESS] }
implementation: { module: a.b, callable: Gateway }
`,
];

const workflow = (code: string, inputs: string): readonly Edit[] => [
  [
    code,
    `wf_code: WF_${code}_V0
version: v0
core:
  start_node: IN_${code}_V0
  nodes:
    IN_${code}_V0: { type: IN, code: IN_${code}_V0, next: { ACK: EXIT_DONE, NACK: EXIT_DONE } }
    EXIT_DONE: { type: EXIT, reason: COMPLETED }
`,
  ],
  [`IN_${code}`, `in_code: IN_${code}_V0\nversion: v0\ncore: { workflow: WF_${code}_V0, inputs: { ${inputs} } }\n`],
];

const told = tellStep('{ id: $.inputs.id, at: "{{timestamp}}" }');
const bound: Edit = [
  "RB",
  "    capability_side_effects::CS_APPENDONLY_JSONL_V0: { type: CS, policy: {} }",
  "    capability_side_effects::CS_WORKFLOW_GATEWAY_V0: { type: CS, policy: {} }",
];

/** How the step ends, and what is read of what it answered. */
export interface Starting {
  readonly op?: string;
  readonly ends?: readonly string[];
  readonly read?: string;
}

/** The second contract of the published workspace starts other workflows, `WF_SUB_V0` or `WF_OTHER_V0`, and keeps what it was answered. */
export function startingEdits(inputs: string, { ends, op = "EXECUTE", read }: Starting = {}): readonly Edit[] {
  const statuses = ends ?? ["NOT_FOUND", "VIOLATION", "BACKEND_ERROR"];
  const key = read ?? "execution_result.outputs.told";
  return [
    gatewayEdit,
    ...workflow("SUB", "id: { type: string }, more: { type: any }"),
    ...workflow("OTHER", "id: { type: string }"),
    bound,
    [
      "TELL",
      told,
      `    - step: start
      side_effect: capability_side_effects::CS_WORKFLOW_GATEWAY_V0
      op: ${op}
      inputs: ${inputs}
      outputs: { told: $.capability_result.${key}, how: $.capability_result.result_status }
      result_surface: [SUCCESS, ${statuses.join(", ")}]
      on_result: { SUCCESS: continue, ${statuses.map((status) => `${status}: exit`).join(", ")} }
    - step: keep
      side_effect: capability_side_effects::CS_REGISTRY_V0
      op: REGISTER
      inputs: { key: $.results.start.capability_result.${key} }
      result_surface: [SUCCESS, ALREADY_EXISTS, VIOLATION]
      on_result: { SUCCESS: exit, ALREADY_EXISTS: exit, VIOLATION: exit }
`,
    ],
  ];
}

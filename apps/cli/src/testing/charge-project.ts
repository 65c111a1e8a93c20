import { folderWith } from "./cli.ts";

/** A project that asks a server once, and may not ask it again. */
export function chargeProject(origin: string): string {
  const placed = Object.entries(texts).map(([name, text]) => [name, text.replaceAll("ORIGIN", origin)] as const);
  return folderWith(Object.fromEntries(placed));
}

const texts: Readonly<Record<string, string>> = {
  "omnibase.yaml": 'namespace: pay\ndata: ./data\ngrants:\n  hosts: ["ORIGIN"]\n',
  "order.json": '{"order":"A-1"}',
  "contracts/IN_CHARGE_V0.yaml": `in_code: IN_CHARGE_V0
version: v0
core:
  workflow: WF_CHARGE_V0
  inputs:
    order: { type: string, required: true }
`,
  "contracts/CC_CHARGE_V0.yaml": `cc_code: CC_CHARGE_V0
version: v0
core:
  inputs:
    order: { type: string, required: true }
  outputs:
    status: { type: integer }
  result_status_contract:
    allowed: [SUCCESS, VIOLATION]
    on_input_failure: VIOLATION
  pipeline:
    - step: charge
      side_effect: std::CS_HTTP_V0
      op: REQUEST
      endpoint: CHARGE
      inputs: { order: $.inputs.order }
      outputs: { status: $.capability_result.status }
      result_surface: [SUCCESS, VIOLATION]
      on_result: { SUCCESS: exit, VIOLATION: exit }
      timeout: PT20S
  exits:
    SUCCESS: { status: $.results.charge.status }
`,
  "contracts/RB_CHARGE_V0.yaml": `rb_code: RB_CHARGE_V0
version: v0
core:
  bindings:
    std::CS_HTTP_V0:
      policy:
        endpoints:
          CHARGE:
            method: POST
            url: "ORIGIN/charges/{order}"
            idempotent: false
            outcomes: { "2xx": SUCCESS, "4xx": VIOLATION }
`,
  "contracts/WF_CHARGE_V0.yaml": `wf_code: WF_CHARGE_V0
version: v0
runtime_binding: pay::RB_CHARGE_V0
core:
  start_node: ENTER
  nodes:
    ENTER: { type: IN, code: IN_CHARGE_V0, next: { ACK: PAY, NACK: REFUSED } }
    PAY:
      type: CC
      code: CC_CHARGE_V0
      inputs: { order: $.payload.order }
      next: { SUCCESS: DONE, VIOLATION: BROKEN }
    DONE: { type: EXIT, reason: COMPLETED, class: completed, outcome: PAID, outputs: { status: $.results.PAY.status } }
    REFUSED: { type: EXIT, reason: EXITED, class: rejected, outcome: BAD_INPUT }
    BROKEN: { type: EXIT, reason: FAILED, class: failed, outcome: BROKEN }
`,
};

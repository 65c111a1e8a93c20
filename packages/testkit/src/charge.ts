import type { Project } from "./project.ts";

/** A project that acts in the world: one endpoint, one handler of the user's own, and a step that is passed over. */
export const chargeProject: Project = {
  "IN_CHARGE_V0.yaml": `in_code: IN_CHARGE_V0
version: v0
core:
  workflow: WF_CHARGE_V0
  inputs:
    order: { type: string, required: true }
    amount: { type: integer, required: true, minimum: 1 }
    buyer: { type: object, fields: { email: { type: string, required: true }, tier: { type: string, default: LOW } } }
    tags: { type: array, items: { type: string } }
`,
  "CC_CHARGE_V0.yaml": `cc_code: CC_CHARGE_V0
version: v0
core:
  inputs:
    order: { type: string, required: true }
    cents: { type: number, required: true }
    note: { type: object }
    via: { type: string, default: card }
  outputs:
    status: { type: integer }
    sent: { type: string }
  result_status_contract:
    allowed: [SUCCESS, VIOLATION, FAILED]
    on_input_failure: VIOLATION
  pipeline:
    - step: charge
      side_effect: std::CS_HTTP_V0
      op: REQUEST
      endpoint: CHARGE
      inputs: { order: $.inputs.order, cents: $.inputs.cents, note: { by: $.inputs.note.by, via: $.inputs.via, tags: [a] } }
      outputs: { status: $.capability_result.status }
      result_surface: [SUCCESS, ALREADY_EXISTS, VIOLATION, FAILED]
      on_result: { SUCCESS: continue, ALREADY_EXISTS: tell, VIOLATION: exit, FAILED: exit }
      retry: { attempts: 3, backoff: PT0.2S, factor: 3, max: PT30S }
      timeout: PT10S
    - step: count
      side_effect: demo::CS_BELL_V0
      op: RING
      inputs: { text: counted }
      result_surface: [SUCCESS]
      on_result: { SUCCESS: continue }
    - step: tell
      side_effect: demo::CS_BELL_V0
      op: RING
      inputs: { text: "{{timestamp}}", of: $.results.charge.capability_result.status }
      outputs: { sent: $.capability_result.sent, status: $.results.charge.status }
      result_surface: [SUCCESS]
      on_result: { SUCCESS: exit }
  exits:
    SUCCESS: { status: $.results.tell.status, sent: $.results.tell.sent }
`,
  "CS_BELL_V0.yaml": `cs_code: CS_BELL_V0
version: v0
core:
  operations:
    RING:
      inputs:
        text: { type: string, required: true }
        of: { type: integer }
      outcomes:
        SUCCESS: { sent: { type: string, required: true } }
      idempotent: false
implementation: { handler: noop }
`,
  "RB_CHARGE_V0.yaml": `rb_code: RB_CHARGE_V0
version: v0
core:
  bindings:
    std::CS_HTTP_V0:
      policy:
        endpoints:
          CHARGE:
            method: POST
            url: "http://127.0.0.1:8080/charges/{order}"
            idempotent: true
            outcomes: { "2xx": SUCCESS, "409": ALREADY_EXISTS, "4xx": VIOLATION }
    demo::CS_BELL_V0: { policy: { tone: high } }
`,
  "WF_CHARGE_V0.yaml": `wf_code: WF_CHARGE_V0
version: v0
runtime_binding: demo::RB_CHARGE_V0
core:
  start_node: ENTER
  nodes:
    ENTER: { type: IN, code: IN_CHARGE_V0, next: { ACK: PAY, NACK: REFUSED } }
    PAY:
      type: CC
      code: CC_CHARGE_V0
      inputs: { order: $.payload.order, cents: $.payload.amount, note: { by: $.payload.buyer.email, at: "{{timestamp}}" } }
      next: { SUCCESS: DONE, VIOLATION: BROKEN, FAILED: BROKEN }
    DONE: { type: EXIT, reason: COMPLETED, class: completed, outcome: PAID, outputs: { status: $.results.PAY.status } }
    REFUSED: { type: EXIT, reason: EXITED, class: rejected, outcome: BAD_INPUT, outputs: { order: $.received.order } }
    BROKEN: { type: EXIT, reason: FAILED, class: failed, outcome: BROKEN, outputs: { all: $.payload } }
`,
};

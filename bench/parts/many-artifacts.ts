import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How many artifacts one group has: a workflow with what belongs to it. */
const groupSize = 10;

/** Writes a project of so many artifacts, of the sizes that people write: groups of a workflow and what it uses. */
export function writeProject(folder: string, artifacts: number): void {
  mkdirSync(join(folder, "contracts"), { recursive: true });
  mkdirSync(join(folder, "transforms"), { recursive: true });
  writeFileSync(
    join(folder, "omnibase.yaml"),
    'namespace: many\ndata: ./data\nimplementations: transforms\ngrants: { hosts: ["http://127.0.0.1:8402"] }\n',
  );
  writeFileSync(join(folder, "transforms/may_go.ts"), transformFile);
  for (let group = 0; group < artifacts / groupSize; group += 1) {
    const id = String(group).padStart(3, "0");
    for (const [name, text] of Object.entries(groupOf(id))) writeFileSync(join(folder, "contracts", name), text);
  }
}

const transformFile = `export function execute({ count, limit }: { count: number; limit: number }) {
  return { outcome: "SUCCESS", value: { may: count < limit, left: Math.max(0, limit - count - 1) } };
}
`;

function groupOf(id: string): Readonly<Record<string, string>> {
  const steps = ["A", "B", "C"];
  return {
    [`WF_ORDER_${id}_V0.yaml`]: workflow(id, steps),
    [`IN_ORDER_${id}_V0.yaml`]: intent(id),
    ...Object.fromEntries(steps.map((step) => [`CC_${step}_${id}_V0.yaml`, contract(id, step)])),
    [`CC_CHARGE_${id}_V0.yaml`]: charge(id),
    [`CT_MAY_GO_${id}_V0.yaml`]: transform(id),
    [`RB_ORDER_${id}_V0.yaml`]: binding(id),
    [`STRUCTURE_ORDER_${id}_V0.yaml`]: structure(id),
    [`EV_ORDERED_${id}_V0.yaml`]: event(id),
  };
}

const workflow = (id: string, steps: readonly string[]): string => `wf_code: WF_ORDER_${id}_V0
version: v0
runtime_binding: many::RB_ORDER_${id}_V0
core:
  summary: Takes an order through its checks, charges it and keeps it
  start_node: IN_ORDER
  nodes:
    IN_ORDER:
      type: IN
      code: IN_ORDER_${id}_V0
      next: { ACK: CC_${steps[0] ?? ""}, NACK: EXIT_BAD_INPUT }
${steps.map((step, index) => contractNode(id, step, steps[index + 1])).join("")}    CC_CHARGE:
      type: CC
      code: CC_CHARGE_${id}_V0
      inputs: { order: $.payload.order, cents: $.payload.cents }
      next: { SUCCESS: EXIT_ORDERED, DECLINED: EXIT_DECLINED, VIOLATION: EXIT_BROKEN }
    EXIT_ORDERED:
      type: EXIT
      reason: COMPLETED
      class: completed
      outcome: ORDERED
      outputs: { id: $.results.CC_A.id, order: $.payload.order }
      emit: many::EV_ORDERED_${id}_V0
    EXIT_DECLINED: { type: EXIT, reason: EXITED, class: rejected, outcome: DECLINED }
    EXIT_REFUSED: { type: EXIT, reason: EXITED, class: rejected, outcome: REFUSED }
    EXIT_BAD_INPUT: { type: EXIT, reason: EXITED, class: rejected, outcome: BAD_INPUT }
    EXIT_BROKEN: { type: EXIT, reason: FAILED, class: failed, outcome: BROKEN }
`;

const contractNode = (id: string, step: string, next: string | undefined): string => `    CC_${step}:
      type: CC
      code: CC_${step}_${id}_V0
      inputs:
        name: $.payload.buyer.name
        count: $.payload.count
        details: { order: $.payload.order, at: "{{timestamp}}", tags: [a, b] }
      next:
        SUCCESS: CC_${next ?? "CHARGE"}
        TOO_MANY: EXIT_REFUSED
        ALREADY_EXISTS: EXIT_REFUSED
        VIOLATION: EXIT_BROKEN
        BACKEND_ERROR: EXIT_BROKEN
`;

const intent = (id: string): string => `in_code: IN_ORDER_${id}_V0
version: v0
core:
  summary: An order, and who wants it
  workflow: WF_ORDER_${id}_V0
  inputs:
    order: { type: string, required: true, min_length: 1, max_length: 40 }
    cents: { type: integer, required: true, minimum: 1, maximum: 1000000 }
    count: { type: integer, required: true, minimum: 0 }
    buyer:
      type: object
      required: true
      fields:
        name: { type: string, required: true, min_length: 1 }
        email: { type: string, required: true, format: email }
    note: { type: string, default: none }
`;

const contract = (id: string, step: string): string => `cc_code: CC_${step}_${id}_V0
version: v0
core:
  summary: Asks whether there is room, derives an id, registers it once and journals it
  inputs:
    name: { type: string, required: true }
    count: { type: integer, required: true }
    details: { type: object, required: true }
  outputs:
    id: { type: string }
    left: { type: integer }
  result_status_contract:
    allowed: [SUCCESS, TOO_MANY, ALREADY_EXISTS, VIOLATION, BACKEND_ERROR]
    on_input_failure: VIOLATION
  pipeline:
    - step: ask
      transform: many::CT_MAY_GO_${id}_V0
      inputs: { count: $.inputs.count, limit: 3 }
      outputs: { left: $.capability_result.left }
      when: { field: may, outcomes: { SUCCESS: true, TOO_MANY: false } }
      result_surface: [SUCCESS, TOO_MANY]
      on_result: { SUCCESS: continue, TOO_MANY: exit }
    - step: id
      transform: std::CT_PURE_GENERATE_ID_V0
      inputs: { prefix: ${step}, data: $.inputs.name }
      outputs: { id: $.capability_result.id }
      result_surface: [SUCCESS, VIOLATION]
      on_result: { SUCCESS: continue, VIOLATION: exit }
    - step: keep
      side_effect: std::CS_REGISTRY_V0
      op: REGISTER
      store: SEEN_${step}
      inputs: { key: $.results.id.id }
      result_surface: [SUCCESS, ALREADY_EXISTS, VIOLATION, BACKEND_ERROR]
      on_result: { SUCCESS: continue, ALREADY_EXISTS: exit, VIOLATION: exit, BACKEND_ERROR: exit }
    - step: note
      side_effect: std::CS_APPENDONLY_JSONL_V0
      op: APPEND
      store: JOURNAL_${step}
      inputs: { record: { id: $.results.id.id, details: $.inputs.details }, stream_id: $.inputs.name }
      result_surface: [SUCCESS, VIOLATION, BACKEND_ERROR]
      on_result: { SUCCESS: exit, VIOLATION: exit, BACKEND_ERROR: exit }
  exits:
    SUCCESS: { id: $.results.id.id, left: $.results.ask.left }
    ALREADY_EXISTS: { id: $.results.id.id }
`;

const charge = (id: string): string => `cc_code: CC_CHARGE_${id}_V0
version: v0
core:
  summary: Asks the bank for the money, once
  inputs:
    order: { type: string, required: true }
    cents: { type: integer, required: true }
  outputs: { order: { type: string } }
  result_status_contract: { allowed: [SUCCESS, DECLINED, VIOLATION], on_input_failure: VIOLATION }
  pipeline:
    - step: charge
      side_effect: std::CS_HTTP_V0
      op: REQUEST
      endpoint: CHARGE
      inputs: { order: $.inputs.order, body: { cents: $.inputs.cents } }
      timeout: PT2S
      result_surface: [SUCCESS, DECLINED]
      on_result: { SUCCESS: exit, DECLINED: exit }
  exits:
    SUCCESS: { order: $.inputs.order }
    DECLINED: { order: $.inputs.order }
`;

const transform = (id: string): string => `ct_code: CT_MAY_GO_${id}_V0
version: v0
core:
  summary: Says whether one more is allowed
  inputs:
    count: { type: integer, required: true }
    limit: { type: integer, required: true }
  outputs:
    may: { type: boolean, required: true }
    left: { type: integer, required: true }
  outcomes: [SUCCESS]
implementation: { typescript: may_go }
`;

const binding = (id: string): string => `rb_code: RB_ORDER_${id}_V0
version: v0
core:
  summary: Where orders are kept, and where the bank is
  storage_structure: many::STRUCTURE_ORDER_${id}_V0
  bindings:
    std::CS_REGISTRY_V0: { policy: {} }
    std::CS_APPENDONLY_JSONL_V0: { policy: {} }
    std::CS_HTTP_V0:
      policy:
        endpoints:
          CHARGE:
            method: POST
            url: "http://127.0.0.1:8402/orders/{order}/charges"
            idempotent: false
            outcomes: { "2xx": SUCCESS, "402": DECLINED }
`;

const structure = (id: string): string => `structure_code: STRUCTURE_ORDER_${id}_V0
version: v0
core:
  summary: What was seen, and when
  storage_roots: { base_path: "{{module_data_root}}" }
  entity_stores:
${["A", "B", "C"].map((step) => `    SEEN_${step}: { path: ${id}/seen-${step}.jsonl }\n    JOURNAL_${step}: { path: ${id}/journal-${step}.jsonl }\n`).join("")}`;

const event = (id: string): string => `ev_code: EV_ORDERED_${id}_V0
version: v0
core:
  summary: An order was taken
  schema:
    id: { type: string, required: true }
    order: { type: string, required: true }
`;

import type { Project } from "./project.ts";

const atom = (name: string, inputs: string, outputs: string, outcomes = ""): string => `ct_code: CT_${name}_V0
version: v0
core:
  inputs: { ${inputs} }
  outputs: { ${outputs} }
${outcomes}implementation: { typescript: ${name.toLowerCase()} }
`;

const number = "{ type: number, required: true }";

/** What a list of lines costs: price by count, summed, with a discount. */
export const billProject: Project = {
  "CT_TIMES_V0.yaml": atom("TIMES", `a: ${number}, b: ${number}`, `product: ${number}`),
  "CT_PLUS_V0.yaml": atom("PLUS", `a: ${number}, b: ${number}, note: { type: string }`, `sum: ${number}`),
  "CT_LINE_V0.yaml": `ct_code: CT_LINE_V0
version: v0
core:
  inputs: { line: { type: object, required: true, fields: { price: ${number}, count: ${number} } }, before: ${number} }
  outputs: { total: ${number} }
molecule:
  steps:
    - { as: cost, transform: CT_TIMES_V0, with: { a: $.inputs.line.price, b: $.inputs.line.count } }
    - { as: sum, transform: CT_PLUS_V0, with: { a: $.inputs.before, b: $.results.cost.product } }
  emit: { total: $.results.sum.sum }
`,
  "CT_BILL_V0.yaml": `ct_code: CT_BILL_V0
version: v0
core:
  inputs: { lines: { type: array, required: true } }
  outputs: { total: { type: any, required: true }, last: { type: number }, note: { type: array } }
molecule:
  steps:
    - as: lines
      transform: CT_LINE_V0
      over: $.inputs.lines
      accumulator: { total: 0, rounds: [] }
      with: { line: $.iterator, before: $.accumulator.total }
      update: { total: $.last.total, rounds: [$.accumulator.total, "x"] }
  emit: { total: $.results.lines.accumulator.total, last: $.results.lines.total, note: [1, { a: $.inputs.lines }] }
`,
  "TEST_DATA_CT_BILL_V0.yaml": `test_data_code: TEST_DATA_CT_BILL_V0
version: v0
core:
  transform: CT_BILL_V0
  cases:
    two:
      bindings: { lines: [{ price: 2, count: 3 }, { price: 10, count: 1 }] }
      expected: { total: 16, last: 16 }
    none:
      bindings: { lines: [] }
      expected: { total: 0 }
    no_number:
      bindings: { lines: [{ price: 1 }] }
      expected_outcome: VIOLATION
    too_many:
      bindings: { lines: [${"0,".repeat(1_001)}] }
      expected_outcome: VIOLATION
`,
  "IN_BILL_V0.yaml": `in_code: IN_BILL_V0
version: v0
core: { workflow: WF_BILL_V0, inputs: { lines: { type: array, required: true } } }
`,
  "WF_BILL_V0.yaml": `workflow: WF_PAY_V0
version: v0
intent: { inputs: { lines: { type: array, required: true } }, next: { ACK: BILL, NACK: NO } }
nodes:
  BILL: { transform: demo::CT_BILL_V0, inputs: { lines: $.payload.lines }, next: { SUCCESS: YES, VIOLATION: NO } }
  YES: { type: EXIT, class: completed, outcome: BILLED, outputs: { total: $.results.BILL.total } }
  NO: { type: EXIT, class: rejected, outcome: REFUSED }
`,
};

import type { Project } from "./project.ts";

/** A project that says everything that a node can be: rounds, waits, a task, another workflow, a fork and its join. */
export const constructsProject: Project = {
  "IN_ALL_V0.yaml": `in_code: IN_ALL_V0
version: v0
core:
  workflow: WF_ALL_V0
  inputs:
    items: { type: array, required: true, items: { type: object, fields: { n: { type: integer, required: true } } } }
`,
  "IN_SUB_V0.yaml": `in_code: IN_SUB_V0
version: v0
core:
  workflow: WF_SUB_V0
  inputs:
    n: { type: integer, required: true }
    note: { type: string }
`,
  "AC_BOSS_V0.yaml": `ac_code: AC_BOSS_V0
version: v0
core:
  type: human
`,
  "CC_ONE_V0.yaml": `cc_code: CC_ONE_V0
version: v0
core:
  inputs:
    n: { type: integer, required: true }
    at: { type: integer, required: true }
  outputs:
    n: { type: integer }
    by: { type: object, fields: { who: { type: string } } }
  result_status_contract:
    allowed: [SUCCESS, AGAIN, VIOLATION]
    on_input_failure: VIOLATION
  pipeline:
    - step: look
      transform: std::CT_PURE_COMPARE_EQUAL_V0
      inputs: { left: $.inputs.n, right: $.inputs.at }
      when: { field: is_equal, outcomes: { SUCCESS: true, AGAIN: false } }
      result_surface: [SUCCESS, AGAIN, VIOLATION]
      on_result: { SUCCESS: exit, AGAIN: exit, VIOLATION: exit }
  exits:
    SUCCESS: { n: $.inputs.n, by: { who: me } }
    AGAIN: { n: $.inputs.n }
`,
  "WF_SUB_V0.yaml": `wf_code: WF_SUB_V0
version: v0
core:
  start_node: ENTER
  nodes:
    ENTER: { type: IN, code: IN_SUB_V0, next: { ACK: DONE, NACK: REFUSED } }
    DONE: { type: EXIT, reason: COMPLETED, class: completed, outcome: DONE, outputs: { n: $.payload.n, why: fine } }
    REFUSED: { type: EXIT, reason: EXITED, class: rejected, outcome: BAD_INPUT, outputs: { why: 7 } }
`,
  "WF_ALL_V0.yaml": `wf_code: WF_ALL_V0
version: v0
core:
  start_node: ENTER
  nodes:
    ENTER: { type: IN, code: IN_ALL_V0, next: { ACK: [EACH, ASK], NACK: REFUSED } }
    EACH:
      type: MAP
      over: $.payload.items
      as: it
      code: CC_ONE_V0
      inputs: { n: $.it.n, at: $.index }
      parallel: 2
      max: 10
      on_failure: continue
      succeeds: [SUCCESS, AGAIN]
      next: { SUCCESS: MEET, ITEM_FAILED: MEET, VIOLATION: MEET }
    ASK:
      type: TASK
      summary: Think of a number
      inputs: { items: $.payload.items }
      actors: [demo::AC_BOSS_V0]
      outputs: { n: { type: integer, required: true } }
      timeout: P1D
      next: { YES: POLL, NO: MEET, TIMED_OUT: MEET }
    POLL:
      type: LOOP
      code: CC_ONE_V0
      first: { n: $.results.ASK.n }
      inputs: { n: $.last.n, at: $.index }
      again: [AGAIN]
      max: 5
      every: PT1S
      next: { SUCCESS: MEET, VIOLATION: MEET, EXHAUSTED: MEET }
    MEET:
      type: WAIT
      join: all
      signal: GO
      fields: { at: { type: string, required: true } }
      timeout: PT1H
      next: { RECEIVED: PAUSE, TIMED_OUT: LATE }
    PAUSE: { type: WAIT, for: PT1S, next: { ELAPSED: TILL } }
    TILL: { type: WAIT, until: $.results.MEET.at, next: { ELAPSED: SUB, VIOLATION: LATE } }
    SUB:
      type: CHILD
      workflow: demo::WF_SUB_V0
      inputs: { n: 1 }
      next: { COMPLETED: DONE, REJECTED: LATE, FAILED: LATE, CANCELLED: LATE }
    DONE:
      type: EXIT
      reason: COMPLETED
      class: completed
      outcome: DONE
      outputs: { n: $.results.SUB.n, at: $.results.MEET.at }
    LATE: { type: EXIT, reason: EXITED, class: rejected, outcome: LATE }
    REFUSED: { type: EXIT, reason: EXITED, class: rejected, outcome: BAD_INPUT }
`,
};

import { expect, it } from "vitest";
import { defineActor, defineContract, defineTransform, defineWorkflow } from "./index.ts";
import { boolean, integer, list, object, text } from "./index.ts";
import { test } from "./test.ts";

const end = { type: "EXIT", class: "rejected", outcome: "BAD" } as const;

const order = defineWorkflow({
  code: "WF_ORDER_V0",
  intent: { input: { cups: integer({ minimum: 1 }), ready_at: text() }, next: { ACK: "GRIND", NACK: "BAD" } },
  nodes: {
    GRIND: { type: "WAIT", for: "PT20S", next: { ELAPSED: "BREW" } },
    BREW: { type: "WAIT", until: "$.payload.ready_at", next: { ELAPSED: "PAYMENT", VIOLATION: "BAD" } },
    PAYMENT: {
      type: "WAIT",
      signal: "PAID",
      fields: { cents: integer({ minimum: 1 }) },
      timeout: "PT1H",
      next: { RECEIVED: "SERVED", TIMED_OUT: "COLD" },
    },
    SERVED: {
      type: "EXIT",
      class: "completed",
      outcome: "SERVED",
      outputs: { cups: "$.payload.cups", cents: "$.results.PAYMENT.cents" },
    },
    COLD: { type: "EXIT", class: "rejected", outcome: "COLD" },
    BAD: end,
  },
});
const ordered = test(order).when({ start: { cups: 2, ready_at: "2026-01-01T00:05:00Z" } });

it("lets time pass, and hears what is said meanwhile", async () => {
  await test(order).expect({});
  await ordered.expect({ status: "WAITING", path: [] });
  await ordered.when({ advance: "PT20S" }).expect({ status: "WAITING", path: ["GRIND"] });
  const brewed = ordered.when({ advance: "PT5M" });
  await brewed
    .when({ signal: "PAID", value: { cents: 450 } })
    .expect({ exit: "SERVED", outputs: { cups: 2, cents: 450 }, path: ["GRIND", "BREW", "PAYMENT", "SERVED"] });
  await brewed.when({ advance: "PT1H" }).expect({ exit: "COLD", class: "rejected" });
  await ordered.when({ signal: "PAID", value: { cents: 1 } }, { advance: "PT1H" }).expect({ outcome: "SERVED" });
  await ordered.when({ cancel: "enough" }).expect({ status: "CANCELLED" });
});

const manager = defineActor({ code: "AC_MANAGER_V0", type: "human" });
const refund = defineWorkflow({
  code: "WF_REFUND_V0",
  intent: { input: { order: text(), cents: integer() }, next: { ACK: "APPROVE", NACK: "BAD" } },
  stores: { REFUNDS: "refunds.json" },
  nodes: {
    APPROVE: {
      type: "TASK",
      summary: "Approve the refund",
      inputs: { order: "$.payload.order", cents: "$.payload.cents" },
      actors: [manager],
      output: { note: text() },
      timeout: "P2D",
      next: { APPROVED: "KEEP", DENIED: "BAD", TIMED_OUT: "BAD" },
    },
    KEEP: {
      side_effect: "std::CS_MUTABLE_JSON_V0",
      op: "WRITE",
      store: "REFUNDS",
      inputs: { key: "$.payload.order", value: { note: "$.results.APPROVE.note" } },
      next: { SUCCESS: "DONE", VIOLATION: "BAD", BACKEND_ERROR: "BAD" },
    },
    DONE: { type: "EXIT", class: "completed", outcome: "REFUNDED" },
    BAD: end,
  },
});

it("asks somebody, and hears nobody else", async () => {
  const asked = test(refund)
    .given({ records: { REFUNDS: { "A-0": { note: "before" } } } })
    .when({ start: { order: "A-1", cents: 450 } });
  const said = { task: "APPROVE", outcome: "APPROVED", output: { note: "broken" } } as const;
  await asked.when(said).expect({ refused: "NOT_AN_ACTOR" });
  await asked
    .when({ ...said, as: "test::AC_MANAGER_V0" })
    .expect({ exit: "DONE", records: { REFUNDS: { "A-0": { note: "before" }, "A-1": { note: "broken" } } } });
  await expect(asked.when(said).expect({ status: "WAITING" })).rejects.toThrow("NOT_AN_ACTOR");
  await expect(asked.when(said, said).expect({})).rejects.toThrow("step 2 was refused: NOT_AN_ACTOR");
});

const price = defineTransform({
  code: "CT_PRICE_V0",
  input: { cents: integer(), count: integer() },
  output: { total: integer() },
  outcomes: ["VIOLATION"],
  run: ({ cents, count }) =>
    count > 0 ? { outcome: "SUCCESS", value: { total: cents * count } } : { outcome: "VIOLATION" },
  cases: {
    two: { input: { cents: 3, count: 2 }, output: { total: 6 } },
    none: { input: { cents: 3, count: 0 }, outcome: "VIOLATION" },
  },
});
const priceLine = defineContract({
  code: "CC_PRICE_LINE_V0",
  input: { at: integer(), cents: integer(), count: integer() },
  output: { total: { type: "integer" } },
  statuses: ["SUCCESS", "VIOLATION", "BACKEND_ERROR"],
  pipeline: [
    {
      step: "price",
      transform: price,
      inputs: { cents: "$.inputs.cents", count: "$.inputs.count" },
      outputs: { total: "$.capability_result.total" },
      on_result: { SUCCESS: "continue", VIOLATION: "exit" },
    },
    {
      step: "note",
      side_effect: "std::CS_APPENDONLY_JSONL_V0",
      op: "APPEND",
      store: "LINES",
      inputs: { record: { at: "$.inputs.at", total: "$.results.price.total" } },
      on_result: { SUCCESS: "exit", VIOLATION: "exit", BACKEND_ERROR: "exit" },
    },
  ],
  exits: { SUCCESS: { total: "$.results.price.total" } },
});
const bill = defineWorkflow({
  code: "WF_BILL_V0",
  intent: {
    input: { lines: list(object({ cents: integer(), count: integer() })) },
    next: { ACK: "LINES", NACK: "BAD" },
  },
  stores: { LINES: "lines.jsonl" },
  nodes: {
    LINES: {
      type: "MAP",
      over: "$.payload.lines",
      as: "line",
      code: priceLine,
      inputs: { at: "$.index", cents: "$.line.cents", count: "$.line.count" },
      on_failure: "continue",
      succeeds: ["SUCCESS"],
      next: { SUCCESS: "PRICED", ITEM_FAILED: "IN_PART", VIOLATION: "BAD" },
    },
    PRICED: { type: "EXIT", class: "completed", outcome: "PRICED", outputs: { lines: "$.results.LINES.results" } },
    IN_PART: { type: "EXIT", class: "rejected", outcome: "IN_PART", outputs: { failed: "$.results.LINES.failed" } },
    BAD: end,
  },
});

it("executes a contract for each item", async () => {
  await test(bill)
    .when({ start: { lines: [{ cents: 150, count: 2 }] } })
    .expect({ exit: "PRICED", outputs: { lines: [{ total: 300 }] }, asked: [] });
  await test(bill)
    .when({ start: { lines: [{ cents: 1, count: 0 }] } })
    .expect({ exit: "IN_PART", outputs: { failed: 1 } });
});

const fall = defineTransform({
  code: "CT_FALL_V0",
  input: { n: integer() },
  output: { n: integer(), down: boolean() },
  run({ n }) {
    const next = n % 2 === 0 ? n / 2 : 3 * n + 1;
    return { n: next, down: next === 1 };
  },
});
const fallOnce = defineContract({
  code: "CC_FALL_V0",
  input: { n: integer() },
  output: { n: { type: "integer" } },
  statuses: ["DOWN", "NOT_YET", "VIOLATION"],
  pipeline: [
    {
      step: "fall",
      transform: fall,
      inputs: { n: "$.inputs.n" },
      outputs: { n: "$.capability_result.n" },
      when: { field: "down", outcomes: { DOWN: true, NOT_YET: false } },
      on_result: { DOWN: "exit", NOT_YET: "exit" },
    },
  ],
  exits: { DOWN: { n: "$.results.fall.n" }, NOT_YET: { n: "$.results.fall.n" } },
});
const falls = defineWorkflow({
  code: "WF_FALL_V0",
  intent: { input: { n: integer({ minimum: 2 }) }, next: { ACK: "FALL", NACK: "BAD" } },
  nodes: {
    FALL: {
      type: "LOOP",
      code: fallOnce,
      first: { n: "$.payload.n" },
      inputs: { n: "$.last.n" },
      again: ["NOT_YET"],
      max: 10,
      next: { DOWN: "DOWN", VIOLATION: "BAD", EXHAUSTED: "UP" },
    },
    DOWN: { type: "EXIT", class: "completed", outcome: "DOWN" },
    UP: { type: "EXIT", class: "rejected", outcome: "UP", outputs: { n: "$.results.FALL.n" } },
    BAD: end,
  },
});
const parent = defineWorkflow({
  code: "WF_PARENT_V0",
  intent: { input: { n: integer() }, next: { ACK: ["ONE", "OTHER"], NACK: "BAD" } },
  nodes: {
    ONE: {
      type: "CHILD",
      workflow: falls,
      inputs: { n: "$.payload.n" },
      next: { COMPLETED: "BOTH", REJECTED: "BOTH", FAILED: "BOTH", CANCELLED: "BOTH" },
    },
    OTHER: { type: "WAIT", for: "PT1M", next: { ELAPSED: "BOTH" } },
    BOTH: { type: "WAIT", join: "all", for: "PT1S", next: { ELAPSED: "DONE" } },
    DONE: { type: "EXIT", class: "completed", outcome: "DONE" },
    BAD: end,
  },
});

it("goes again and again, starts others, and waits for both of two ways", async () => {
  await test(falls)
    .when({ start: { n: 6 } })
    .expect({ exit: "DOWN" });
  await test(falls)
    .when({ start: { n: 27 } })
    .expect({ exit: "UP", outputs: { n: 214 } });
  const both = test(parent).when({ start: { n: 6 } });
  await both.expect({ status: "WAITING", path: ["ONE"] });
  await both.when({ advance: "PT61S" }).expect({ exit: "DONE", path: ["ONE", "OTHER", "BOTH", "DONE"] });
});

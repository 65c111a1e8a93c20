import { expect, it } from "vitest";
import { defineEvent, defineWorkflow, text } from "./index.ts";
import { NotCompiled, test } from "./test.ts";

const paid = defineEvent({ code: "EV_PAID_V0", fields: { order: text() } });
const pay = defineWorkflow({
  code: "WF_PAY_V0",
  intent: { input: { order: text({ min_length: 1 }) }, next: { ACK: "CHARGE", NACK: "BAD" } },
  admission: { forbids: [{ event: paid, where: { order: "$.payload.order" } }] },
  stores: { TAKEN: "taken.jsonl" },
  bindings: {
    "std::CS_HTTP_V0": {
      endpoints: {
        CHARGE: {
          method: "POST",
          url: "https://bank.example.org/orders/{order}/charges",
          idempotent: false,
          outcomes: { "2xx": "SUCCESS", "402": "DECLINED" },
        },
      },
    },
  },
  nodes: {
    CHARGE: {
      side_effect: "std::CS_HTTP_V0",
      op: "REQUEST",
      endpoint: "CHARGE",
      inputs: { order: "$.payload.order" },
      next: { SUCCESS: "TAKE", DECLINED: "BAD", VIOLATION: "BAD" },
    },
    TAKE: {
      side_effect: "std::CS_REGISTRY_V0",
      op: "REGISTER",
      store: "TAKEN",
      inputs: { key: "$.payload.order" },
      compensate: {
        side_effect: "std::CS_REGISTRY_V0",
        op: "DEREGISTER",
        store: "TAKEN",
        inputs: { key: "$.inputs.key" },
      },
      next: { SUCCESS: "PAID", ALREADY_EXISTS: "BAD", VIOLATION: "BAD", BACKEND_ERROR: "BAD" },
    },
    PAID: { type: "EXIT", class: "completed", outcome: "PAID", emit: paid, outputs: { order: "$.payload.order" } },
    BAD: { type: "EXIT", class: "failed", outcome: "BAD" },
  },
});
const start = { start: { order: "A-1" } } as const;
const done = { done: "SUCCESS", value: { status: 200, headers: {}, body: {} } } as const;

it("has the world say what a test declares: done, certainly not done, and unknown", async () => {
  await test(pay)
    .given({ answers: { CHARGE: [done] } })
    .when(start)
    .expect({ exit: "PAID", emitted: ["EV_PAID_V0"], asked: ["CHARGE"], outputs: { order: "A-1" } });
  await test(pay)
    .given({ answers: { CHARGE: [{ done: "DECLINED" }] } })
    .when(start)
    .expect({ exit: "BAD", emitted: [] });
  const silent = test(pay)
    .given({ answers: { CHARGE: [{ unknown: "silence" }] } })
    .when(start);
  await silent.expect({ status: "INCIDENT", problem: "OUTCOME_UNKNOWN", asked: ["CHARGE"] });
  await silent
    .when({ resolve: "CHARGE/call", with: { kind: "done", outcome: "SUCCESS", value: {} } })
    .expect({ exit: "PAID" });
  await test(pay)
    .given({ answers: { CHARGE: [{ not_done: "no" }] } })
    .when(start)
    .expect({ status: "INCIDENT" });
  const late = test(pay).when(start);
  await late.expect({ status: "WAITING", asked: ["CHARGE"] });
  await late.when({ answer: "CHARGE", with: done }).expect({ exit: "PAID" });
});

it("knows what others have emitted", async () => {
  await test(pay)
    .given({ events: [{ event: "test::EV_PAID_V0", fields: { order: "A-1" } }] })
    .when(start)
    .expect({ status: "FAILED", asked: [], path: ["ADMISSION"] });
});

it("says what does not compile, with its line, and what came instead of what was expected", async () => {
  const wrong = defineWorkflow({
    code: "WF_WRONG_V0",
    intent: { input: {}, next: { ACK: "GO", NACK: "GO" } },
    nodes: { GO: { type: "EXIT", class: "completed", outcome: "not a name" } },
  });
  const refused = await test(wrong)
    .when({ start: {} })
    .expect({})
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(NotCompiled);
  expect(String(refused)).toMatch(/packages\/sdk\/src\/effects\.test\.ts:\d+:\d+ ID_CHARSET/);
  const failed = test(pay)
    .when({ start: { order: "" } })
    .expect({ exit: "PAID" });
  await expect(failed).rejects.toThrow("it went IN_PAY_V0 (NACK) → BAD (completed)\nnot let in:");
});

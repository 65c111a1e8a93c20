import { defineActor, defineEvent, defineTransform, defineWorkflow, integer, text } from "@omnibase/sdk";

export const manager = defineActor({ code: "AC_MANAGER_V0", summary: "Who may give money back", type: "human" });

export const refunded = defineEvent({ code: "EV_REFUNDED_V0", fields: { order: text(), cents: integer() } });

export const fee = defineTransform({
  code: "CT_FEE_V0",
  summary: "What is kept of a refund, and what is not worth one",
  input: { cents: integer() },
  output: { cents: integer() },
  outcomes: ["TOO_SMALL"],
  run: ({ cents }) => {
    const kept = Math.ceil(cents / 100);
    return cents < 50 ? { outcome: "TOO_SMALL" } : { outcome: "SUCCESS", value: { cents: cents - kept } };
  },
  cases: {
    usual: { input: { cents: 450 }, output: { cents: 445 } },
    small: { input: { cents: 49 }, outcome: "TOO_SMALL" },
  },
});

export const refund = defineWorkflow({
  code: "WF_REFUND_V0",
  summary: "Gives money back when a manager says so",
  intent: {
    input: { order: text({ min_length: 1, max_length: 40 }), cents: integer({ minimum: 1 }) },
    next: { ACK: "FEE", NACK: "BAD_INPUT" },
  },
  stores: { REFUNDS: "refunds.jsonl" },
  bindings: {
    "std::CS_HTTP_V0": {
      endpoints: {
        PAY: {
          method: "POST",
          url: "http://127.0.0.1:8402/orders/{order}/refunds",
          idempotent: false,
          outcomes: { "2xx": "PAID", "402": "DECLINED" },
        },
      },
    },
  },
  nodes: {
    FEE: {
      transform: fee,
      inputs: { cents: "$.payload.cents" },
      next: { SUCCESS: "APPROVE", TOO_SMALL: "DENIED", VIOLATION: "BROKEN" },
    },
    APPROVE: {
      type: "TASK",
      summary: "Approve the refund",
      inputs: { order: "$.payload.order", cents: "$.results.FEE.cents" },
      actors: [manager],
      output: { note: text({ max_length: 200 }) },
      timeout: "P2D",
      next: { APPROVED: "ONCE", DENIED: "DENIED", TIMED_OUT: "DENIED" },
    },
    ONCE: {
      side_effect: "std::CS_REGISTRY_V0",
      op: "REGISTER",
      store: "REFUNDS",
      inputs: { key: "$.payload.order" },
      compensate: {
        side_effect: "std::CS_REGISTRY_V0",
        op: "DEREGISTER",
        store: "REFUNDS",
        inputs: { key: "$.inputs.key" },
      },
      next: { SUCCESS: "PAY", ALREADY_EXISTS: "KNOWN", VIOLATION: "BROKEN", BACKEND_ERROR: "BROKEN" },
    },
    PAY: {
      side_effect: "std::CS_HTTP_V0",
      op: "REQUEST",
      endpoint: "PAY",
      inputs: { order: "$.payload.order", body: { cents: "$.results.FEE.cents" } },
      next: { PAID: "REFUNDED", DECLINED: "BROKEN", VIOLATION: "BROKEN" },
    },
    REFUNDED: {
      type: "EXIT",
      class: "completed",
      outcome: "REFUNDED",
      emit: refunded,
      outputs: { order: "$.payload.order", cents: "$.results.FEE.cents" },
    },
    KNOWN: { type: "EXIT", class: "completed", outcome: "KNOWN" },
    DENIED: { type: "EXIT", class: "rejected", outcome: "DENIED" },
    BAD_INPUT: { type: "EXIT", class: "rejected", outcome: "BAD_INPUT" },
    BROKEN: { type: "EXIT", class: "failed", outcome: "BROKEN" },
  },
});

import { defineWorkflow, integer, text } from "@omnibase/sdk";

/** Waits for somebody who pays, and for somebody who says whether it was good. */
export const order = defineWorkflow({
  code: "WF_ORDER_V0",
  intent: { input: { cups: integer({ minimum: 1 }) }, next: { ACK: "PAYMENT", NACK: "BAD_INPUT" } },
  nodes: {
    PAYMENT: {
      type: "WAIT",
      signal: "PAID",
      fields: { cents: integer() },
      timeout: "PT1H",
      next: { RECEIVED: "TASTE", TIMED_OUT: "COLD" },
    },
    TASTE: {
      type: "TASK",
      summary: "Say how it was",
      inputs: { cups: "$.payload.cups" },
      output: { note: text() },
      next: { GOOD: "SERVED", BAD: "COLD" },
    },
    SERVED: {
      type: "EXIT",
      class: "completed",
      outcome: "SERVED",
      outputs: { cents: "$.results.PAYMENT.cents", note: "$.results.TASTE.note" },
    },
    COLD: { type: "EXIT", class: "rejected", outcome: "COLD" },
    BAD_INPUT: { type: "EXIT", class: "rejected", outcome: "BAD_INPUT" },
  },
});

import { defineTransform, defineWorkflow, text } from "@omnibase/sdk";

const input = { name: text({ min_length: 1, max_length: 80 }) };

/** Pure: it answers with the same for the same, and touches nothing. It is sealed with its text, if its cases hold. */
const greeting = defineTransform({
  code: "CT_GREETING_V0",
  input,
  output: { greeting: text() },
  run: ({ name }) => ({ greeting: `Hello, ${name}!` }),
  cases: { a_name: { input: { name: "Ada" }, output: { greeting: "Hello, Ada!" } } },
});

/** Every outcome leads somewhere: leave one out, and neither the editor nor `omnibase check` takes it. */
export const greet = defineWorkflow({
  code: "WF_GREET_V0",
  intent: { input, next: { ACK: "GREETING", NACK: "EXIT_BAD_INPUT" } },
  nodes: {
    GREETING: {
      transform: greeting,
      inputs: { name: "$.payload.name" },
      next: { SUCCESS: "EXIT_GREETED", VIOLATION: "EXIT_BAD_INPUT" },
    },
    EXIT_GREETED: {
      type: "EXIT",
      class: "completed",
      outcome: "GREETED",
      outputs: { greeting: "$.results.GREETING.greeting" },
    },
    EXIT_BAD_INPUT: { type: "EXIT", class: "rejected", outcome: "BAD_INPUT" },
  },
});

import { defineTransform, defineWorkflow, text } from "@omnibase/sdk";
const input = { name: text({ min_length: 1, max_length: 80 }) };
const output = { greeting: text() };
const hello = defineTransform({ code: "CT_HELLO_V0", input, output, run: ({ name }) => ({ greeting: `Hello, ${name}!` }) });

export const greet = defineWorkflow({
  code: "WF_HELLO_V0",
  intent: { input, next: { ACK: "HELLO", NACK: "BAD" } },
  nodes: {
    HELLO: { transform: hello, inputs: { name: "$.payload.name" }, next: { SUCCESS: "DONE", VIOLATION: "BAD" } },
    DONE: { type: "EXIT", class: "completed", outcome: "GREETED", outputs: { greeting: "$.results.HELLO.greeting" } },
    BAD: { type: "EXIT", class: "rejected", outcome: "BAD_INPUT" },
  },
});

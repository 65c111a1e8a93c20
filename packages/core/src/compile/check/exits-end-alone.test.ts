import { changed, constructsProject, foundIn } from "@omnibase/testkit";
import { expect, it } from "vitest";

const one = "type: CC, code: CC_ONE_V0, inputs: { n: 1, at: 2 }";
const to = (a: string, b = a, c = b): string => `next: { SUCCESS: ${a}, AGAIN: ${b}, VIOLATION: ${c} }`;

/** A workflow of these nodes, between an intent and an exit. */
const found = (nodes: string, ack: string, done = ""): readonly string[] =>
  foundIn(
    changed(constructsProject, [
      [
        "WF_ALL_V0",
        `wf_code: WF_ALL_V0
version: v0
core:
  start_node: ENTER
  nodes:
    ENTER: { type: IN, code: IN_ALL_V0, next: { ACK: ${ack}, NACK: DONE } }
${nodes}
    DONE: { type: EXIT, ${done} reason: COMPLETED, class: completed, outcome: DONE }
`,
      ],
    ]),
  );

it("an exit beside a token is noticed", () => {
  const nodes = `    A: { ${one}, ${to("DONE", "END")} }
    B: { ${one}, ${to("DONE")} }
    END: { type: EXIT, reason: EXITED, class: rejected, outcome: END }`;
  expect(found(nodes, "[A, B]", "join: all,")).toEqual([
    "EXIT_BESIDE_TOKEN WF_ALL_V0:9:5",
    "EXIT_BESIDE_TOKEN WF_ALL_V0:10:5",
  ]);
});

it("an exit that waits ends alone", () => {
  const nodes = `    A: { ${one}, ${to("DONE")} }
    B: { ${one}, ${to("DONE")} }`;
  expect(found(nodes, "[A, B]")).toEqual(["EXIT_BESIDE_TOKEN WF_ALL_V0:9:5"]);
  expect(found(nodes, "[A, B]", "join: all,")).toEqual([]);
});

it("what follows from tokens that meet is told once", () => {
  const nodes = `    A: { ${one}, ${to("C")} }
    B: { ${one}, ${to("C")} }
    C: { ${one}, ${to("DONE")} }`;
  expect(found(nodes, "[A, B]")).toEqual(["TOKENS_MEET WF_ALL_V0:9:5"]);
});

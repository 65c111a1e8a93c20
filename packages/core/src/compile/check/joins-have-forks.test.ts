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

it("a join to which one token comes is noticed", () => {
  const nodes = `    A: { ${one}, ${to("B")} }
    B: { join: all, ${one}, ${to("DONE")} }`;
  expect(found(nodes, "A")).toEqual(["JOIN_WITHOUT_FORK WF_ALL_V0:8:5"]);
  expect(found(nodes, "[A, B]")).toEqual([]);
});

it("a join behind a fork of other ways is noticed, too", () => {
  const nodes = `    A: { ${one}, ${to("C")} }
    B: { ${one}, ${to("DONE")} }
    C: { join: all, ${one}, ${to("DONE")} }`;
  expect(found(nodes, "[A, B]", "join: all,")).toEqual(["JOIN_WITHOUT_FORK WF_ALL_V0:9:5"]);
});

it("nothing is said of a join to which no token comes", () => {
  const nodes = `    A: { ${one}, ${to("DONE")} }
    B: { join: all, ${one}, ${to("DONE")} }`;
  expect(found(nodes, "A")).toEqual(["GRAPH_UNREACHABLE WF_ALL_V0:8:5"]);
});

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

it("a second token is noticed where it comes first", () => {
  const nodes = `    A: { ${one}, ${to("C")} }
    B: { ${one}, ${to("C")} }
    C: { ${one}, ${to("D")} }
    D: { ${one}, ${to("DONE")} }`;
  expect(found(nodes, "[A, B]")).toEqual(["TOKENS_MEET WF_ALL_V0:9:5"]);
  expect(found(nodes.replace("C: { ", "C: { join: all, "), "[A, B]")).toEqual([]);
  expect(found(nodes.replace("B: { ", "B: { join: any, "), "A")).toEqual(["GRAPH_UNREACHABLE WF_ALL_V0:8:5"]);
});

it("a token that comes from behind is noticed, too", () => {
  const nodes = `    A: { ${one}, ${to("B")} }
    B: { ${one}, ${to("DONE")} }`;
  expect(found(nodes, "[A, B]", "join: all,")).toEqual(["TOKENS_MEET WF_ALL_V0:8:5"]);
});

it("ways that exclude each other do not meet", () => {
  const nodes = `    A: { ${one}, ${to("B", "C")} }
    B: { ${one}, ${to("C")} }
    C: { ${one}, ${to("DONE")} }`;
  expect(found(nodes, "A")).toEqual([]);
});

it("nothing is said of tokens where the ways are not known, or lead back", () => {
  const nodes = `    A: { ${one}, ${to("C")} }
    B: { ${one}, ${to("C")} }
    C: { ${one}, ${to("DONE")} }`;
  expect(found(nodes, "[A, B, X]")).toEqual(["GRAPH_DANGLING_EDGE WF_ALL_V0:6:61"]);
  expect(found(nodes.replace(to("DONE"), to("DONE", "A")), "[A, B]")).toEqual(["GRAPH_CYCLE WF_ALL_V0:7:5"]);
});

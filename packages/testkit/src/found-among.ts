import { constructsProject } from "./constructs.ts";
import { changed, foundIn } from "./project.ts";

/** A node that calls a contract, but for where it leads. */
export const oneNode = "type: CC, code: CC_ONE_V0, inputs: { n: 1, at: 2 }";

/** Where its outcomes lead: all the same way, unless told otherwise. */
export const leadingTo = (a: string, b: string = a, c: string = b): string =>
  `next: { SUCCESS: ${a}, AGAIN: ${b}, VIOLATION: ${c} }`;

/** What is found in a workflow of these nodes, between an intent and the exit `DONE`. */
export const foundAmong = (nodes: string, ack: string, done = ""): readonly string[] =>
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

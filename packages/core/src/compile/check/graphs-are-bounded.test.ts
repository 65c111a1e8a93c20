import { changed, constructsProject, foundIn } from "@omnibase/testkit";
import { expect, it } from "vitest";

const to = (next: string): string => `next: { SUCCESS: ${next}, AGAIN: ${next}, VIOLATION: ${next} }`;

/** As many pairs of ways that meet at once, one after the other. */
function pairs(count: number): string {
  const one = "type: CC, code: CC_ONE_V0, inputs: { n: 1, at: 2 }";
  const nodes = Array.from({ length: count }, (_, at) => {
    const next = at + 1 === count ? "DONE" : `[A${String(at + 1)}, B${String(at + 1)}]`;
    const [a, b, c] = [`A${String(at)}`, `B${String(at)}`, `C${String(at)}`];
    return `    ${a}: { ${one}, ${to(c)} }
    ${b}: { ${one}, ${to(c)} }
    ${c}: { type: WAIT, join: all, for: PT1S, next: { ELAPSED: ${next} } }
`;
  });
  return `wf_code: WF_ALL_V0
version: v0
core:
  start_node: ENTER
  nodes:
    ENTER: { type: IN, code: IN_ALL_V0, next: { ACK: [A0, B0], NACK: DONE } }
${nodes.join("")}    DONE: { type: EXIT, reason: COMPLETED, class: completed, outcome: DONE, outputs: { a: $.results.A0.n } }
`;
}

it("forks and joins are counted, because what they do at once is worked out", () => {
  const lacking = "RESULT_NOT_ON_EVERY_PATH WF_ALL_V0:";
  expect(foundIn(changed(constructsProject, [["WF_ALL_V0", pairs(50)]]))).toEqual([`${lacking}157:91`]);
  const [first, ...others] = foundIn(changed(constructsProject, [["WF_ALL_V0", pairs(51)]]));
  expect(first).toBe("GRAPH_TOO_LARGE WF_ALL_V0:1:10");
  expect(others).toEqual([`${lacking}160:91`]);
});

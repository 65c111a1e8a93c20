import { changed, chargeProject, constructsProject, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "the result is read where its outcome returns nothing",
    greetProject,
    [["WF_GREET_V0", "outcome: BROKEN }", "outcome: BROKEN, outputs: { id: $.results.CC_KEEP.id } }"]],
    ["RESULT_NOT_ON_EVERY_PATH WF_GREET_V0:20:92"],
  ],
  [
    "the payload is read where it was not admitted",
    greetProject,
    [["WF_GREET_V0", "outcome: BAD_INPUT }", "outcome: BAD_INPUT, outputs: { name: $.payload.name } }"]],
    ["RESULT_NOT_ON_EVERY_PATH WF_GREET_V0:19:104"],
  ],
  [
    "a result is read beside its node",
    greetProject,
    [["WF_GREET_V0", "outcome: BAD_INPUT }", "outcome: BAD_INPUT, outputs: { id: $.results.CC_KEEP.id } }"]],
    ["RESULT_NOT_ON_EVERY_PATH WF_GREET_V0:19:102"],
  ],
  [
    "a contract returns what a passed over step made",
    chargeProject,
    [
      [
        "CC_CHARGE_V0",
        "sent: $.results.tell.sent }",
        "sent: $.results.tell.sent }\n    FAILED: { sent: $.results.tell.sent }",
      ],
    ],
    ["RESULT_NOT_ON_EVERY_PATH CC_CHARGE_V0:41:21"],
  ],
  [
    "a step reads one that is passed over",
    chargeProject,
    [
      [
        "CC_CHARGE_V0",
        '{ text: "{{timestamp}}", of: $.results.charge.capability_result.status }',
        "{ text: $.results.count.capability_result.sent }",
      ],
    ],
    ["RESULT_NOT_ON_EVERY_PATH CC_CHARGE_V0:35:23"],
  ],
  [
    "an exit is also reached when an input is missing",
    greetProject,
    [["CC_KEEP_V0", "    ALREADY_EXISTS: { id: $.results.id.id }", "    VIOLATION: { id: $.results.id.id }"]],
    ["RESULT_NOT_ON_EVERY_PATH CC_KEEP_V0:28:22", "RESULT_NOT_ON_EVERY_PATH WF_GREET_V0:18:97"],
  ],
  [
    "a raw result comes with other outcomes only",
    greetProject,
    [
      ["CC_KEEP_V0", "VIOLATION: exit }\n    - step", "VIOLATION: continue }\n    - step"],
      ["CC_KEEP_V0", "key: $.results.id.id", "key: $.results.id.capability_result.id"],
    ],
    [
      "RESULT_NOT_ON_EVERY_PATH CC_KEEP_V0:23:22",
      "RESULT_NOT_ON_EVERY_PATH CC_KEEP_V0:27:20",
      "RESULT_NOT_ON_EVERY_PATH CC_KEEP_V0:28:27",
    ],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

it("is not noticed of what a join waits for", () => {
  const one = "type: CC, code: CC_ONE_V0, inputs: { n: 1, at: 2 }";
  const met = "next: { SUCCESS: DONE, AGAIN: DONE, VIOLATION: DONE }";
  const text = `wf_code: WF_ALL_V0
version: v0
core:
  start_node: ENTER
  nodes:
    ENTER: { type: IN, code: IN_ALL_V0, next: { ACK: [A, B], NACK: REFUSED } }
    A: { ${one}, ${met} }
    B: { ${one}, ${met} }
    DONE: { type: EXIT, join: all, reason: COMPLETED, class: completed, outcome: DONE, outputs: { n: $.results.A.n } }
    REFUSED: { type: EXIT, reason: EXITED, class: rejected, outcome: BAD_INPUT }
`;
  const always = ["CC_ONE_V0", "    AGAIN: { n: $.inputs.n }", "    AGAIN: { n: 1 }\n    VIOLATION: { n: 1 }"] as const;
  expect(foundIn(changed(constructsProject, [["WF_ALL_V0", text], always]))).toEqual([]);
  expect(foundIn(changed(constructsProject, [["WF_ALL_V0", text]]))).toEqual([
    "RESULT_NOT_ON_EVERY_PATH WF_ALL_V0:9:102",
  ]);
});

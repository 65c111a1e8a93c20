import { changed, chargeProject, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
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

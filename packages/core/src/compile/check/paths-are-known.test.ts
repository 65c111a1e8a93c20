import { changed, chargeProject, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "the payload has no such field",
    greetProject,
    [["WF_GREET_V0", "$.payload.name", "$.payload.nam"]],
    ["PAYLOAD_FIELD_UNKNOWN WF_GREET_V0:15:23"],
  ],
  [
    "a field of a text is read",
    greetProject,
    [["WF_GREET_V0", "$.payload.name", "$.payload.name.first"]],
    ["PAYLOAD_FIELD_UNKNOWN WF_GREET_V0:15:23"],
  ],
  [
    "a workflow reads a root of contracts",
    greetProject,
    [["WF_GREET_V0", "$.payload.name", "$.inputs.name"]],
    ["INPUT_PATH_ROOT_UNKNOWN WF_GREET_V0:15:23"],
  ],
  [
    "an exit reads an unknown root",
    greetProject,
    [
      [
        "WF_GREET_V0",
        "outcome: KNOWN, outputs: { id: $.results.CC_KEEP.id }",
        "outcome: KNOWN, outputs: { id: $.capability_result.id }",
      ],
    ],
    ["OUTPUT_PATH_ROOT_UNKNOWN WF_GREET_V0:18:97"],
  ],
  [
    "a result is not an output of the contract",
    greetProject,
    [
      [
        "WF_GREET_V0",
        "outcome: KNOWN, outputs: { id: $.results.CC_KEEP.id }",
        "outcome: KNOWN, outputs: { id: $.results.CC_KEEP.ids }",
      ],
    ],
    ["OUTPUT_FIELD_UNKNOWN WF_GREET_V0:18:97"],
  ],
  [
    "a result of no node is read",
    greetProject,
    [
      [
        "WF_GREET_V0",
        "outcome: KNOWN, outputs: { id: $.results.CC_KEEP.id }",
        "outcome: KNOWN, outputs: { id: $.results.CC_KEPT.id }",
      ],
    ],
    ["REFERENCE_UNRESOLVED WF_GREET_V0:18:97"],
  ],
  [
    "results themselves are read",
    greetProject,
    [
      [
        "WF_GREET_V0",
        "outcome: KNOWN, outputs: { id: $.results.CC_KEEP.id }",
        "outcome: KNOWN, outputs: { id: $.results }",
      ],
    ],
    ["REFERENCE_UNRESOLVED WF_GREET_V0:18:97"],
  ],
  [
    "the result of an intent is read",
    greetProject,
    [
      [
        "WF_GREET_V0",
        "outcome: KNOWN, outputs: { id: $.results.CC_KEEP.id }",
        "outcome: KNOWN, outputs: { id: $.results.IN_GREET_V0.name }",
      ],
    ],
    ["REFERENCE_UNRESOLVED WF_GREET_V0:18:97"],
  ],
  [
    "a contract input is not declared",
    greetProject,
    [["CC_KEEP_V0", "data: $.inputs.name", "data: $.inputs.nam"]],
    ["INPUT_FIELD_UNKNOWN CC_KEEP_V0:15:35"],
  ],
  [
    "all contract inputs are read at once",
    greetProject,
    [["CC_KEEP_V0", "data: $.inputs.name", "data: $.inputs"]],
    ["INPUT_FIELD_UNKNOWN CC_KEEP_V0:15:35"],
  ],
  [
    "a step reads a root of workflows",
    greetProject,
    [["CC_KEEP_V0", "data: $.inputs.name", "data: $.payload.name"]],
    ["INPUT_PATH_ROOT_UNKNOWN CC_KEEP_V0:15:35"],
  ],
  [
    "a step reads itself",
    greetProject,
    [["CC_KEEP_V0", "data: $.inputs.name", "data: $.results.id.id"]],
    ["REFERENCE_UNRESOLVED CC_KEEP_V0:15:35"],
  ],
  [
    "a step reads a later one",
    chargeProject,
    [["CC_CHARGE_V0", "text: counted", "text: $.results.tell.sent"]],
    ["REFERENCE_UNRESOLVED CC_CHARGE_V0:29:23"],
  ],
  [
    "an output reads what the capability does not return",
    greetProject,
    [["CC_KEEP_V0", "$.capability_result.id", "$.capability_result.ids"]],
    ["OUTPUT_FIELD_UNKNOWN CC_KEEP_V0:16:22"],
  ],
  [
    "an output reads a whole result",
    greetProject,
    [["CC_KEEP_V0", "$.capability_result.id", "$.capability_result"]],
    ["OUTPUT_FIELD_UNKNOWN CC_KEEP_V0:16:22"],
  ],
  [
    "an output reads an unknown root",
    greetProject,
    [["CC_KEEP_V0", "$.capability_result.id", "$.result.id"]],
    ["OUTPUT_PATH_ROOT_UNKNOWN CC_KEEP_V0:16:22"],
  ],
  [
    "a step has no such output",
    greetProject,
    [["CC_KEEP_V0", "key: $.results.id.id", "key: $.results.id.ids"]],
    ["OUTPUT_FIELD_UNKNOWN CC_KEEP_V0:23:22"],
  ],
  [
    "a raw result has no such field",
    chargeProject,
    [["CC_CHARGE_V0", "$.results.charge.capability_result.status", "$.results.charge.capability_result.stat"]],
    ["OUTPUT_FIELD_UNKNOWN CC_CHARGE_V0:35:44"],
  ],
  [
    "an exit of a contract reads an unknown root",
    chargeProject,
    [["CC_CHARGE_V0", "sent: $.results.tell.sent }", "sent: $.payload.sent }"]],
    ["OUTPUT_PATH_ROOT_UNKNOWN CC_CHARGE_V0:40:53"],
  ],
  [
    "a path is nested in what is nowhere",
    chargeProject,
    [
      ["WF_CHARGE_V0", "code: CC_CHARGE_V0", "code: CC_CHARGED_V0"],
      ["WF_CHARGE_V0", "code: IN_CHARGE_V0", "code: IN_CHARGED_V0"],
      [
        "CC_CHARGE_V0",
        'demo::CS_BELL_V0\n      op: RING\n      inputs: { text: "{{',
        'demo::CS_BALL_V0\n      op: RING\n      inputs: { text: "{{',
      ],
    ],
    [
      "REFERENCE_UNRESOLVED CC_CHARGE_V0:33:20",
      "REFERENCE_UNRESOLVED WF_CHARGE_V0:7:30",
      "REFERENCE_UNRESOLVED WF_CHARGE_V0:10:13",
    ],
  ],
  [
    "an unknown path is nested",
    chargeProject,
    [["WF_CHARGE_V0", "$.payload.buyer.email", "$.payload.buyer.mail"]],
    ["PAYLOAD_FIELD_UNKNOWN WF_CHARGE_V0:11:78"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

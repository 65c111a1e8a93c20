import { changed, constructsProject, foundIn, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "an item is read where there is none",
    constructsProject,
    [["WF_ALL_V0", "inputs: { items: $.payload.items }", "inputs: { items: $.it.n }"]],
    ["INPUT_PATH_ROOT_UNKNOWN WF_ALL_V0:21:24"],
  ],
  [
    "an item has no such field",
    constructsProject,
    [["WF_ALL_V0", "$.it.n", "$.it.m"]],
    ["INPUT_FIELD_UNKNOWN WF_ALL_V0:12:20"],
  ],
  [
    "an index is read like an object",
    constructsProject,
    [["WF_ALL_V0", "$.it.n", "$.index.n"]],
    ["INPUT_FIELD_UNKNOWN WF_ALL_V0:12:20"],
  ],
  [
    "the last round is read in a map",
    constructsProject,
    [["WF_ALL_V0", "$.it.n", "$.last.n"]],
    ["INPUT_PATH_ROOT_UNKNOWN WF_ALL_V0:12:20"],
  ],
  [
    "the last round returned no such thing",
    constructsProject,
    [["WF_ALL_V0", "$.last.n", "$.last.m"]],
    ["BOUND_INPUT_NOT_DECLARED WF_ALL_V0:29:16", "INPUT_FIELD_UNKNOWN WF_ALL_V0:30:20"],
  ],
  [
    "the first round has no value for what is read",
    constructsProject,
    [["WF_ALL_V0", "$.last.n", "$.last.by.who"]],
    ["BOUND_INPUT_NOT_DECLARED WF_ALL_V0:29:16", "RESULT_NOT_ON_EVERY_PATH WF_ALL_V0:30:20"],
  ],
  [
    "a round that goes on did not return it",
    constructsProject,
    [
      [
        "WF_ALL_V0",
        "first: { n: $.results.ASK.n }\n      inputs: { n: $.last.n, at: $.index }",
        "first: { n: $.results.ASK.n, by: {} }\n      inputs: { n: $.last.n, at: $.last.by.who }",
      ],
    ],
    ["RESULT_NOT_ON_EVERY_PATH WF_ALL_V0:30:34"],
  ],
  [
    "what a loop begins with has another type",
    constructsProject,
    [["WF_ALL_V0", "first: { n: $.results.ASK.n }", "first: { n: three }"]],
    ["INPUT_TYPE_MISMATCH WF_ALL_V0:29:19"],
  ],
  [
    "what a map goes over is no list",
    constructsProject,
    [
      ["WF_ALL_V0", "over: $.payload.items", "over: { a: 1 }"],
      ["WF_ALL_V0", "$.it.n", "$.index"],
    ],
    ["INPUT_TYPE_MISMATCH WF_ALL_V0:9:13"],
  ],
  [
    "what a map goes over is not there",
    constructsProject,
    [
      ["WF_ALL_V0", "over: $.payload.items", "over: $.payload.thing"],
      ["WF_ALL_V0", "$.it.n", "$.it"],
    ],
    ["PAYLOAD_FIELD_UNKNOWN WF_ALL_V0:9:13"],
  ],
  [
    "an item has another type",
    constructsProject,
    [["IN_ALL_V0", "n: { type: integer, required: true }", "n: { type: string, required: true }"]],
    ["INPUT_TYPE_MISMATCH WF_ALL_V0:12:20"],
  ],
  [
    "a wait for a time returns nothing",
    constructsProject,
    [["WF_ALL_V0", "at: $.results.MEET.at }", "at: $.results.PAUSE.at }"]],
    ["REFERENCE_UNRESOLVED WF_ALL_V0:54:42"],
  ],
  [
    "a task returns no such thing",
    constructsProject,
    [["WF_ALL_V0", "$.results.ASK.n", "$.results.ASK.m"]],
    ["OUTPUT_FIELD_UNKNOWN WF_ALL_V0:29:19"],
  ],
  [
    "a child returns no such thing",
    constructsProject,
    [["WF_ALL_V0", "$.results.SUB.n", "$.results.SUB.m"]],
    ["OUTPUT_FIELD_UNKNOWN WF_ALL_V0:54:21"],
  ],
  [
    "a child returns it with another outcome only",
    constructsProject,
    [
      ["WF_SUB_V0", "outputs: { n: $.payload.n, why: fine }", "outputs: { why: fine }"],
      ["WF_SUB_V0", "outputs: { why: 7 }", "outputs: { why: 7, n: 1 }"],
    ],
    ["RESULT_NOT_ON_EVERY_PATH WF_ALL_V0:54:21"],
  ],
  [
    "a map returned nothing",
    constructsProject,
    [
      ["WF_ALL_V0", "VIOLATION: MEET }\n    ASK", "VIOLATION: MEET }\n    ASK"],
      [
        "WF_ALL_V0",
        "class: rejected, outcome: LATE }",
        "class: rejected, outcome: LATE, outputs: { failed: $.results.EACH.failed } }",
      ],
    ],
    ["RESULT_NOT_ON_EVERY_PATH WF_ALL_V0:55:92"],
  ],
  [
    "nobody said a number",
    constructsProject,
    [
      [
        "WF_ALL_V0",
        "class: rejected, outcome: LATE }",
        "class: rejected, outcome: LATE, outputs: { n: $.results.ASK.n } }",
      ],
    ],
    ["RESULT_NOT_ON_EVERY_PATH WF_ALL_V0:55:87"],
  ],
  [
    "a loop is not on every way",
    constructsProject,
    [
      [
        "WF_ALL_V0",
        "class: rejected, outcome: LATE }",
        "class: rejected, outcome: LATE, outputs: { n: $.results.POLL.n } }",
      ],
    ],
    ["RESULT_NOT_ON_EVERY_PATH WF_ALL_V0:55:87"],
  ],
  [
    "a node reads itself",
    constructsProject,
    [["WF_ALL_V0", "inputs: { items: $.payload.items }", "inputs: { items: $.results.ASK.n }"]],
    ["RESULT_NOT_ON_EVERY_PATH WF_ALL_V0:21:24"],
  ],
  [
    "an exhausted loop did not return it",
    constructsProject,
    [
      ["WF_ALL_V0", "EXHAUSTED: MEET }", "EXHAUSTED: MEET }"],
      [
        "WF_ALL_V0",
        "next: { SUCCESS: MEET, VIOLATION: MEET, EXHAUSTED: MEET }",
        "next: { SUCCESS: MEET, VIOLATION: MEET, EXHAUSTED: SHOW }",
      ],
      [
        "WF_ALL_V0",
        "    MEET:\n",
        "    SHOW: { type: TASK, summary: Look, inputs: { by: $.results.POLL.by, n: $.results.POLL.n }, next: { OK: MEET } }\n    MEET:\n",
      ],
    ],
    ["RESULT_NOT_ON_EVERY_PATH WF_ALL_V0:35:54"],
  ],
  [
    "there is no contract to go round",
    constructsProject,
    [
      ["WF_ALL_V0", "code: CC_ONE_V0\n      first", "code: CC_TWO_V0\n      first"],
      ["WF_ALL_V0", "code: CC_ONE_V0\n      inputs", "code: CC_TWO_V0\n      inputs"],
    ],
    ["REFERENCE_UNRESOLVED WF_ALL_V0:11:13", "REFERENCE_UNRESOLVED WF_ALL_V0:28:13"],
  ],
  [
    "a child begins nowhere",
    constructsProject,
    [["WF_SUB_V0", "start_node: ENTER", "start_node: EXTER"]],
    ["REFERENCE_UNRESOLVED WF_SUB_V0:4:15"],
  ],
  [
    "an item is no object",
    constructsProject,
    [
      [
        "IN_ALL_V0",
        "items: { type: object, fields: { n: { type: integer, required: true } } }",
        "items: { type: string }",
      ],
    ],
    ["INPUT_FIELD_UNKNOWN WF_ALL_V0:12:20"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

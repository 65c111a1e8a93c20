import { changed, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "the start does not exist",
    greetProject,
    [["WF_GREET_V0", "start_node: IN_GREET_V0", "start_node: IN_GREET_V1"]],
    ["REFERENCE_UNRESOLVED WF_GREET_V0:6:15"],
  ],
  [
    "the start is not an intent",
    greetProject,
    [["WF_GREET_V0", "start_node: IN_GREET_V0", "start_node: CC_KEEP"]],
    ["START_NOT_INTENT WF_GREET_V0:6:15"],
  ],
  [
    "there is a second intent",
    greetProject,
    [
      [
        "WF_GREET_V0",
        "    EXIT_BAD:",
        "    AGAIN: { type: IN, code: IN_GREET_V0, next: { ACK: CC_KEEP, NACK: EXIT_BAD } }\n    EXIT_BAD:",
      ],
    ],
    ["GRAPH_UNREACHABLE WF_GREET_V0:20:5", "START_NOT_INTENT WF_GREET_V0:20:5"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

import { changed, chargeProject, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a node is never reached",
    greetProject,
    [["WF_GREET_V0", "ALREADY_EXISTS: EXIT_OLD", "ALREADY_EXISTS: EXIT_NEW"]],
    ["GRAPH_UNREACHABLE WF_GREET_V0:18:5"],
  ],
  [
    "a node leads to itself",
    greetProject,
    [["WF_GREET_V0", "ALREADY_EXISTS: EXIT_OLD", "ALREADY_EXISTS: CC_KEEP"]],
    ["GRAPH_CYCLE WF_GREET_V0:12:5", "GRAPH_UNREACHABLE WF_GREET_V0:18:5"],
  ],
  [
    "no exit is reached",
    greetProject,
    [
      ["WF_GREET_V0", "next: { ACK: CC_KEEP, NACK: EXIT_REJECTED }", "next: { ACK: CC_KEEP, NACK: CC_KEEP }"],
      [
        "WF_GREET_V0",
        "next: { SUCCESS: EXIT_NEW, ALREADY_EXISTS: EXIT_OLD, VIOLATION: EXIT_BAD, BACKEND_ERROR: EXIT_BAD }",
        "next: { SUCCESS: CC_KEEP, ALREADY_EXISTS: CC_KEEP, VIOLATION: CC_KEEP, BACKEND_ERROR: CC_KEEP }",
      ],
    ],
    [
      "GRAPH_NO_TERMINAL WF_GREET_V0:1:10",
      "GRAPH_CYCLE WF_GREET_V0:12:5",
      "GRAPH_UNREACHABLE WF_GREET_V0:17:5",
      "GRAPH_UNREACHABLE WF_GREET_V0:18:5",
      "GRAPH_UNREACHABLE WF_GREET_V0:19:5",
      "GRAPH_UNREACHABLE WF_GREET_V0:20:5",
    ],
  ],
  [
    "a step is never reached",
    chargeProject,
    [["CC_CHARGE_V0", "{ SUCCESS: continue, ALREADY_EXISTS: tell,", "{ SUCCESS: tell, ALREADY_EXISTS: tell,"]],
    ["GRAPH_UNREACHABLE CC_CHARGE_V0:26:13"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

import { changed, chargeProject, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a contract outcome leads nowhere",
    greetProject,
    [["WF_GREET_V0", ", BACKEND_ERROR: EXIT_BAD }", " }"]],
    ["OUTCOME_WITHOUT_EDGE WF_GREET_V0:16:13"],
  ],
  [
    "an intent routes only ACK",
    greetProject,
    [["WF_GREET_V0", "next: { ACK: CC_KEEP, NACK: EXIT_REJECTED }", "next: { ACK: CC_KEEP }"]],
    ["OUTCOME_WITHOUT_EDGE WF_GREET_V0:11:13", "GRAPH_UNREACHABLE WF_GREET_V0:19:5"],
  ],
  [
    "an edge waits for what never comes",
    greetProject,
    [["WF_GREET_V0", "BACKEND_ERROR: EXIT_BAD }", "BACKEND_ERROR: EXIT_BAD, NOT_FOUND: EXIT_BAD }"]],
    ["EDGE_NEVER_TAKEN WF_GREET_V0:16:106"],
  ],
  [
    "an outcome is misspelt",
    greetProject,
    [["WF_GREET_V0", "ALREADY_EXISTS: EXIT_OLD", "ALREADY_EXIST: EXIT_OLD"]],
    [
      "OUTCOME_WITHOUT_EDGE WF_GREET_V0:16:13",
      "EDGE_NEVER_TAKEN WF_GREET_V0:16:34",
      "RESULT_NOT_ON_EVERY_PATH WF_GREET_V0:18:97",
    ],
  ],
  [
    "the failure of an input leads nowhere",
    greetProject,
    [
      ["CC_KEEP_V0", "on_input_failure: VIOLATION", "on_input_failure: NO_INPUT"],
      ["CC_KEEP_V0", "VIOLATION, BACKEND_ERROR]\n    on_input", "VIOLATION, BACKEND_ERROR, NO_INPUT]\n    on_input"],
    ],
    ["INPUT_FAILURE_WITHOUT_EDGE WF_GREET_V0:16:13"],
  ],
  [
    "an edge leads to no node",
    greetProject,
    [["WF_GREET_V0", "ACK: CC_KEEP", "ACK: CC_KEP"]],
    ["GRAPH_DANGLING_EDGE WF_GREET_V0:11:20"],
  ],
  [
    "a step does not route an outcome",
    greetProject,
    [["CC_KEEP_V0", "{ SUCCESS: continue, VIOLATION: exit }", "{ SUCCESS: continue }"]],
    ["OUTCOME_WITHOUT_EDGE CC_KEEP_V0:18:18"],
  ],
  [
    "a step routes what it does not list",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "{ SUCCESS: continue, VIOLATION: exit }",
        "{ SUCCESS: continue, VIOLATION: exit, NOT_FOUND: exit }",
      ],
    ],
    [
      "EDGE_NEVER_TAKEN CC_KEEP_V0:18:56",
      "STATUS_NOT_ALLOWED CC_KEEP_V0:18:56",
      "OUTCOME_WITHOUT_EDGE WF_GREET_V0:16:13",
    ],
  ],
  [
    "the last step continues",
    greetProject,
    [["CC_KEEP_V0", "on_result: { SUCCESS: exit,", "on_result: { SUCCESS: continue,"]],
    [
      "STATUS_NEVER_PRODUCED CC_KEEP_V0:10:15",
      "ON_RESULT_TARGET_NOT_EXECUTABLE CC_KEEP_V0:25:29",
      "EDGE_NEVER_TAKEN WF_GREET_V0:16:15",
    ],
  ],
  [
    "a step goes back",
    chargeProject,
    [["CC_CHARGE_V0", "on_result: { SUCCESS: exit }", "on_result: { SUCCESS: charge }"]],
    [
      "STATUS_NEVER_PRODUCED CC_CHARGE_V0:13:15",
      "ON_RESULT_TARGET_NOT_EXECUTABLE CC_CHARGE_V0:38:29",
      "EDGE_NEVER_TAKEN WF_CHARGE_V0:12:15",
    ],
  ],
  [
    "on_result names nothing",
    chargeProject,
    [["CC_CHARGE_V0", "ALREADY_EXISTS: tell", "ALREADY_EXISTS: told"]],
    ["ON_RESULT_TARGET_NOT_EXECUTABLE CC_CHARGE_V0:23:55"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

import { changed, constructsProject, chargeProject, documentsOf, foundIn, greetProject } from "@omnibase/testkit";
import { testOptions, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";
import { compile } from "../compile.ts";

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
  [
    "an outcome of a task is reserved",
    constructsProject,
    [["WF_ALL_V0", "NO: MEET", "FAILED: MEET"]],
    ["OUTCOME_RESERVED WF_ALL_V0:25:26"],
  ],
  [
    "nobody can end a task",
    constructsProject,
    [["WF_ALL_V0", "next: { YES: POLL, NO: MEET, TIMED_OUT: MEET }", "next: { TIMED_OUT: POLL }"]],
    ["OUTCOME_WITHOUT_EDGE WF_ALL_V0:25:13", "RESULT_NOT_ON_EVERY_PATH WF_ALL_V0:29:19"],
  ],
  [
    "a task without a time ends in time",
    constructsProject,
    [["WF_ALL_V0", "      timeout: P1D\n", ""]],
    ["EDGE_NEVER_TAKEN WF_ALL_V0:24:36"],
  ],
  [
    "a task with a time does not say what then",
    constructsProject,
    [["WF_ALL_V0", "NO: MEET, TIMED_OUT: MEET", "NO: MEET"]],
    ["OUTCOME_WITHOUT_EDGE WF_ALL_V0:25:13"],
  ],
  [
    "a map leaves out an outcome",
    constructsProject,
    [["WF_ALL_V0", "SUCCESS: MEET, ITEM_FAILED: MEET, VIOLATION: MEET", "SUCCESS: MEET, VIOLATION: MEET"]],
    ["OUTCOME_WITHOUT_EDGE WF_ALL_V0:17:13"],
  ],
  [
    "a loop routes what makes it go on",
    constructsProject,
    [["WF_ALL_V0", "SUCCESS: MEET, VIOLATION: MEET, EXHAUSTED: MEET", "SUCCESS: MEET, AGAIN: MEET, EXHAUSTED: MEET"]],
    ["OUTCOME_WITHOUT_EDGE WF_ALL_V0:34:13", "EDGE_NEVER_TAKEN WF_ALL_V0:34:30"],
  ],
  [
    "a child may be cancelled",
    constructsProject,
    [["WF_ALL_V0", "FAILED: LATE, CANCELLED: LATE", "FAILED: LATE"]],
    ["OUTCOME_WITHOUT_EDGE WF_ALL_V0:48:13"],
  ],
  [
    "one of several nodes is not there",
    constructsProject,
    [["WF_ALL_V0", "ACK: [EACH, ASK]", "ACK: [EACH, ASC]"]],
    ["GRAPH_DANGLING_EDGE WF_ALL_V0:6:61"],
  ],
];

it.each([
  ["EACH", "SUCCESS: MEET, ITEM_FAILED: MEET, VIOLATION: MEET", "SUCCESS: MEET, VIOLATION: MEET"],
  ["POLL", "SUCCESS: MEET, VIOLATION: MEET, EXHAUSTED: MEET", "SUCCESS: MEET, EXHAUSTED: MEET"],
  ["SUB", "FAILED: LATE, CANCELLED: LATE", "FAILED: LATE"],
])("names the node %s, and not what it executes", (node, from, to) => {
  const { problems } = compile(documentsOf(changed(constructsProject, [["WF_ALL_V0", from, to]])), testOptions);
  expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(new RegExp(`^${node} may end with `))]);
});

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

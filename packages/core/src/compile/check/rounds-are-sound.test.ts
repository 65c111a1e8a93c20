import { changed, constructsProject, foundIn, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "an item is called like something else",
    constructsProject,
    [
      ["WF_ALL_V0", "as: it\n", "as: payload\n"],
      ["WF_ALL_V0", "$.it.n", "$.index"],
    ],
    ["NAME_DUPLICATE WF_ALL_V0:10:11"],
  ],
  [
    "rounds succeed with a status that never comes",
    constructsProject,
    [["WF_ALL_V0", "succeeds: [SUCCESS, AGAIN]", "succeeds: [SUCCESS, AGIAN]"]],
    ["EXIT_STATUS_UNKNOWN WF_ALL_V0:16:27"],
  ],
  [
    "a loop goes on with a status that never comes",
    constructsProject,
    [["WF_ALL_V0", "again: [AGAIN]", "again: [NOT_YET]"]],
    [
      "RESULT_NOT_ON_EVERY_PATH WF_ALL_V0:30:20",
      "EXIT_STATUS_UNKNOWN WF_ALL_V0:31:15",
      "OUTCOME_WITHOUT_EDGE WF_ALL_V0:34:13",
    ],
  ],
  [
    "no round reads what a loop begins with",
    constructsProject,
    [["WF_ALL_V0", "first: { n: $.results.ASK.n }", "first: { n: $.results.ASK.n, m: 7 }"]],
    ["BOUND_INPUT_NOT_DECLARED WF_ALL_V0:29:36"],
  ],
  [
    "a contract has a status that a loop says by itself",
    constructsProject,
    [
      ["CC_ONE_V0", "allowed: [SUCCESS, AGAIN, VIOLATION]", "allowed: [SUCCESS, AGAIN, EXHAUSTED]"],
      ["CC_ONE_V0", "on_input_failure: VIOLATION", "on_input_failure: EXHAUSTED"],
      ["CC_ONE_V0", "VIOLATION: exit", "VIOLATION: exit"],
    ],
    ["STATUS_NOT_ALLOWED CC_ONE_V0:19:48", "OUTCOME_RESERVED WF_ALL_V0:28:13"],
  ],
];

const wrong: readonly Mistake[] = [
  ["the contract is not there", constructsProject, [["CC_ONE_V0", "cc_code: CC_ONE_V0", "cc_code: CC_TWO_V0"]], []],
  [
    "a round reads all that the last one returned",
    constructsProject,
    [
      ["WF_ALL_V0", "{ n: $.last.n, at", "{ n: 1, at"],
      ["CC_ONE_V0", "    at: {", "    all: { type: object }\n    at: {"],
      ["WF_ALL_V0", "{ n: 1, at: $.index }", "{ n: 1, at: $.index, all: $.last }"],
    ],
    [],
  ],
];

it.each(wrong)("is not noticed when %s", (_, project, edits) => {
  const codes = foundIn(changed(project, edits)).map((found) => found.split(" ", 1)[0]);
  for (const code of ["EXIT_STATUS_UNKNOWN", "BOUND_INPUT_NOT_DECLARED", "OUTCOME_RESERVED"])
    expect(codes).not.toContain(code);
});

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

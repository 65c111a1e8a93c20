import { changed, constructsProject, foundIn, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "an outcome leads to no node of several",
    constructsProject,
    [["WF_ALL_V0", "ACK: [EACH, ASK]", "ACK: []"]],
    ["ARTIFACT_SCHEMA WF_ALL_V0:6:54"],
  ],
  [
    "an outcome leads to one node twice",
    constructsProject,
    [["WF_ALL_V0", "ACK: [EACH, ASK]", "ACK: [EACH, ASK, EACH]"]],
    ["NAME_DUPLICATE WF_ALL_V0:6:66"],
  ],
  [
    "one of several nodes is a number",
    constructsProject,
    [["WF_ALL_V0", "ACK: [EACH, ASK]", "ACK: [EACH, 7]"]],
    ["ARTIFACT_SCHEMA WF_ALL_V0:6:61"],
  ],
  [
    "a wait has two ends",
    constructsProject,
    [["WF_ALL_V0", "for: PT1S, next", "for: PT1S, signal: GO, next"]],
    ["ARTIFACT_SCHEMA WF_ALL_V0:42:12"],
  ],
  [
    "a wait has no end",
    constructsProject,
    [["WF_ALL_V0", "for: PT1S, next", "next"]],
    ["ARTIFACT_SCHEMA WF_ALL_V0:42:12"],
  ],
  [
    "a wait is a list",
    constructsProject,
    [["WF_ALL_V0", "{ type: WAIT, for: PT1S, next: { ELAPSED: TILL } }", "[WAIT]"]],
    ["ARTIFACT_SCHEMA WF_ALL_V0:42:12"],
  ],
  [
    "a wait for a time brings fields",
    constructsProject,
    [["WF_ALL_V0", "for: PT1S, next", "for: PT1S, fields: {}, next"]],
    ["UNKNOWN_KEY WF_ALL_V0:42:37"],
  ],
  [
    "a wait is for no time that is known",
    constructsProject,
    [["WF_ALL_V0", "for: PT1S, next", "for: P1Y, next"]],
    ["DURATION_INVALID WF_ALL_V0:42:31"],
  ],
  [
    "an intent waits for tokens",
    constructsProject,
    [["WF_ALL_V0", "code: IN_ALL_V0, next", "code: IN_ALL_V0, join: all, next"]],
    ["UNKNOWN_KEY WF_ALL_V0:6:41"],
  ],
  [
    "a join is of another kind",
    constructsProject,
    [["WF_ALL_V0", "join: all", "join: two"]],
    ["ARTIFACT_SCHEMA WF_ALL_V0:37:13"],
  ],
  [
    "a loop says nothing of its end",
    constructsProject,
    [["WF_ALL_V0", "      max: 5\n", ""]],
    ["ARTIFACT_SCHEMA WF_ALL_V0:27:7"],
  ],
  [
    "a failure of an item means something else",
    constructsProject,
    [["WF_ALL_V0", "on_failure: continue", "on_failure: retry"]],
    ["ARTIFACT_SCHEMA WF_ALL_V0:15:19"],
  ],
  [
    "a task does not say what is to be done",
    constructsProject,
    [["WF_ALL_V0", "      summary: Think of a number\n", ""]],
    ["ARTIFACT_SCHEMA WF_ALL_V0:19:7"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

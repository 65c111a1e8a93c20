import { changed, constructsProject, foundIn, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a map has no rounds",
    constructsProject,
    [["WF_ALL_V0", "max: 10\n", "max: 0\n"]],
    ["POLICY_RANGE WF_ALL_V0:14:12"],
  ],
  [
    "a map has more rounds than are admitted",
    constructsProject,
    [["WF_ALL_V0", "max: 10\n", "max: 1001\n"]],
    ["POLICY_RANGE WF_ALL_V0:14:12"],
  ],
  [
    "half a round goes on beside another",
    constructsProject,
    [["WF_ALL_V0", "parallel: 2", "parallel: 1.5"]],
    ["POLICY_RANGE WF_ALL_V0:13:17"],
  ],
  [
    "too many rounds are under way at once",
    constructsProject,
    [["WF_ALL_V0", "parallel: 2", "parallel: 65"]],
    ["POLICY_RANGE WF_ALL_V0:13:17"],
  ],
  [
    "a loop has too many rounds",
    constructsProject,
    [["WF_ALL_V0", "max: 5", "max: 5000"]],
    ["POLICY_RANGE WF_ALL_V0:32:12"],
  ],
  [
    "a pause takes no time",
    constructsProject,
    [["WF_ALL_V0", "every: PT1S", "every: PT0S"]],
    ["POLICY_RANGE WF_ALL_V0:33:14"],
  ],
  [
    "a wait takes no time",
    constructsProject,
    [["WF_ALL_V0", "for: PT1S", "for: PT0S"]],
    ["POLICY_RANGE WF_ALL_V0:42:31"],
  ],
  [
    "a signal is waited for no time",
    constructsProject,
    [["WF_ALL_V0", "timeout: PT1H", "timeout: PT0S"]],
    ["POLICY_RANGE WF_ALL_V0:40:16"],
  ],
  [
    "a task is over at once",
    constructsProject,
    [["WF_ALL_V0", "timeout: P1D", "timeout: P0D"]],
    ["POLICY_RANGE WF_ALL_V0:24:16"],
  ],
  [
    "an instant is none",
    constructsProject,
    [["WF_ALL_V0", "until: $.results.MEET.at", "until: tomorrow"]],
    ["POLICY_RANGE WF_ALL_V0:43:32"],
  ],
  [
    "an instant has no zone",
    constructsProject,
    [["WF_ALL_V0", "until: $.results.MEET.at", 'until: "2030-01-01T00:00:00"']],
    ["POLICY_RANGE WF_ALL_V0:43:32"],
  ],
  [
    "an instant is a number",
    constructsProject,
    [["WF_ALL_V0", "until: $.results.MEET.at", "until: 7"]],
    ["INPUT_TYPE_MISMATCH WF_ALL_V0:43:32", "POLICY_RANGE WF_ALL_V0:43:32"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

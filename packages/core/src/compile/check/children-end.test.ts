import { changed, constructsProject, foundIn, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a workflow starts itself",
    constructsProject,
    [
      ["WF_ALL_V0", "workflow: demo::WF_SUB_V0", "workflow: WF_ALL_V0"],
      ["WF_ALL_V0", "inputs: { n: 1 }", "inputs: { items: [] }"],
      ["WF_ALL_V0", "n: $.results.SUB.n, ", ""],
    ],
    ["ARTIFACT_RECURSION WF_ALL_V0:46:17"],
  ],
  [
    "two workflows start each other",
    constructsProject,
    [
      ["WF_SUB_V0", "ACK: DONE", "ACK: BACK"],
      [
        "WF_SUB_V0",
        "    DONE:",
        "    BACK: { type: CHILD, workflow: WF_ALL_V0, inputs: { items: [] }, next: { COMPLETED: DONE, REJECTED: DONE, FAILED: DONE, CANCELLED: DONE } }\n    DONE:",
      ],
    ],
    ["ARTIFACT_RECURSION WF_ALL_V0:46:17"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

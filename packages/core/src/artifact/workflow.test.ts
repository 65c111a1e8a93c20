import { changed, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a node has no type",
    greetProject,
    [["WF_GREET_V0", "{ type: EXIT, reason: EXITED", "{ reason: EXITED"]],
    ["ARTIFACT_SCHEMA WF_GREET_V0:19:20"],
  ],
  [
    "a node is a text",
    greetProject,
    [["WF_GREET_V0", "    EXIT_BAD:", "    EXIT_X: x\n    EXIT_BAD:"]],
    ["ARTIFACT_SCHEMA WF_GREET_V0:20:13"],
  ],
  [
    "a node has an unknown type",
    greetProject,
    [["WF_GREET_V0", "{ type: EXIT, reason: EXITED", "{ type: TI, reason: EXITED"]],
    ["ARTIFACT_SCHEMA WF_GREET_V0:19:28"],
  ],
  [
    "a reason is unknown",
    greetProject,
    [["WF_GREET_V0", "reason: EXITED", "reason: HALTED"]],
    ["ARTIFACT_SCHEMA WF_GREET_V0:19:42"],
  ],
  [
    "a contract node has no code",
    greetProject,
    [["WF_GREET_V0", "      code: CC_KEEP_V0\n", ""]],
    ["ARTIFACT_SCHEMA WF_GREET_V0:13:7"],
  ],
  [
    "an intent has no edges",
    greetProject,
    [["WF_GREET_V0", "      next: { ACK: CC_KEEP, NACK: EXIT_REJECTED }\n", ""]],
    ["ARTIFACT_SCHEMA WF_GREET_V0:9:7"],
  ],
  [
    "an exit has edges",
    greetProject,
    [["WF_GREET_V0", "outcome: BAD_INPUT }", "outcome: BAD_INPUT, next: { A: B } }"]],
    ["UNKNOWN_KEY WF_GREET_V0:19:87"],
  ],
  [
    "a node has a strange name",
    greetProject,
    [
      [
        "WF_GREET_V0",
        "    EXIT_BAD:",
        "    EXIT-X: { type: EXIT, reason: FAILED, class: failed, outcome: BROKEN }\n    EXIT_BAD:",
      ],
    ],
    ["ID_CHARSET WF_GREET_V0:20:5"],
  ],
  [
    "a target is a number",
    greetProject,
    [["WF_GREET_V0", "ACK: CC_KEEP", "ACK: 7"]],
    ["ARTIFACT_SCHEMA WF_GREET_V0:11:20"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

import { changed, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "an exit does not say what it means",
    greetProject,
    [["WF_GREET_V0", "reason: EXITED, class: rejected,", "reason: EXITED,"]],
    ["EXIT_CLASS_REQUIRED WF_GREET_V0:19:20"],
  ],
  [
    "reason and class contradict each other",
    greetProject,
    [["WF_GREET_V0", "reason: EXITED, class: rejected,", "reason: EXITED, class: failed,"]],
    ["EXIT_REASON_CONTRADICTS_CLASS WF_GREET_V0:19:57"],
  ],
  [
    "an event gets what it does not declare",
    greetProject,
    [["EV_GREETED_V0", "id: { type: string, required: true }", "name: { type: string }"]],
    ["EXIT_OUTPUT_UNKNOWN WF_GREET_V0:17:95"],
  ],
  [
    "an event lacks a required field",
    greetProject,
    [
      [
        "EV_GREETED_V0",
        "id: { type: string, required: true }",
        "id: { type: string, required: true }\n    at: { type: string, required: true }",
      ],
    ],
    ["EXIT_OUTPUT_MISSING WF_GREET_V0:17:93"],
  ],
  [
    "a contract returns what it does not declare",
    greetProject,
    [["CC_KEEP_V0", "ALREADY_EXISTS: { id: $.results.id.id }", "ALREADY_EXISTS: { id: $.results.id.id, ids: x }"]],
    ["EXIT_OUTPUT_UNKNOWN CC_KEEP_V0:28:44"],
  ],
  [
    "a contract returns an output nowhere",
    greetProject,
    [["CC_KEEP_V0", "id: { type: string }", "id: { type: string }\n    other: { type: string }"]],
    ["EXIT_OUTPUT_MISSING CC_KEEP_V0:9:5"],
  ],
  [
    "exits describe a status that never comes",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "ALREADY_EXISTS: { id: $.results.id.id }",
        "ALREADY_EXISTS: { id: $.results.id.id }\n    NOT_FOUND: { id: x }",
      ],
    ],
    ["EXIT_STATUS_UNKNOWN CC_KEEP_V0:29:5"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

import { changed, chargeProject, foundIn, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "nothing implements it",
    chargeProject,
    [["CS_BELL_V0", "implementation: { handler: noop }", "implementation: {}"]],
    ["ARTIFACT_SCHEMA CS_BELL_V0:12:17"],
  ],
  [
    "two things implement it",
    chargeProject,
    [["CS_BELL_V0", "implementation: { handler: noop }", "implementation: { handler: noop, store: registry }"]],
    ["ARTIFACT_SCHEMA CS_BELL_V0:12:17"],
  ],
  [
    "an unknown store implements it",
    chargeProject,
    [["CS_BELL_V0", "implementation: { handler: noop }", "implementation: { store: table }"]],
    ["ARTIFACT_SCHEMA CS_BELL_V0:12:26"],
  ],
  [
    "nobody says whether it may be repeated",
    chargeProject,
    [["CS_BELL_V0", "      idempotent: false\n", ""]],
    ["IDEMPOTENCY_NOT_DECLARED CS_BELL_V0:6:7"],
  ],
  [
    "an operation has no outcomes",
    chargeProject,
    [["CS_BELL_V0", "      outcomes:\n        SUCCESS: { sent: { type: string, required: true } }\n", ""]],
    ["ARTIFACT_SCHEMA CS_BELL_V0:6:7"],
  ],
  [
    "an endpoint has outcomes",
    chargeProject,
    [["CS_BELL_V0", "      idempotent: false\n", "      idempotent: false\n      endpoint: { outputs: {} }\n"]],
    ["ARTIFACT_SCHEMA CS_BELL_V0:6:7"],
  ],
  [
    "an operation is a text",
    chargeProject,
    [["CS_BELL_V0", "    RING:\n", "    RANG: x\n    RING:\n"]],
    ["ARTIFACT_SCHEMA CS_BELL_V0:5:11"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

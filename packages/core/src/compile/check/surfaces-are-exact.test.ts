import { changed, chargeProject, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a surface lacks a declared outcome",
    greetProject,
    [
      ["CC_KEEP_V0", "result_surface: [SUCCESS, VIOLATION]", "result_surface: [SUCCESS]"],
      ["CC_KEEP_V0", "{ SUCCESS: continue, VIOLATION: exit }", "{ SUCCESS: continue }"],
    ],
    ["RESULT_SURFACE_MISMATCH CC_KEEP_V0:17:23"],
  ],
  [
    "a surface lists what is not declared",
    greetProject,
    [
      ["CC_KEEP_V0", "result_surface: [SUCCESS, VIOLATION]", "result_surface: [SUCCESS, VIOLATION, NOT_FOUND]"],
      [
        "CC_KEEP_V0",
        "{ SUCCESS: continue, VIOLATION: exit }",
        "{ SUCCESS: continue, VIOLATION: exit, NOT_FOUND: continue }",
      ],
    ],
    [
      "RESULT_SURFACE_MISMATCH CC_KEEP_V0:17:44",
      "RESULT_NOT_ON_EVERY_PATH CC_KEEP_V0:23:22",
      "RESULT_NOT_ON_EVERY_PATH CC_KEEP_V0:27:20",
      "RESULT_NOT_ON_EVERY_PATH CC_KEEP_V0:28:27",
    ],
  ],
  [
    "a contract allows what no step produces",
    greetProject,
    [["CC_KEEP_V0", "VIOLATION, BACKEND_ERROR]\n    on_input", "VIOLATION, BACKEND_ERROR, NOT_FOUND]\n    on_input"]],
    ["STATUS_NEVER_PRODUCED CC_KEEP_V0:10:66"],
  ],
  [
    "a contract ends with what it does not allow",
    greetProject,
    [["CC_KEEP_V0", "VIOLATION, BACKEND_ERROR]\n    on_input", "VIOLATION]\n    on_input"]],
    ["STATUS_NOT_ALLOWED CC_KEEP_V0:25:74"],
  ],
  [
    "the failure of an input is not allowed",
    greetProject,
    [
      ["CC_KEEP_V0", "on_input_failure: VIOLATION", "on_input_failure: NO_INPUT"],
      ["WF_GREET_V0", "BACKEND_ERROR: EXIT_BAD }", "BACKEND_ERROR: EXIT_BAD, NO_INPUT: EXIT_BAD }"],
    ],
    ["INPUT_FAILURE_STATUS_NOT_ALLOWED CC_KEEP_V0:11:23"],
  ],
  [
    "a status is allowed twice",
    greetProject,
    [["CC_KEEP_V0", "VIOLATION, BACKEND_ERROR]\n    on_input", "VIOLATION, BACKEND_ERROR, VIOLATION]\n    on_input"]],
    ["NAME_DUPLICATE CC_KEEP_V0:10:66"],
  ],
  [
    "two steps have one name",
    chargeProject,
    [["CC_CHARGE_V0", "step: count", "step: charge"]],
    [
      "NODE_ID_DUPLICATE CC_CHARGE_V0:26:13",
      "OUTPUT_FIELD_UNKNOWN CC_CHARGE_V0:35:44",
      "OUTPUT_FIELD_UNKNOWN CC_CHARGE_V0:36:58",
    ],
  ],
  [
    "a step is called exit",
    chargeProject,
    [["CC_CHARGE_V0", "step: count", "step: exit"]],
    ["NAME_DUPLICATE CC_CHARGE_V0:26:13"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

import { changed, chargeProject, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a step has no capability",
    greetProject,
    [["CC_KEEP_V0", "      side_effect: std::CS_REGISTRY_V0\n", ""]],
    ["STEP_CAPABILITY CC_KEEP_V0:19:7"],
  ],
  [
    "a step has two capabilities",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "side_effect: std::CS_REGISTRY_V0",
        "side_effect: std::CS_REGISTRY_V0\n      transform: std::CT_PURE_GENERATE_ID_V0",
      ],
    ],
    ["STEP_CAPABILITY CC_KEEP_V0:19:7"],
  ],
  [
    "a transform does not exist",
    greetProject,
    [["CC_KEEP_V0", "std::CT_PURE_GENERATE_ID_V0", "std::CT_PURE_GENERATE_V0"]],
    ["REFERENCE_UNRESOLVED CC_KEEP_V0:14:18"],
  ],
  [
    "a side effect does not exist",
    greetProject,
    [["CC_KEEP_V0", "std::CS_REGISTRY_V0", "std::CS_REGISTER_V0"]],
    ["REFERENCE_UNRESOLVED CC_KEEP_V0:20:20"],
  ],
  [
    "an operation is not said",
    greetProject,
    [["CC_KEEP_V0", "      op: REGISTER\n", ""]],
    ["STEP_KEY_MISSING CC_KEEP_V0:19:7"],
  ],
  [
    "an operation is misspelt",
    greetProject,
    [["CC_KEEP_V0", "op: REGISTER", "op: REGISTR"]],
    ["SIDE_EFFECT_OPERATION_NOT_DECLARED CC_KEEP_V0:21:11"],
  ],
  [
    "an operation is not declared",
    greetProject,
    [["CC_KEEP_V0", "op: REGISTER", "op: PUBLISH"]],
    ["SIDE_EFFECT_OPERATION_NOT_DECLARED CC_KEEP_V0:21:11"],
  ],
  [
    "a handler does not exist",
    chargeProject,
    [["CS_BELL_V0", "handler: noop", "handler: nop"]],
    ["IMPLEMENTATION_UNKNOWN CS_BELL_V0:12:28"],
  ],
  [
    "an outcome is reserved",
    chargeProject,
    [["CS_BELL_V0", "SUCCESS: { sent", "ERROR: {}\n        SUCCESS: { sent"]],
    [
      "RESULT_SURFACE_MISMATCH CC_CHARGE_V0:30:23",
      "RESULT_SURFACE_MISMATCH CC_CHARGE_V0:37:23",
      "OUTCOME_RESERVED CS_BELL_V0:10:9",
    ],
  ],
  [
    "endpoints stand beside operations",
    chargeProject,
    [["CS_BELL_V0", "    RING:\n", "    CALL: { endpoint: { outputs: {} } }\n    RING:\n"]],
    ["ARTIFACT_SCHEMA CS_BELL_V0:5:5", "ARTIFACT_SCHEMA RB_CHARGE_V0:13:33", "UNKNOWN_KEY RB_CHARGE_V0:13:35"],
  ],
  [
    "a store has no such operation",
    greetProject,
    [
      [
        "CS_OWN_V0",
        "cs_code: CS_OWN_V0\nversion: v0\ncore:\n  operations:\n    LOCK: { outcomes: { SUCCESS: {} }, idempotent: true }\n    CALL: { endpoint: { outputs: {} } }\nimplementation: { store: registry }\n",
      ],
    ],
    ["ARTIFACT_SCHEMA CS_OWN_V0:5:5", "IMPLEMENTATION_UNKNOWN CS_OWN_V0:5:5", "IMPLEMENTATION_UNKNOWN CS_OWN_V0:6:5"],
  ],
  [
    "a store has endpoints and they are called",
    greetProject,
    [
      [
        "CS_OWN_V0",
        "cs_code: CS_OWN_V0\nversion: v0\ncore:\n  operations:\n    REGISTER: { endpoint: { outputs: {} } }\nimplementation: { store: registry }\n",
      ],
      ["CC_KEEP_V0", "std::CS_REGISTRY_V0", "demo::CS_OWN_V0"],
    ],
    ["IMPLEMENTATION_UNKNOWN CS_OWN_V0:5:5"],
  ],
  [
    "a transform is not built in",
    greetProject,
    [
      [
        "CT_OWN_V0",
        "ct_code: CT_OWN_V0\nversion: v0\ncore: { inputs: {}, outputs: {}, outcomes: [SUCCESS, FAILED] }\nimplementation: { builtin: std.generate_ids }\n",
      ],
    ],
    ["OUTCOME_RESERVED CT_OWN_V0:3:54", "IMPLEMENTATION_UNKNOWN CT_OWN_V0:4:28"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

import { changed, chargeProject, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "there is no step",
    greetProject,
    [
      [
        "ZZ",
        "cc_code: CC_X\nversion: v0\ncore: { result_status_contract: { allowed: [A], on_input_failure: A }, pipeline: [] }\n",
      ],
    ],
    ["ARTIFACT_SCHEMA ZZ:3:82"],
  ],
  [
    "the pipeline is a map",
    greetProject,
    [
      [
        "ZZ",
        "cc_code: CC_X\nversion: v0\ncore: { result_status_contract: { allowed: [A], on_input_failure: A }, pipeline: {} }\n",
      ],
    ],
    ["ARTIFACT_SCHEMA ZZ:3:82"],
  ],
  [
    "a step is not finished",
    greetProject,
    [["CC_KEEP_V0", "      result_surface: [SUCCESS, VIOLATION]\n", ""]],
    ["ARTIFACT_SCHEMA CC_KEEP_V0:13:7"],
  ],
  [
    "a retry has an unknown key",
    chargeProject,
    [["CC_CHARGE_V0", "attempts: 3", "attempt: 3"]],
    ["UNKNOWN_KEY CC_CHARGE_V0:24:16"],
  ],
  [
    "a retry is a number",
    chargeProject,
    [["CC_CHARGE_V0", "retry: { attempts: 3, backoff: PT0.2S, factor: 3, max: PT30S }", "retry: 3"]],
    ["ARTIFACT_SCHEMA CC_CHARGE_V0:24:14"],
  ],
  [
    "attempts are a text",
    chargeProject,
    [["CC_CHARGE_V0", "attempts: 3", "attempts: three"]],
    ["ARTIFACT_SCHEMA CC_CHARGE_V0:24:26"],
  ],
  [
    "a duration is a list",
    chargeProject,
    [["CC_CHARGE_V0", "timeout: PT10S", "timeout: [1]"]],
    ["ARTIFACT_SCHEMA CC_CHARGE_V0:25:16"],
  ],
  [
    "a duration is none",
    chargeProject,
    [["CC_CHARGE_V0", "timeout: PT10S", "timeout: 10s"]],
    ["DURATION_INVALID CC_CHARGE_V0:25:16"],
  ],
  [
    "a duration is a number",
    chargeProject,
    [["CC_CHARGE_V0", "timeout: PT10S", "timeout: 10"]],
    ["ARTIFACT_SCHEMA CC_CHARGE_V0:25:16"],
  ],
  [
    "a contract evaluates, and a step too",
    chargeProject,
    [
      ["CC_CHARGE_V0", "  exits:\n", "  evaluation: { cap: { condition: x } }\n  exits:\n"],
      ["CC_CHARGE_V0", "      timeout: PT10S\n", "      timeout: PT10S\n      on_ct_result: { on_success: SUCCESS }\n"],
      ["CC_CHARGE_V0", "$.results.tell.sent }", "$.results.tell.sentt }"],
    ],
    [
      "ON_CT_RESULT_IGNORED CC_CHARGE_V0:26:7",
      "EVALUATION_BLOCK_NOT_EXECUTABLE CC_CHARGE_V0:40:3",
      "OUTPUT_FIELD_UNKNOWN CC_CHARGE_V0:42:53",
    ],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

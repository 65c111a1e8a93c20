import { changed, chargeProject, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a store is not named",
    greetProject,
    [["CC_KEEP_V0", "      store: GREETED\n", ""]],
    ["STEP_KEY_MISSING CC_KEEP_V0:19:7"],
  ],
  [
    "an endpoint is not named",
    chargeProject,
    [["CC_CHARGE_V0", "      endpoint: CHARGE\n", ""]],
    ["STEP_KEY_MISSING CC_CHARGE_V0:16:7"],
  ],
  [
    "a transform has a store and a timeout",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "transform: std::CT_PURE_GENERATE_ID_V0",
        "transform: std::CT_PURE_GENERATE_ID_V0\n      store: GREETED\n      timeout: PT1S",
      ],
    ],
    ["STEP_KEY_NOT_APPLICABLE CC_KEEP_V0:15:14", "STEP_KEY_NOT_APPLICABLE CC_KEEP_V0:16:16"],
  ],
  [
    "a store operation is tried again",
    greetProject,
    [["CC_KEEP_V0", "store: GREETED", "store: GREETED\n      retry: { attempts: 2 }"]],
    ["STEP_KEY_NOT_APPLICABLE CC_KEEP_V0:23:14"],
  ],
  [
    "an effect has an endpoint",
    chargeProject,
    [
      [
        "CC_CHARGE_V0",
        "op: RING\n      inputs: { text: counted }",
        "op: RING\n      endpoint: CHARGE\n      inputs: { text: counted }",
      ],
    ],
    ["STEP_KEY_NOT_APPLICABLE CC_CHARGE_V0:29:17"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

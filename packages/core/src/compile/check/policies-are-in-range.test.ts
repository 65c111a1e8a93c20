import { changed, chargeProject, foundIn, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "attempts are half",
    chargeProject,
    [["CC_CHARGE_V0", "attempts: 3", "attempts: 1.5"]],
    ["POLICY_RANGE CC_CHARGE_V0:24:26"],
  ],
  [
    "attempts are too many",
    chargeProject,
    [["CC_CHARGE_V0", "attempts: 3", "attempts: 101"]],
    ["POLICY_RANGE CC_CHARGE_V0:24:26"],
  ],
  [
    "a factor shrinks",
    chargeProject,
    [["CC_CHARGE_V0", "factor: 3", "factor: 0.5"]],
    ["POLICY_RANGE CC_CHARGE_V0:24:54"],
  ],
  [
    "a timeout is nothing",
    chargeProject,
    [["CC_CHARGE_V0", "timeout: PT10S", "timeout: PT0S"]],
    ["POLICY_RANGE CC_CHARGE_V0:25:16"],
  ],
  [
    "waits are longer than a day",
    chargeProject,
    [["CC_CHARGE_V0", "backoff: PT0.2S, factor: 3, max: PT30S", "backoff: P2D, factor: 3, max: P3D"]],
    ["POLICY_RANGE CC_CHARGE_V0:24:38", "POLICY_RANGE CC_CHARGE_V0:24:59"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

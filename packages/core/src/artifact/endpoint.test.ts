import { changed, chargeProject, foundIn, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a method is unknown",
    chargeProject,
    [["RB_CHARGE_V0", "method: POST", "method: CALL"]],
    ["ARTIFACT_SCHEMA RB_CHARGE_V0:9:21"],
  ],
  [
    "a host has a hole",
    chargeProject,
    [["RB_CHARGE_V0", "http://127.0.0.1:8080/charges/{order}", "http://{order}/charges"]],
    ["ENDPOINT_URL_INVALID RB_CHARGE_V0:10:18"],
  ],
  [
    "nobody says whether it may be repeated",
    chargeProject,
    [["RB_CHARGE_V0", "            idempotent: true\n", ""]],
    ["IDEMPOTENCY_NOT_DECLARED RB_CHARGE_V0:9:13"],
  ],
  [
    "an outcome pattern is none",
    chargeProject,
    [["RB_CHARGE_V0", '"409"', '"4x9"']],
    ["OUTCOME_PATTERN_INVALID RB_CHARGE_V0:12:41"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

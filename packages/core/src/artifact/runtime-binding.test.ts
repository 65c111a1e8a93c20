import { changed, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a policy is called config",
    greetProject,
    [["RB_GREET_V0", "{ policy: {} }", "{ config: {} }"]],
    ["ARTIFACT_SCHEMA RB_GREET_V0:7:26", "UNKNOWN_KEY RB_GREET_V0:7:28"],
  ],
  [
    "a policy is no map",
    greetProject,
    [["RB_GREET_V0", "{ policy: {} }", "{ policy: 7 }"]],
    ["ARTIFACT_SCHEMA RB_GREET_V0:7:36"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

import { changed, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "nothing implements it",
    greetProject,
    [["CT_OWN_V0", "ct_code: CT_OWN_V0\nversion: v0\ncore: { inputs: {}, outputs: {} }\n"]],
    ["ARTIFACT_SCHEMA CT_OWN_V0:1:1"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

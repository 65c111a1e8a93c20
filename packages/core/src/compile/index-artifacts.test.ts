import { changed, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "an artifact stands twice",
    greetProject,
    [["ZZ", "ev_code: EV_GREETED_V0\nversion: v0\ncore: { schema: {} }\n"]],
    ["ARTIFACT_DUPLICATE ZZ:1:10"],
  ],
  [
    "an artifact stands twice with two versions",
    greetProject,
    [["ZZ", "ev_code: EV_GREETED_V0\nversion: v1\ncore: { schema: {} }\n"]],
    ["VERSION_CONFLICT ZZ:1:10"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

import { changed, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "two stores have one file",
    greetProject,
    [
      [
        "STRUCTURE_GREET_V0",
        "GREETED: { path: registry/greeted.jsonl }",
        "GREETED: { path: registry/greeted.jsonl }\n    OTHER: { path: Registry/greeted.jsonl }",
      ],
    ],
    ["STORE_FILE_SHARED STRUCTURE_GREET_V0:8:5"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

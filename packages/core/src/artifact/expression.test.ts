import { changed, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a path has an empty part",
    greetProject,
    [["CC_KEEP_V0", "data: $.inputs.name", "data: $.inputs..name"]],
    ["PATH_INVALID CC_KEEP_V0:15:35"],
  ],
  [
    "a template is unknown",
    greetProject,
    [["CC_KEEP_V0", "data: $.inputs.name", 'data: "{{now}}"']],
    ["TEMPLATE_UNKNOWN CC_KEEP_V0:15:35"],
  ],
  [
    "a binding is a wrong kind of word in a list",
    greetProject,
    [["CC_KEEP_V0", "allowed: [SUCCESS,", "allowed: [1, SUCCESS,"]],
    ["ARTIFACT_SCHEMA CC_KEEP_V0:10:15"],
  ],
  [
    "a list holds a wrong path",
    greetProject,
    [["CC_KEEP_V0", "data: $.inputs.name", "data: [a, $.]"]],
    ["PATH_INVALID CC_KEEP_V0:15:39"],
  ],
  [
    "a map holds a wrong path",
    greetProject,
    [["CC_KEEP_V0", "data: $.inputs.name", "data: { a: $., b: 1 }"]],
    ["PATH_INVALID CC_KEEP_V0:15:40"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

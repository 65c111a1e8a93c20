import { changed, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a base path is outside",
    greetProject,
    [["STRUCTURE_GREET_V0", '"{{module_data_root}}"', "/var/data"]],
    ["STORE_PATH_INVALID STRUCTURE_GREET_V0:5:31"],
  ],
  [
    "there is no base path",
    greetProject,
    [["STRUCTURE_GREET_V0", '{ base_path: "{{module_data_root}}" }', "{}"]],
    ["ARTIFACT_SCHEMA STRUCTURE_GREET_V0:5:18"],
  ],
  [
    "a base path is misspelt in the middle",
    greetProject,
    [["STRUCTURE_GREET_V0", '"{{module_data_root}}"', '"{{module_data_root}}/a b/c"']],
    ["STORE_PATH_INVALID STRUCTURE_GREET_V0:5:31"],
  ],
  [
    "a base path goes up",
    greetProject,
    [["STRUCTURE_GREET_V0", '"{{module_data_root}}"', '"{{module_data_root}}/../x"']],
    ["STORE_PATH_INVALID STRUCTURE_GREET_V0:5:31"],
  ],
  [
    "a file goes up",
    greetProject,
    [["STRUCTURE_GREET_V0", "registry/greeted.jsonl", "../greeted.jsonl"]],
    ["STORE_PATH_INVALID STRUCTURE_GREET_V0:7:22"],
  ],
  [
    "a file is on our ground",
    greetProject,
    [["STRUCTURE_GREET_V0", "registry/greeted.jsonl", ".omnibase/store.db"]],
    ["STORE_PATH_INVALID STRUCTURE_GREET_V0:7:22"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

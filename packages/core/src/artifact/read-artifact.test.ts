import { changed, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  ["the document is a list", greetProject, [["ZZ", "- 1\n"]], ["ARTIFACT_SCHEMA ZZ:1:1"]],
  ["nothing says what it is", greetProject, [["ZZ", "version: v0\n"]], ["ARTIFACT_KIND_UNKNOWN ZZ:1:1"]],
  [
    "the code is no name",
    greetProject,
    [["ZZ", "ev_code: EV-X\nversion: v0\ncore: { schema: {} }\n"]],
    ["ID_CHARSET ZZ:1:10"],
  ],
  [
    "the code is empty",
    greetProject,
    [["ZZ", 'ev_code: ""\nversion: v0\ncore: { schema: {} }\n']],
    ["ID_LENGTH ZZ:1:10"],
  ],
  [
    "its own namespace is none",
    greetProject,
    [["ZZ", "ev_code: EV_X\nnamespace: a..b\nversion: v0\ncore: { schema: {} }\n"]],
    ["ID_CHARSET ZZ:2:12"],
  ],
  [
    "its own namespace is a number",
    greetProject,
    [["ZZ", "ev_code: EV_X\nnamespace: 1\nversion: v0\ncore: { schema: {} }\n"]],
    ["ARTIFACT_SCHEMA ZZ:2:12"],
  ],
  ["it has no version", greetProject, [["ZZ", "ev_code: EV_X\ncore: { schema: {} }\n"]], ["ARTIFACT_SCHEMA ZZ:1:1"]],
  [
    "its version is a number",
    greetProject,
    [["ZZ", "ev_code: EV_X\nversion: 1.10\ncore: { schema: {} }\n"]],
    ["ARTIFACT_SCHEMA ZZ:2:10"],
  ],
  [
    "its version is no version",
    greetProject,
    [["ZZ", 'ev_code: EV_X\nversion: "1"\ncore: { schema: {} }\n']],
    ["ARTIFACT_SCHEMA ZZ:2:10"],
  ],
  [
    "a key is misspelt at the top",
    greetProject,
    [["ZZ", "ev_code: EV_X\nversion: v0\ngovernedby: x\ncore: { schema: {} }\n"]],
    ["UNKNOWN_KEY ZZ:3:1"],
  ],
  [
    "a key is of another kind",
    greetProject,
    [["ZZ", "ev_code: EV_X\nwf_code: WF_X\nversion: v0\ncore: { schema: {} }\n"]],
    ["UNKNOWN_KEY ZZ:2:1"],
  ],
  ["core is a text", greetProject, [["ZZ", "ev_code: EV_X\nversion: v0\ncore: x\n"]], ["ARTIFACT_SCHEMA ZZ:3:7"]],
  ["core is empty", greetProject, [["ZZ", "ev_code: EV_X\nversion: v0\ncore:\n"]], ["ARTIFACT_SCHEMA ZZ:3:6"]],
  [
    "a description is a number",
    greetProject,
    [["ZZ", "ev_code: EV_X\nversion: v0\ncore: { summary: 1, schema: {} }\n"]],
    ["ARTIFACT_SCHEMA ZZ:3:18"],
  ],
  [
    "an intent is unread",
    greetProject,
    [["IN_GREET_V0", "  inputs:", "  imputs:"]],
    ["ARTIFACT_SCHEMA IN_GREET_V0:4:3", "UNKNOWN_KEY IN_GREET_V0:6:3"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

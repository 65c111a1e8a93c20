import { changed, foundIn, greetProject, testOptions, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const own = (implementation: string): typeof greetProject =>
  changed(greetProject, [
    [
      "CT_OWN_V0",
      `ct_code: CT_OWN_V0\nversion: v0\ncore: { inputs: {}, outputs: {} }\nimplementation: ${implementation}\n`,
    ],
  ]);

const mistakes: readonly Mistake[] = [
  [
    "nothing implements it",
    greetProject,
    [["CT_OWN_V0", "ct_code: CT_OWN_V0\nversion: v0\ncore: { inputs: {}, outputs: {} }\n"]],
    ["ARTIFACT_SCHEMA CT_OWN_V0:1:1"],
  ],
  ["two things implement it", own("{ builtin: std.lookup, typescript: own }"), [], ["ARTIFACT_SCHEMA CT_OWN_V0:4:17"]],
  [
    "it is implemented by nothing that there is",
    own("{ by: magic }"),
    [],
    ["ARTIFACT_SCHEMA CT_OWN_V0:4:17", "UNKNOWN_KEY CT_OWN_V0:4:19"],
  ],
  [
    "a handler implements it",
    own("{ handler: http }"),
    [],
    ["ARTIFACT_SCHEMA CT_OWN_V0:4:17", "PURITY_VIOLATION CT_OWN_V0:4:19"],
  ],
  ["what implements it is no map", own("magic"), [], ["ARTIFACT_SCHEMA CT_OWN_V0:4:17"]],
  ["its file is not there", own("{ typescript: nowhere }"), [], ["IMPLEMENTATION_UNKNOWN CT_OWN_V0:4:31"]],
];

it("a file of the project implements it as a built-in does", () => {
  const options = { ...testOptions, transforms: { ...testOptions.transforms, own: "own@sha256:00" } };
  expect(foundIn(own("{ typescript: own }"), options)).toEqual([]);
});

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

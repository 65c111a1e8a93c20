import { changed, documentsOf, foundIn, greetProject, testOptions, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";
import { compile } from "./compile.ts";

const event = "ev_code: EV_GREETED_V0\nversion: v0\ncore:\n  schema: { id: { type: string, required: true } }\n";
const mistakes: readonly Mistake[] = [
  [
    "an artifact stands twice",
    changed(greetProject, [["EV_GREETED_V0", "  summary: Someone was greeted for the first time\n", ""]]),
    [["ZZ", event]],
    ["ARTIFACT_DUPLICATE ZZ:1:10"],
  ],
  [
    "an artifact stands twice and says two things",
    greetProject,
    [["ZZ", event.replace("string", "any")]],
    ["VERSION_CONFLICT ZZ:1:10"],
  ],
  [
    "an artifact stands twice with two versions",
    greetProject,
    [["ZZ", event.replace("v0", "v1")]],
    ["VERSION_CONFLICT ZZ:1:10"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

it("names the bytes of both where they differ", () => {
  const documents = documentsOf(changed(greetProject, [["ZZ", event.replace("v0", "v1")]]));
  const digests = { "EV_GREETED_V0.yaml": "sha256:aa", "ZZ.yaml": "sha256:bb" };
  const [problem] = compile(documents, { ...testOptions, digests }).problems;
  expect(problem?.message).toContain("each time another: sha256:aa and sha256:bb");
});

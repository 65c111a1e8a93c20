import { changed, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const note = `
    - step: note
      side_effect: std::CS_APPENDONLY_JSONL_V0
      op: APPEND
      store: NOTES
      inputs: { record: { id: $.results.id.id } }
      result_surface: [SUCCESS, VIOLATION, BACKEND_ERROR]
      on_result: { SUCCESS: continue, VIOLATION: exit, BACKEND_ERROR: exit }
    - step: keep
`;

const noted = changed(greetProject, [
  ["CC_KEEP_V0", "\n    - step: keep\n", note],
  ["RB_GREET_V0", "policy: {} }\n", "policy: {} }\n    std::CS_APPENDONLY_JSONL_V0: { policy: {} }\n"],
  [
    "STRUCTURE_GREET_V0",
    "GREETED: { path: registry/greeted.jsonl }\n",
    "GREETED: { path: registry/greeted.jsonl }\n    NOTES: { path: notes.jsonl }\n",
  ],
]);

it("two stores may be of two kinds", () => expect(foundIn(noted)).toEqual([]));

const mistakes: readonly Mistake[] = [
  [
    "two families work on one store",
    changed(noted, [["CC_KEEP_V0", "store: NOTES", "store: GREETED"]]),
    [],
    ["STORE_KIND_MIXED CC_KEEP_V0:29:14"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

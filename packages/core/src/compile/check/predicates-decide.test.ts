import { changed, foundIn, greetProject, type Edit, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

/** The first step of the contract asks a transform of the project's own, which is declared to return this. */
const asking = (outputs: string): readonly Edit[] => [
  [
    "CT_ASK_V0",
    `ct_code: CT_ASK_V0
version: v0
core:
  inputs: { value: { type: any, required: true } }
  outputs: { ${outputs} }
implementation: { builtin: std.passthrough }
`,
  ],
  [
    "CC_KEEP_V0",
    "  pipeline:\n",
    `  pipeline:
    - step: ask
      transform: demo::CT_ASK_V0
      inputs: { value: $.inputs.name }
      result_surface: [SUCCESS, VIOLATION]
      on_result: { SUCCESS: continue, VIOLATION: exit }
`,
  ],
];

const mistakes: readonly Mistake[] = [
  [
    "a predicate decides nothing",
    greetProject,
    asking("ok: { type: boolean }"),
    ["PREDICATE_RESULT_UNUSED CC_KEEP_V0:13:7"],
  ],
  [
    "several answers decide nothing",
    greetProject,
    asking("ok: { type: boolean }, why: { type: string }, sure: { type: boolean, enum: [true, false] }"),
    ["PREDICATE_RESULT_UNUSED CC_KEEP_V0:13:7"],
  ],
  [
    "all answers of a predicate are one outcome",
    greetProject,
    [
      ...asking("ok: { type: boolean, required: true }"),
      [
        "CC_KEEP_V0",
        "      result_surface: [SUCCESS, VIOLATION]\n      on_result: { SUCCESS: continue, VIOLATION: exit }\n    - step: id",
        "      when: { field: ok, outcomes: { SUCCESS: [true, false] } }\n      result_surface: [SUCCESS, VIOLATION]\n      on_result: { SUCCESS: continue, VIOLATION: exit }\n    - step: id",
      ],
    ],
    ["PREDICATE_RESULT_UNUSED CC_KEEP_V0:16:22"],
  ],
  [
    "two outcomes of a predicate go the same way",
    greetProject,
    [
      ...asking("ok: { type: boolean, required: true }"),
      [
        "CC_KEEP_V0",
        "      result_surface: [SUCCESS, VIOLATION]\n      on_result: { SUCCESS: continue, VIOLATION: exit }\n    - step: id",
        "      when: { field: ok, outcomes: { SUCCESS: true, NO: false } }\n      result_surface: [SUCCESS, NO, VIOLATION]\n      on_result: { SUCCESS: continue, NO: continue, VIOLATION: exit }\n    - step: id",
      ],
    ],
    ["PREDICATE_RESULT_UNUSED CC_KEEP_V0:16:22"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

it.each([
  ["only yes can come", "ok: { type: boolean, enum: [true] }"],
  ["it answers no question", "text: { type: string }, any: { type: any }"],
])("lets a transform be when %s", (_, outputs) => {
  expect(foundIn(changed(greetProject, asking(outputs)))).toEqual([]);
});

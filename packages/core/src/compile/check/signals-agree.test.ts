import { changed, constructsProject, foundIn, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "two waits for a signal differ",
    constructsProject,
    [
      [
        "WF_ALL_V0",
        "    PAUSE: { type: WAIT, for: PT1S, next: { ELAPSED: TILL } }",
        "    PAUSE: { type: WAIT, signal: GO, next: { RECEIVED: TILL } }",
      ],
    ],
    ["SIGNAL_FIELDS_DIFFER WF_ALL_V0:42:34"],
  ],
];

it("may be waited for twice", () => {
  const edit = [
    "WF_ALL_V0",
    "    PAUSE: { type: WAIT, for: PT1S, next: { ELAPSED: TILL } }",
    "    PAUSE: { type: WAIT, signal: GO, fields: { at: { type: string, required: true } }, next: { RECEIVED: TILL } }",
  ] as const;
  expect(foundIn(changed(constructsProject, [edit]))).toEqual([]);
});

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

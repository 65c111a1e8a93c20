import { changed, foundIn, greetProject, type Edit } from "@omnibase/testkit";
import { expect, it } from "vitest";

/** The greeting, with an admission in line 6. */
const gated = (admission: string, ...others: readonly Edit[]): readonly string[] =>
  foundIn(
    changed(greetProject, [["WF_GREET_V0", "  start_node:", `  admission: ${admission}\n  start_node:`], ...others]),
  );

const asking = (where: string): string => `{ requires: [{ event: EV_GREETED_V0, where: { ${where} } }] }`;
const declared = (field: string): Edit => ["EV_GREETED_V0", "    id:", `    ${field}\n    id:`];
const sent = (field: string): Edit => ["IN_GREET_V0", "    name:", `    ${field}\n    name:`];

const actor = (id: string): Edit => [
  "AC_BUYER_V0",
  `ac_code: AC_BUYER_V0\nversion: v0\ncore: { type: human, attributes: { id: { ${id} } } }\n`,
];
const nested = (rule: string): Edit =>
  sent(`who: { type: object, ${rule}, fields: { id: { type: string, required: true } } }`);

it.each([
  ["names events alone", "{ requires: [EV_GREETED_V0] }"],
  ["names them in their namespace", "{ forbids: [demo::EV_GREETED_V0] }"],
  ["compares with what the intent requires", asking("id: $.payload.name")],
  ["compares with a literal", asking("id: GR_1")],
  ["binds fields for all its clauses", "{ forbids: [EV_GREETED_V0], bindings: { EV_GREETED_V0: { id: name } } }"],
])("an admission %s", (_, admission) => expect(gated(admission)).toEqual([]));

it("an admission compares numbers of either kind, and what a default fills in", () => {
  const edits = [declared("n: { type: number }"), sent("n: { type: integer, default: 1 }")];
  expect(gated(asking("n: $.payload.n"), ...edits)).toEqual([]);
});

it("an admission compares with who sent it, where all who may are known by it", () => {
  const sends: Edit = ["IN_GREET_V0", "core:\n", "core:\n  actors: [demo::AC_BUYER_V0]\n"];
  expect(gated(asking("id: $.actor.id"), actor("type: string, required: true"), sends)).toEqual([]);
  expect(gated(asking("id: $.actor.id"), actor("type: string"), sends)).toEqual([
    "ADMISSION_VALUE_UNFIT WF_GREET_V0:6:64",
  ]);
});

it("an admission compares with what lies inside, where all of the way is required", () => {
  expect(gated(asking("id: $.payload.who.id"), nested("required: true"))).toEqual([]);
  expect(gated(asking("id: $.payload.who.id"), nested("required: false"))).toEqual([
    "ADMISSION_VALUE_UNFIT WF_GREET_V0:6:64",
  ]);
});

it("an admission compares no secret with events, wherever it lies", () => {
  const pin = sent("pin: { type: string, required: true, secret: true }");
  expect(gated(asking("id: $.payload.pin"), pin)).toEqual(["SECRET_FLOW WF_GREET_V0:6:64"]);
  expect(gated(asking("id: $.payload.who.id"), nested("required: true, secret: true"))).toEqual([
    "SECRET_FLOW WF_GREET_V0:6:64",
  ]);
});

const mistakes: readonly (readonly [sentence: string, admission: string, edits: readonly Edit[], found: string])[] = [
  ["the event does not exist", "{ requires: [EV_GONE_V0] }", [], "REFERENCE_UNRESOLVED WF_GREET_V0:6:27"],
  [
    "what does not exist is asked for by a field",
    "{ requires: [{ event: EV_GONE_V0, where: { id: $.payload.nobody } }] }",
    [],
    "REFERENCE_UNRESOLVED WF_GREET_V0:6:36",
  ],
  ["the event has no such field", asking("ide: $.payload.name"), [], "ADMISSION_FIELD_UNKNOWN WF_GREET_V0:6:60"],
  [
    "the field is no plain value",
    asking("of: $.payload.name"),
    [declared("of: { type: object }")],
    "ADMISSION_VALUE_UNFIT WF_GREET_V0:6:60",
  ],
  ["the payload has no such field", asking("id: $.payload.nam"), [], "ADMISSION_VALUE_UNFIT WF_GREET_V0:6:64"],
  [
    "the value need not be there",
    asking("id: $.payload.note"),
    [sent("note: { type: string }")],
    "ADMISSION_VALUE_UNFIT WF_GREET_V0:6:64",
  ],
  [
    "a binding names what need not be there",
    "{ requires: [EV_GREETED_V0], bindings: { EV_GREETED_V0: { id: note } } }",
    [sent("note: { type: string }")],
    "ADMISSION_VALUE_UNFIT WF_GREET_V0:6:76",
  ],
  [
    "the value is no plain one",
    asking("id: $.payload.all"),
    [sent("all: { type: array, required: true }")],
    "ADMISSION_VALUE_UNFIT WF_GREET_V0:6:64",
  ],
  [
    "the types are never equal",
    asking("id: $.payload.n"),
    [sent("n: { type: integer, required: true }")],
    "ADMISSION_VALUE_UNFIT WF_GREET_V0:6:64",
  ],
  ["an attribute of nobody is asked for", asking("id: $.actor.id"), [], "ADMISSION_VALUE_UNFIT WF_GREET_V0:6:64"],
  ["a literal can never be there", asking("id: 7"), [], "ADMISSION_VALUE_UNFIT WF_GREET_V0:6:64"],
  ["it compares with a result", asking("id: $.results.CC_KEEP.id"), [], "ADMISSION_VALUE_UNFIT WF_GREET_V0:6:64"],
  ["it compares with the time", asking('id: "{{timestamp}}"'), [], "ADMISSION_VALUE_UNFIT WF_GREET_V0:6:64"],
  [
    "what it is after is asked for wrongly",
    "{ requires: [{ event: EV_GREETED_V0, after: { event: EV_GREETED_V0, where: { ide: x } } }] }",
    [],
    "ADMISSION_FIELD_UNKNOWN WF_GREET_V0:6:91",
  ],
];

it.each(mistakes)("is noticed when %s", (_, admission, edits, found) => {
  expect(gated(admission, ...edits)).toEqual([found]);
});

it("is not said of a workflow that does not start at an intent, because that is said already", () => {
  const found = gated(asking("id: $.payload.nam"), ["WF_GREET_V0", "start_node: IN_GREET_V0", "start_node: CC_KEEP"]);
  expect(found).toEqual(["START_NOT_INTENT WF_GREET_V0:7:15"]);
});

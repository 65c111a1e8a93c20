import { changed, deskProject, foundIn, testOptions, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const at = "ENTITY_TICKET_V0";
const transitions = "    transitions:\n      OPEN: [ANSWERED, REJECTED]\n      ANSWERED: [OPEN, CLOSED]\n";

const mistakes: readonly Mistake[] = [
  ["nothing is wrong", deskProject, [], []],
  ["stages follow each other in their order", deskProject, [[at, transitions, ""]], []],
  [
    "people may read more of it",
    deskProject,
    [[at, "core:\n", "core:\n  semantics: a\n  relationships: [b]\n  invariants: [{ constraint: c }]\n"]],
    [],
  ],
  ["a key means nothing", deskProject, [[at, "core:\n", "core:\n  projection: a\n"]], [`UNKNOWN_KEY ${at}:4:3`]],
  [
    "nobody says what it is known by",
    deskProject,
    [[at, "  identity: { field: ticket_id }\n", ""]],
    [`ARTIFACT_SCHEMA ${at}:4:3`],
  ],
  ["it has no life", deskProject, [[at, /lifecycle:[^]*/.exec(deskProject[`${at}.yaml`] ?? "")?.[0] ?? "", ""]], []],
  [
    "it is known by nothing",
    deskProject,
    [[at, "{ field: ticket_id }", "{ field: id }"]],
    [`ENTITY_CONTRADICTION ${at}:5:22`],
  ],
  [
    "what it is known by may be absent",
    deskProject,
    [[at, "ticket_id: { type: string, required: true }", "ticket_id: { type: string }"]],
    [`ENTITY_CONTRADICTION ${at}:5:22`],
  ],
  [
    "a stage is a number",
    deskProject,
    [[at, "stage: { type: string, required: true }", "stage: { type: integer, required: true }"]],
    [`ENTITY_CONTRADICTION ${at}:13:12`],
  ],
  [
    "stages are said twice",
    deskProject,
    [[at, "stage: { type: string, required: true }", "stage: { type: string, required: true, enum: [OPEN] }"]],
    [`ENTITY_CONTRADICTION ${at}:13:12`],
  ],
  [
    "a default is never applied",
    deskProject,
    [[at, "moved_by: { type: string }", "moved_by: { type: array, items: { type: string, default: a } }"]],
    [`ENTITY_CONTRADICTION ${at}:10:5`],
  ],
  [
    "a default is never applied inside",
    deskProject,
    [[at, "moved_by: { type: string }", "moved_by: { type: object, fields: { a: { type: string, default: a } } }"]],
    [`ENTITY_CONTRADICTION ${at}:10:5`],
  ],
  [
    "a stage stands twice",
    deskProject,
    [[at, "CLOSED, REJECTED]\n    initial", "CLOSED, REJECTED, OPEN]\n    initial"]],
    [`ENTITY_CONTRADICTION ${at}:14:48`],
  ],
  [
    "a life has no end",
    deskProject,
    [
      [at, "terminal: [CLOSED, REJECTED]", "terminal: []"],
      [at, "ANSWERED: [OPEN, CLOSED]", "ANSWERED: [OPEN, CLOSED]\n      CLOSED: [OPEN]\n      REJECTED: [OPEN]"],
    ],
    [`ENTITY_CONTRADICTION ${at}:16:15`],
  ],
  [
    "stages are not known",
    deskProject,
    [
      [at, "initial: OPEN", "initial: NEW"],
      [at, "terminal: [CLOSED, REJECTED]", "terminal: [CLOSED, GONE]"],
      [at, "ANSWERED: [OPEN, CLOSED]", "ANSWER: [OPEN, SHUT]"],
    ],
    [
      `ENTITY_CONTRADICTION ${at}:15:14`,
      `ENTITY_CONTRADICTION ${at}:16:24`,
      `ENTITY_CONTRADICTION ${at}:19:7`,
      `ENTITY_CONTRADICTION ${at}:19:22`,
    ],
  ],
  [
    "something follows the end",
    deskProject,
    [[at, "ANSWERED: [OPEN, CLOSED]", "ANSWERED: [OPEN, CLOSED]\n      CLOSED: [OPEN]"]],
    [`ENTITY_CONTRADICTION ${at}:20:7`],
  ],
  [
    "no life comes to a stage",
    deskProject,
    [[at, "[ANSWERED, REJECTED]", "[ANSWERED]"]],
    [`ENTITY_CONTRADICTION ${at}:14:38`],
  ],
  [
    "no life goes on from a stage",
    deskProject,
    [[at, "      ANSWERED: [OPEN, CLOSED]\n", ""]],
    [`ENTITY_CONTRADICTION ${at}:14:20`, `ENTITY_CONTRADICTION ${at}:14:30`],
  ],
  [
    "an entity does not exist",
    deskProject,
    [["STRUCTURE_DESK_V0", "desk::ENTITY_TICKET_V0", "desk::ENTITY_X_V0"]],
    ["REFERENCE_UNRESOLVED STRUCTURE_DESK_V0:7:44"],
  ],
];

it.each(mistakes)("notices that %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits), testOptions, "desk")).toEqual(found);
});

import { changed, deskProject, foundIn, testOptions, type Edit, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const open = "CC_OPEN_TICKET_V0";
const move = "CC_MOVE_TICKET_V0";

/** The ticket is kept in another kind of store. */
const kept = (capability: string, op: string, inputs: readonly [key: string, record: string]): readonly Edit[] => [
  [open, "std::CS_MUTABLE_JSON_V0\n      op: WRITE", `std::${capability}\n      op: ${op}`],
  [open, "        key: $.results", `        ${inputs[0]}: $.results`],
  [open, "        value:\n", `        ${inputs[1]}:\n`],
  ["RB_DESK_V0", "std::CS_MUTABLE_JSON_V0", `std::${capability}`],
];
const registered = [
  ...kept("CS_REGISTRY_V0", "REGISTER", ["key", "value"]),
  [
    open,
    "[SUCCESS, VIOLATION, BACKEND_ERROR]\n      on_result: { SUCCESS: exit, VIOLATION",
    "[SUCCESS, ALREADY_EXISTS, VIOLATION, BACKEND_ERROR]\n      on_result: { SUCCESS: exit, ALREADY_EXISTS: exit, VIOLATION",
  ],
  [open, "allowed: [SUCCESS,", "allowed: [SUCCESS, ALREADY_EXISTS,"],
  ["WF_OPEN_TICKET_V0", "{ SUCCESS: EXIT_ASKED,", "{ SUCCESS: EXIT_ASKED, ALREADY_EXISTS: EXIT_KNOWN,"],
] satisfies readonly Edit[];

/** Without the other workflow, whose contract would keep its ticket elsewhere. */
const alone = Object.fromEntries(Object.entries(deskProject).filter(([file]) => !file.includes("MOVE")));

const value = `
          ticket_id: $.results.mint.ticket_id
          member_id: $.inputs.member_id
          question: $.inputs.question
          stage: OPEN
`;

const removed: readonly Edit[] = [
  [move, "op: UPDATE_WHERE", "op: DELETE"],
  [
    move,
    "        filter: { ticket_id: $.inputs.ticket_id }\n        updates: { stage: $.inputs.stage, moved_by: $.inputs.moved_by }\n      outputs: { reason: $.capability_result.reason }\n      result_surface: [SUCCESS,",
    "        key: $.inputs.ticket_id\n      result_surface: [SUCCESS, NOT_FOUND,",
  ],
  [move, "on_result: { SUCCESS: exit,", "on_result: { SUCCESS: exit, NOT_FOUND: exit,"],
  [move, "allowed: [SUCCESS,", "allowed: [SUCCESS, NOT_FOUND,"],
  [move, "  exits:\n    VIOLATION: { reason: $.results.move.reason }\n", ""],
  [move, "  outputs:\n    reason: { type: string }\n", ""],
  ["WF_MOVE_TICKET_V0", "{ SUCCESS: EXIT_MOVED,", "{ SUCCESS: EXIT_MOVED, NOT_FOUND: EXIT_BROKEN,"],
  ["WF_MOVE_TICKET_V0", ", outputs: { reason: $.results.CC_MOVE.reason }", ""],
];

const life = `  lifecycle:
    field: stage
    stages: [OPEN, ANSWERED, CLOSED, REJECTED]
    initial: OPEN
    terminal: [CLOSED, REJECTED]
    transitions:
      OPEN: [ANSWERED, REJECTED]
      ANSWERED: [OPEN, CLOSED]
`;
const withoutLife = changed(deskProject, [["ENTITY_TICKET_V0", life, ""]]);
const aloneWithoutLife = changed(alone, [["ENTITY_TICKET_V0", life, ""]]);

const mistakes: readonly Mistake[] = [
  ["nothing is wrong", deskProject, [], []],
  ["nothing is wrong with a stream", alone, kept("CS_APPENDONLY_JSONL_V0", "APPEND", ["stream_id", "record"]), []],
  ["nothing is wrong with a key", alone, registered, []],
  [
    "a record is a text",
    deskProject,
    [[open, `        value:${value}`, "        value: $.results.mint.ticket_id\n"]],
    [`ENTITY_RECORD_MISFIT ${open}:26:16`],
  ],
  [
    "only what writes is looked at",
    deskProject,
    [
      [open, "WRITE", "READ"],
      [open, `        value:${value}`, ""],
      [
        open,
        "[SUCCESS, VIOLATION, BACKEND_ERROR]\n      on_result: { SUCCESS: exit,",
        "[SUCCESS, NOT_FOUND, VIOLATION, BACKEND_ERROR]\n      on_result: { SUCCESS: exit, NOT_FOUND: exit,",
      ],
      [open, "allowed: [SUCCESS,", "allowed: [SUCCESS, NOT_FOUND,"],
      ["WF_OPEN_TICKET_V0", "{ SUCCESS: EXIT_ASKED,", "{ SUCCESS: EXIT_ASKED, NOT_FOUND: EXIT_KNOWN,"],
    ],
    [],
  ],
  [
    "a store beside it has records of any kind",
    deskProject,
    [
      ["STRUCTURE_DESK_V0", "entity_stores:\n", "entity_stores:\n    OTHERS: { path: others.json }\n"],
      [open, "store: TICKETS", "store: OTHERS"],
      [open, "stage: OPEN", "stage: GONE"],
    ],
    [],
  ],
  [
    "nobody writes who does not exist",
    deskProject,
    [["WF_OPEN_TICKET_V0", "code: CC_OPEN_TICKET_V0", "code: CC_X_V0"]],
    ["REFERENCE_UNRESOLVED WF_OPEN_TICKET_V0:14:13"],
  ],
  [
    "a transform writes nothing",
    deskProject,
    [[open, "      transform: ", "      store: TICKETS\n      transform: "]],
    [`STEP_KEY_NOT_APPLICABLE ${open}:15:14`],
  ],
  [
    "names stand for no records",
    alone,
    [
      [open, "std::CS_MUTABLE_JSON_V0", "std::CS_NAME_REGISTRY_V0"],
      [open, "        key: $.results", "        name: $.results"],
      [open, `        value:${value}`, "        resource_addresses: []\n"],
      ["RB_DESK_V0", "std::CS_MUTABLE_JSON_V0", "std::CS_NAME_REGISTRY_V0"],
    ],
    [`ENTITY_RECORD_MISFIT ${open}:20:7`],
  ],
  [
    "what undoes a step writes no record",
    deskProject,
    [
      [
        open,
        "      inputs:\n        key:",
        "      compensate: { side_effect: std::CS_MUTABLE_JSON_V0, op: DELETE, store: TICKETS, inputs: { key: $.inputs.member_id } }\n      inputs:\n        key:",
      ],
    ],
    [`ENTITY_NOT_REMOVED ${open}:24:19`],
  ],
  ["a record without a life is removed", withoutLife, removed, []],
  ["a record without a life has no stages", withoutLife, [[open, "stage: OPEN", "stage: GONE"]], []],
  ["a record without a life is registered", aloneWithoutLife, registered, []],
  ["a stage is unknown", deskProject, [[open, "stage: OPEN", "stage: ASKED"]], [`ENTITY_RECORD_MISFIT ${open}:30:18`]],
  [
    "an attribute is absent",
    deskProject,
    [[open, "          question: $.inputs.question\n          stage", "          stage"]],
    [`ENTITY_RECORD_MISFIT ${open}:27:11`],
  ],
  [
    "an attribute is unknown",
    deskProject,
    [[open, "stage: OPEN", "stage: OPEN\n          moved_bi: a"]],
    [`ENTITY_RECORD_MISFIT ${open}:31:11`],
  ],
  [
    "a type is another one",
    deskProject,
    [[open, "stage: OPEN", "stage: OPEN\n          moved_by: 7"]],
    [`ENTITY_RECORD_MISFIT ${open}:31:21`],
  ],
  [
    "an update names an attribute that there is not, and a stage",
    deskProject,
    [
      [
        move,
        "{ stage: $.inputs.stage, moved_by: $.inputs.moved_by }",
        "{ stage: GONE, by: $.inputs.moved_by, moved_by: null }",
      ],
    ],
    [`ENTITY_RECORD_MISFIT ${move}:21:27`, `ENTITY_RECORD_MISFIT ${move}:21:33`],
  ],
  [
    "a stream is not named",
    alone,
    [...kept("CS_APPENDONLY_JSONL_V0", "APPEND", ["actor_id", "record"])],
    [`ENTITY_RECORD_MISFIT ${open}:25:9`],
  ],
  [
    "a key is registered without its record",
    alone,
    [...registered, [open, `        value:${value}`, ""]],
    [`ENTITY_RECORD_MISFIT ${open}:25:9`],
  ],
  [
    "a new key begins elsewhere",
    alone,
    [...registered, [open, "stage: OPEN", "stage: ANSWERED"]],
    [`ENTITY_RECORD_MISFIT ${open}:30:18`],
  ],
  ["a record would be removed", deskProject, removed, [`ENTITY_NOT_REMOVED ${move}:13:7`]],
];

it.each(mistakes)("notices that %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits), testOptions, "desk")).toEqual(found);
});

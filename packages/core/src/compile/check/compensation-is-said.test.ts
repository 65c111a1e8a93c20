import { changed, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a rejection behind what can be undone says nothing",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GREETED, inputs: { key: $.results.id.id } }\n",
      ],
      [
        "WF_GREET_V0",
        "reason: COMPLETED, class: completed, outcome: GREETED",
        "reason: EXITED, class: rejected, outcome: GREETED",
      ],
    ],
    ["COMPENSATION_UNSAID WF_GREET_V0:17:5"],
  ],
  [
    "a rejection has nothing behind it to undo",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GREETED, inputs: { key: $.results.id.id } }\n",
      ],
      ["WF_GREET_V0", "class: rejected, outcome: BAD_INPUT", "class: rejected, compensate: true, outcome: BAD_INPUT"],
    ],
    ["COMPENSATION_NOT_ASKED WF_GREET_V0:19:79"],
  ],
  [
    "a rejection comes when nothing was done",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GREETED, inputs: { key: $.results.id.id } }\n",
      ],
      ["WF_GREET_V0", "reason: FAILED, class: failed", "reason: EXITED, class: rejected, compensate: false"],
    ],
    ["COMPENSATION_NOT_ASKED WF_GREET_V0:20:74"],
  ],
  [
    "a failure says that it undoes",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GREETED, inputs: { key: $.results.id.id } }\n",
      ],
      ["WF_GREET_V0", "class: failed", "class: failed, compensate: true"],
    ],
    ["COMPENSATION_NOT_ASKED WF_GREET_V0:20:72"],
  ],
  [
    "what is completed says that it undoes",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GREETED, inputs: { key: $.results.id.id } }\n",
      ],
      ["WF_GREET_V0", "class: completed, outcome: GREETED", "class: completed, compensate: false, outcome: GREETED"],
    ],
    ["COMPENSATION_NOT_ASKED WF_GREET_V0:17:78"],
  ],
  [
    "nothing can be undone anywhere",
    greetProject,
    [["WF_GREET_V0", "class: rejected", "class: rejected, compensate: false"]],
    ["COMPENSATION_NOT_ASKED WF_GREET_V0:19:79"],
  ],
  [
    "it says maybe",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GREETED, inputs: { key: $.results.id.id } }\n",
      ],
      ["WF_GREET_V0", "class: rejected", "class: rejected, compensate: maybe"],
    ],
    ["ARTIFACT_SCHEMA WF_GREET_V0:19:79"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

const rounds = `wf_code: WF_GREET_V0
version: v0
runtime_binding: demo::RB_GREET_V0
core:
  start_node: IN_GREET_V0
  nodes:
    IN_GREET_V0: { type: IN, code: IN_GREET_V0, next: { ACK: AROUND, NACK: EXIT_REJECTED } }
    AROUND: { type: MAP, over: [a, b], code: CC_KEEP_V0, inputs: { name: $.item }, next: { SUCCESS: DONE, ITEM_FAILED: LEFT, VIOLATION: WRONG } }
    DONE: { type: EXIT, reason: COMPLETED, class: completed, outcome: DONE }
    LEFT: { type: EXIT, reason: EXITED, class: rejected, outcome: LEFT }
    WRONG: { type: EXIT, reason: EXITED, class: rejected, outcome: WRONG }
    EXIT_REJECTED: { type: EXIT, reason: EXITED, class: rejected, outcome: BAD_INPUT }
`;

it("rounds that failed leave something to undo, and those that were never begun do not", () => {
  const edit = [
    "CC_KEEP_V0",
    "      inputs: { key: $.results.id.id }\n",
    "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GREETED, inputs: { key: $.results.id.id } }\n",
  ] as const;
  const map = changed(greetProject, [edit, ["WF_GREET_V0", rounds]]);
  expect(foundIn(map)).toEqual(["COMPENSATION_UNSAID WF_GREET_V0:10:5"]);
  const loop = rounds
    .replace("type: MAP, over: [a, b]", "type: LOOP, again: [ALREADY_EXISTS], max: 3")
    .replace("$.item", "$.payload.name")
    .replace("ITEM_FAILED: LEFT, VIOLATION: WRONG", "BACKEND_ERROR: LEFT, VIOLATION: WRONG, EXHAUSTED: LEFT");
  expect(foundIn(changed(greetProject, [edit, ["WF_GREET_V0", loop]]))).toEqual([
    "COMPENSATION_UNSAID WF_GREET_V0:10:5",
    "COMPENSATION_UNSAID WF_GREET_V0:11:5",
  ]);
});

import { compile } from "../compile.ts";
import {
  changed,
  chargeProject,
  documentsOf,
  foundIn,
  greetProject,
  testOptions,
  type Edit,
  type Mistake,
} from "@omnibase/testkit";
import { expect, it } from "vitest";

/** The first step asks whether the name is known, and decides by what it hears. */
const asking = (when: string, surface = "[SUCCESS, KNOWN, BACKEND_ERROR]"): readonly Edit[] => [
  [
    "CC_KEEP_V0",
    "  pipeline:\n",
    `  pipeline:
    - step: ask
      side_effect: std::CS_REGISTRY_V0
      op: EXISTS
      store: GREETED
      inputs: { key: $.inputs.name }
      when: ${when}
      result_surface: ${surface}
      on_result: { SUCCESS: continue, KNOWN: exit, BACKEND_ERROR: exit }
`,
  ],
  ["CC_KEEP_V0", "allowed: [SUCCESS, ", "allowed: [SUCCESS, KNOWN, "],
  ["WF_GREET_V0", "ALREADY_EXISTS: EXIT_OLD,", "ALREADY_EXISTS: EXIT_OLD, KNOWN: EXIT_BAD,"],
];

const total = asking("{ field: exists, outcomes: { SUCCESS: false, KNOWN: true } }");

it("lets a step decide by a field of which every value has an outcome", () => {
  expect(foundIn(changed(greetProject, total))).toEqual([]);
});

it("seals which value means what", () => {
  const { compiled } = compile(documentsOf(changed(greetProject, total)), testOptions);
  expect(compiled?.graphs["demo::WF_GREET_V0"]?.places["CC_KEEP/ask"]).toMatchObject({
    when: { path: ["exists"], outcomes: { false: "SUCCESS", true: "KNOWN" } },
    outcomes: ["SUCCESS", "KNOWN", "BACKEND_ERROR"],
  });
});

it("returns with each outcome what comes with SUCCESS, and with both only what comes with both", () => {
  const read = asking("{ field: exists, outcomes: { SUCCESS: false, KNOWN: true } }").concat([
    ["CC_KEEP_V0", "      when:", "      outputs: { was: $.capability_result.exists }\n      when:"],
    ["CC_KEEP_V0", "exits: # ours", "exits: # theirs"],
    [
      "CC_KEEP_V0",
      "    SUCCESS: { id: $.results.id.id }\n",
      "    SUCCESS: { id: $.results.id.id }\n    KNOWN: { id: $.results.ask.was }\n",
    ],
  ]);
  expect(foundIn(changed(greetProject, read))).toEqual(["EXIT_TYPE_MISMATCH CC_KEEP_V0:37:18"]);
});

/** The first step asks a transform of the project's own, which is declared to return this. */
const weighing = (outputs: string, when: string, more = "outcomes: [SUCCESS, VIOLATION]"): readonly Edit[] => [
  [
    "CT_WEIGH_V0",
    `ct_code: CT_WEIGH_V0
version: v0
core:
  inputs: { value: { type: any, required: true } }
  outputs: { ${outputs} }
  ${more}
implementation: { builtin: std.passthrough }
`,
  ],
  [
    "CC_KEEP_V0",
    "  pipeline:\n",
    `  pipeline:
    - step: weigh
      transform: demo::CT_WEIGH_V0
      inputs: { value: $.inputs.name }
      when: ${when}
      result_surface: [SUCCESS, VIOLATION]
      on_result: { SUCCESS: continue, VIOLATION: exit }
`,
  ],
];

it("decides by a list of values, at any depth", () => {
  const outputs =
    "of: { type: object, required: true, fields: { tier: { type: string, required: true, enum: [A, B, C] } } }";
  const edits = weighing(outputs, "{ field: of.tier, outcomes: { SUCCESS: [A, B], VIOLATION: C } }");
  expect(foundIn(changed(greetProject, edits))).toEqual([]);
});

it("asks the same of what an endpoint answers", () => {
  const outputs = "      outputs: { status: $.capability_result.status }\n";
  const edits: readonly Edit[] = [
    ["CC_CHARGE_V0", outputs, `${outputs}      when: { field: status, outcomes: { SUCCESS: 200 } }\n`],
  ];
  expect(foundIn(changed(chargeProject, edits))).toEqual(["WHEN_NOT_DECIDABLE CC_CHARGE_V0:22:22"]);
});

const decided = (when: string): readonly Edit[] => asking(when);
const surface = "RESULT_SURFACE_MISMATCH CC_KEEP_V0:19";
const when = "CC_KEEP_V0:18";

it("lets no secret decide, because everybody sees which way was taken", () => {
  const own: Edit = [
    "CS_KNOWN_V0",
    `cs_code: CS_KNOWN_V0
version: v0
core:
  operations:
    ASK: { outcomes: { SUCCESS: { known: { type: boolean, required: true, secret: true } } }, idempotent: true }
implementation: { handler: noop }
`,
  ];
  const asked = total.map(([file, from, to = ""]): Edit => [
    file,
    from,
    to
      .replace("std::CS_REGISTRY_V0", "demo::CS_KNOWN_V0")
      .replace("op: EXISTS\n      store: GREETED\n      inputs: { key: $.inputs.name }", "op: ASK\n      inputs: {}")
      .replace("field: exists", "field: known")
      .replace("SUCCESS, KNOWN, BACKEND_ERROR]", "SUCCESS, KNOWN]")
      .replace("KNOWN: exit, BACKEND_ERROR: exit }", "KNOWN: exit }"),
  ]);
  const bound: Edit = ["RB_GREET_V0", "  bindings:\n", "  bindings:\n    demo::CS_KNOWN_V0: { policy: {} }\n"];
  expect(foundIn(changed(greetProject, [own, bound, ...asked]))).toEqual(["SECRET_FLOW CC_KEEP_V0:17:22"]);
});

const mistakes: readonly Mistake[] = [
  [
    "a value has no outcome",
    greetProject,
    decided("{ field: exists, outcomes: { SUCCESS: false } }"),
    [`WHEN_NOT_TOTAL ${when}:40`, `${surface}:33`],
  ],
  [
    "a value has two outcomes",
    greetProject,
    decided("{ field: exists, outcomes: { SUCCESS: [false, true], KNOWN: true } }"),
    [`WHEN_NOT_TOTAL ${when}:66`],
  ],
  [
    "a value can never come",
    greetProject,
    decided("{ field: exists, outcomes: { SUCCESS: false, KNOWN: [true, maybe] } }"),
    [`WHEN_NOT_TOTAL ${when}:58`],
  ],
  [
    "an outcome is one that exists on every call",
    greetProject,
    decided("{ field: exists, outcomes: { SUCCESS: false, KNOWN: [], FAILED: true } }"),
    [`OUTCOME_RESERVED ${when}:69`, `${surface}:23`],
  ],
  [
    "the field is not returned",
    greetProject,
    decided("{ field: exist, outcomes: { SUCCESS: false, KNOWN: true } }"),
    [`OUTPUT_FIELD_UNKNOWN ${when}:22`],
  ],
  [
    "the field is one of endlessly many",
    greetProject,
    weighing("weight: { type: integer, required: true }", "{ field: weight, outcomes: { SUCCESS: 1 } }"),
    ["WHEN_NOT_DECIDABLE CC_KEEP_V0:16:22"],
  ],
  [
    "the field may be absent",
    greetProject,
    weighing("is: { type: boolean }", "{ field: is, outcomes: { SUCCESS: true, VIOLATION: false } }"),
    ["WHEN_NOT_DECIDABLE CC_KEEP_V0:16:22"],
  ],
  [
    "the field of a field may be absent",
    greetProject,
    weighing(
      "of: { type: object, fields: { it: { type: boolean, required: true } } }",
      "{ field: of.it, outcomes: { SUCCESS: true, VIOLATION: false } }",
    ),
    ["WHEN_NOT_DECIDABLE CC_KEEP_V0:16:22"],
  ],
  [
    "there is no SUCCESS to decide about",
    greetProject,
    weighing("is: { type: boolean }", "{ field: is, outcomes: {} }", "outcomes: [VIOLATION]"),
    ["WHEN_NOT_DECIDABLE CC_KEEP_V0:16:22", "RESULT_SURFACE_MISMATCH CC_KEEP_V0:17:24"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

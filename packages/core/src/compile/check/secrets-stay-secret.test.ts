import { changed, chargeProject, foundIn, greetProject, type Mistake, type Project } from "@omnibase/testkit";
import { expect, it } from "vitest";

const secret = "{ type: string, required: true, secret: true }";

/** A contract that takes a secret and keeps what it is told to. */
const keeper = (bound: string, field = secret): Project =>
  changed(greetProject, [
    ["CC_KEEP_V0", "name: { type: string, required: true }", `name: ${field}`],
    ["CC_KEEP_V0", "data: $.inputs.name", `data: ${bound}`],
  ]);

/** A transform of the project that returns what it should not. */
const maker = (field: string): Project =>
  changed(greetProject, [
    ["CC_KEEP_V0", "transform: std::CT_PURE_GENERATE_ID_V0", "transform: demo::CT_MAKE_V0"],
    [
      "CT_MAKE_V0",
      `ct_code: CT_MAKE_V0
version: v0
core:
  inputs: { prefix: { type: string }, data: { type: any } }
  outputs: { id: ${field} }
implementation: { builtin: std.generate_id }
`,
    ],
  ]);

/** The project with a transform of its own that takes such data. */
const taking = (project: Project, field: string): Project =>
  changed(project, [
    ["CC_KEEP_V0", "transform: std::CT_PURE_GENERATE_ID_V0", "transform: demo::CT_TAKE_V0"],
    [
      "CT_TAKE_V0",
      `ct_code: CT_TAKE_V0
version: v0
core:
  inputs: { prefix: { type: string }, data: ${field} }
  outputs: { id: { type: string } }
implementation: { builtin: std.generate_id }
`,
    ],
  ]);

const flowsIn = (project: Project): readonly string[] =>
  foundIn(project).filter((found) => found.startsWith("SECRET_FLOW"));

const mistakes: readonly Mistake[] = [
  ["a secret goes to an input that is for everybody", keeper("$.inputs.name"), [], ["SECRET_FLOW CC_KEEP_V0:15:35"]],
  ["it goes there inside of a list", keeper("[a, $.inputs.name]"), [], ["SECRET_FLOW CC_KEEP_V0:15:39"]],
  ["it goes there inside of a map", keeper("{ a: $.inputs.name }"), [], ["SECRET_FLOW CC_KEEP_V0:15:40"]],
  [
    "it is a part of what goes there",
    keeper("$.inputs.name", "{ type: object, required: true, fields: { pin: { type: string, secret: true } } }"),
    [],
    ["SECRET_FLOW CC_KEEP_V0:15:35"],
  ],
  [
    "it is an item of what goes there",
    keeper("$.inputs.name", "{ type: array, required: true, items: { type: string, secret: true } }"),
    [],
    ["SECRET_FLOW CC_KEEP_V0:15:35"],
  ],
  [
    "a part of it goes there",
    keeper("$.inputs.name.pin", "{ type: object, required: true, secret: true, fields: { pin: { type: string } } }"),
    [],
    ["SECRET_FLOW CC_KEEP_V0:15:35"],
  ],
  [
    "it goes into the body, or the URL, of a call",
    chargeProject,
    [["CC_CHARGE_V0", "order: { type: string, required: true }", `order: ${secret}`]],
    ["SECRET_FLOW CC_CHARGE_V0:20:24"],
  ],
  [
    "what a step returns goes on to everybody",
    maker(secret),
    [],
    ["SECRET_FLOW CC_KEEP_V0:23:22", "SECRET_FLOW CC_KEEP_V0:27:20", "SECRET_FLOW CC_KEEP_V0:28:27"],
  ],
  [
    "a name in between hides it in a list",
    maker(secret),
    [["CC_KEEP_V0", "outputs: { id: $.capability_result.id }", "outputs: { id: [$.capability_result.id] }"]],
    ["SECRET_FLOW CC_KEEP_V0:23:22", "SECRET_FLOW CC_KEEP_V0:27:20", "SECRET_FLOW CC_KEEP_V0:28:27"],
  ],
  [
    "a store is to keep it",
    changed(greetProject, [
      ["CC_KEEP_V0", "name: { type: string, required: true }", `name: ${secret}`],
      ["CC_KEEP_V0", "side_effect: std::CS_REGISTRY_V0", "side_effect: demo::CS_VAULT_V0"],
      ["CC_KEEP_V0", "inputs: { key:", "inputs: { value: $.inputs.name, key:"],
      ["RB_GREET_V0", "std::CS_REGISTRY_V0", "demo::CS_VAULT_V0"],
      [
        "CS_VAULT_V0",
        `cs_code: CS_VAULT_V0
version: v0
core:
  operations:
    REGISTER:
      inputs: { key: { type: string, required: true }, target_ref: { type: string }, value: { type: any, secret: true } }
      outcomes: { SUCCESS: {}, ALREADY_EXISTS: {}, VIOLATION: {}, BACKEND_ERROR: {} }
      idempotent: false
implementation: { store: registry }
`,
      ],
    ]),
    [],
    ["SECRET_FLOW CC_KEEP_V0:15:35", "SECRET_FLOW CC_KEEP_V0:19:7"],
  ],
  [
    "one of several ways to be what goes there is secret",
    keeper(
      "$.inputs.name",
      "{ type: any, required: true, any_of: [{ type: object, fields: { pin: { type: string, secret: true } } }] }",
    ),
    [],
    ["SECRET_FLOW CC_KEEP_V0:15:35"],
  ],
  [
    "what may stand beside its fields is secret",
    keeper("$.inputs.name", "{ type: object, required: true, others: { type: string, secret: true } }"),
    [],
    ["SECRET_FLOW CC_KEEP_V0:15:35"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(flowsIn(changed(project, edits))).toEqual(found);
});

const whole =
  "{ type: array, required: true, items: { type: object, fields: { pin: { type: string, secret: true } } } }";

it.each([
  ["whatever takes secrets", keeper("{ a: $.inputs.name, b: x }"), "{ type: object, secret: true }", 0],
  [
    "the part that takes secrets",
    keeper("{ a: $.inputs.name, b: x }"),
    "{ type: object, fields: { a: { type: string, secret: true }, b: { type: string } } }",
    0,
  ],
  [
    "another part than the one that takes secrets",
    keeper("{ a: $.inputs.name, b: x }"),
    "{ type: object, fields: { a: { type: string }, b: { type: string, secret: true } } }",
    1,
  ],
  ["the same, item by item", keeper("$.inputs.name", whole), whole, 0],
])("is quiet, or not, when a secret goes to %s", (_, project, field, leaks) => {
  expect(flowsIn(taking(project, field))).toHaveLength(leaks);
});

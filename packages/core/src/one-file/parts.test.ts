import { changed, documentsOf, foundIn, testOptions, type Project } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { compile } from "../compile/compile.ts";
import { isObject, type Json } from "../value/json.ts";
import { present } from "../value/present.ts";

/** Everything that one file may hold: contracts, endpoints, a step that decides, and one whose answers differ in type. */
const shop: Project = {
  "CS_ORACLE_V0.yaml": `cs_code: CS_ORACLE_V0
version: v0
namespace: shop
core:
  operations:
    ASK:
      inputs: { of: { type: string, required: true } }
      outcomes:
        SUCCESS: { says: { type: string, required: true }, when: { type: integer } }
        PERHAPS: { says: { type: integer } }
      idempotent: true
implementation: { handler: noop }
`,
  "WF_SHOP_V0.yaml": `workflow: WF_SHOP_V0
version: v0
namespace: shop
summary: Sells one thing
intent:
  inputs: { order: { type: string, required: true } }
  next: { ACK: KNOWN, NACK: EXIT_REJECTED }
stores: { ORDERS: { path: orders.jsonl } }
bindings:
  std::CS_HTTP_V0:
    endpoints:
      CHARGE:
        method: POST
        url: "http://127.0.0.1:8080/orders/{order}"
        idempotent: true
        outcomes: { "2xx": SUCCESS, "402": DECLINED }
  shop::CS_ORACLE_V0: {}
contracts:
  CC_NOTE_V0:
    inputs: { order: { type: string, required: true } }
    result_status_contract: { allowed: [SUCCESS, ALREADY_EXISTS, VIOLATION, BACKEND_ERROR], on_input_failure: VIOLATION }
    pipeline:
      - step: note
        side_effect: std::CS_REGISTRY_V0
        op: REGISTER
        store: ORDERS
        inputs: { key: $.inputs.order }
        result_surface: [SUCCESS, ALREADY_EXISTS, VIOLATION, BACKEND_ERROR]
        on_result: { SUCCESS: exit, ALREADY_EXISTS: exit, VIOLATION: exit, BACKEND_ERROR: exit }
nodes:
  KNOWN:
    side_effect: std::CS_REGISTRY_V0
    op: EXISTS
    store: ORDERS
    when: { field: exists, outcomes: { KNOWN: true, NEW: false } }
    inputs: { key: $.payload.order }
    on_input_failure: BACKEND_ERROR
    next: { KNOWN: EXIT_DONE, NEW: CHARGE, BACKEND_ERROR: EXIT_BAD }
  CHARGE:
    side_effect: std::CS_HTTP_V0
    op: REQUEST
    endpoint: CHARGE
    timeout: PT2S
    inputs: { order: $.payload.order }
    next: { SUCCESS: ASK, DECLINED: EXIT_REJECTED, VIOLATION: EXIT_BAD, FAILED: EXIT_BAD }
  ASK:
    side_effect: shop::CS_ORACLE_V0
    op: ASK
    inputs: { of: $.payload.order }
    next: { SUCCESS: SAME, PERHAPS: SAME, VIOLATION: EXIT_BAD, ERROR: EXIT_BAD }
  SAME:
    transform: std::CT_PURE_PASSTHROUGH_V0
    inputs: { value: $.results.CHARGE.status }
    next: { SUCCESS: NOTE, VIOLATION: EXIT_BAD }
  NOTE:
    type: CC
    code: CC_NOTE_V0
    inputs: { order: $.payload.order }
    next: { SUCCESS: EXIT_DONE, ALREADY_EXISTS: EXIT_DONE, VIOLATION: EXIT_BAD, BACKEND_ERROR: EXIT_BAD }
  EXIT_DONE: { type: EXIT, reason: COMPLETED, class: completed, outcome: SOLD }
  EXIT_REJECTED: { type: EXIT, class: rejected, outcome: REFUSED }
  EXIT_BAD: { type: EXIT, class: failed, outcome: BROKEN }
`,
};

type Edits = Parameters<typeof changed>[1];
const file = "WF_SHOP_V0";
const found = (...edits: Edits): readonly string[] => foundIn(changed(shop, edits));

const coreOf = (identity: string, edits: Edits = []): Json => {
  const { compiled, problems } = compile(documentsOf(changed(shop, edits)), testOptions);
  expect(problems).toEqual([]);
  const artifact = present(compiled).objects[identity];
  return isObject(artifact) ? present(artifact["core"]) : null;
};

describe("a step that stands alone as a node", () => {
  it("may come to what stands for SUCCESS, where a field decides", () => {
    expect(coreOf("shop::CC_SHOP_KNOWN_V0")).toMatchObject({
      result_status_contract: { allowed: ["KNOWN", "NEW", "BACKEND_ERROR"], on_input_failure: "BACKEND_ERROR" },
      pipeline: [{ step: "call", op: "EXISTS", store: "ORDERS" }],
      exits: { KNOWN: { exists: "$.results.call.exists" }, NEW: { exists: "$.results.call.exists" } },
    });
  });

  it("may come to what it routes, where only the binding knows what the world answers", () => {
    expect(coreOf("shop::CC_SHOP_CHARGE_V0")).toMatchObject({
      inputs: { order: { type: "any" } },
      outputs: { status: { type: "integer" }, body: { type: "any" } },
      pipeline: [{ timeout: "PT2S", result_surface: ["SUCCESS", "DECLINED", "FAILED"] }],
    });
  });

  it("returns anything under a name that comes with two outcomes and differs", () => {
    expect(coreOf("shop::CC_SHOP_ASK_V0")).toMatchObject({
      outputs: { says: { type: "any" }, when: { type: "integer" } },
      exits: { SUCCESS: { says: "$.results.call.says" }, PERHAPS: { says: "$.results.call.says" } },
      pipeline: [{ result_surface: ["SUCCESS", "PERHAPS", "ERROR"] }],
    });
  });

  it("comes to what its transform declares", () => {
    expect(coreOf("shop::CC_SHOP_SAME_V0")).toMatchObject({ pipeline: [{ result_surface: ["SUCCESS"] }] });
  });
});

it("may say what must have happened before", () => {
  const admission = "admission: { forbids: [shop::EV_SOLD_V0] }\nevents: { EV_SOLD_V0: {} }\nintent:\n";
  const core = coreOf("shop::WF_SHOP_V0", [[file, "intent:\n", admission]]);
  expect(core).toMatchObject({ admission: { forbids: ["shop::EV_SOLD_V0"] }, start_node: "IN_SHOP_V0" });
});

it("binds every side effect that keeps a store, and those that are bound by hand as they are", () => {
  expect(coreOf("shop::RB_SHOP_V0")).toEqual({
    storage_structure: "shop::STRUCTURE_SHOP_V0",
    bindings: {
      "std::CS_HTTP_V0": {
        policy: {
          endpoints: {
            CHARGE: {
              method: "POST",
              url: "http://127.0.0.1:8080/orders/{order}",
              idempotent: true,
              outcomes: { "2xx": "SUCCESS", "402": "DECLINED" },
            },
          },
        },
      },
      "shop::CS_ORACLE_V0": { policy: {} },
      "std::CS_REGISTRY_V0": { policy: {} },
    },
  });
});

const elsewhere = `rb_code: RB_ELSEWHERE_V0
version: v0
namespace: shop
core: { bindings: { std::CS_HTTP_V0: { policy: { endpoints: {} } } } }
`;

it.each<readonly [string, Edits, readonly string[]]>([
  [
    "an endpoint answers what no edge is for",
    [[file, '"402": DECLINED', '"402": DECLINED, "409": TWICE']],
    ["RESULT_SURFACE_MISMATCH WF_SHOP_V0:39:3"],
  ],
  [
    "the world is bound here and elsewhere",
    [
      [file, "intent:\n", "runtime_binding: shop::RB_ELSEWHERE_V0\nintent:\n"],
      ["RB_ELSEWHERE_V0", elsewhere],
    ],
    [
      "RUNTIME_BINDING_MISSING RB_ELSEWHERE_V0:4:19",
      "RUNTIME_BINDING_MISSING RB_ELSEWHERE_V0:4:19",
      "RUNTIME_BINDING_MISSING RB_ELSEWHERE_V0:4:19",
      "ARTIFACT_SCHEMA WF_SHOP_V0:9:9",
      "ARTIFACT_SCHEMA WF_SHOP_V0:11:3",
      "ENDPOINT_UNKNOWN WF_SHOP_V0:43:15",
    ],
  ],
  [
    "an intent is no map",
    [[file, /intent:\n.*\n.*\n/.exec(present(shop["WF_SHOP_V0.yaml"]))?.[0] ?? "", "intent: 7\n"]],
    ["ARTIFACT_SCHEMA WF_SHOP_V0:5:9", "ARTIFACT_SCHEMA WF_SHOP_V0:5:9"],
  ],
  [
    "a node is no map",
    [[file, "  EXIT_BAD: { type: EXIT, class: failed, outcome: BROKEN }", "  EXIT_BAD: 7"]],
    ["ARTIFACT_SCHEMA WF_SHOP_V0:62:13"],
  ],
  [
    "a side effect is no name",
    [[file, "side_effect: shop::CS_ORACLE_V0", "side_effect: [7]"]],
    ["ARTIFACT_SCHEMA WF_SHOP_V0:47:18"],
  ],
  [
    "a step calls nothing",
    [[file, "    transform: std::CT_PURE_PASSTHROUGH_V0\n", ""]],
    ["STEP_CAPABILITY WF_SHOP_V0:51:3"],
  ],
  [
    "contracts are no map",
    [[file, /contracts:\n(?: .*\n)*/.exec(present(shop["WF_SHOP_V0.yaml"]))?.[0] ?? "", "contracts: 7\n"]],
    ["ARTIFACT_SCHEMA WF_SHOP_V0:18:12"],
  ],
  [
    "a step of a store names no side effect",
    [[file, "  KNOWN:\n    side_effect: std::CS_REGISTRY_V0\n", "  KNOWN:\n"]],
    ["STEP_CAPABILITY WF_SHOP_V0:31:3"],
  ],
  [
    "a step of a store names two",
    [[file, "  KNOWN:\n    side_effect: std::CS_REGISTRY_V0\n", "  KNOWN:\n    side_effect: [7]\n"]],
    ["ARTIFACT_SCHEMA WF_SHOP_V0:32:18"],
  ],
  [
    "a step routes nothing",
    [[file, "\n    next: { SUCCESS: NOTE, VIOLATION: EXIT_BAD }", ""]],
    ["ARTIFACT_SCHEMA WF_SHOP_V0:52:5"],
  ],
  [
    "a step binds nothing",
    [[file, "\n    inputs: { value: $.results.CHARGE.status }", ""]],
    ["REQUIRED_TRANSFORM_INPUT_NOT_BOUND WF_SHOP_V0:51:3"],
  ],
  [
    "a contract is no map",
    [[file, /CC_NOTE_V0:\n(?: {4}.*\n)*/.exec(present(shop["WF_SHOP_V0.yaml"]))?.[0] ?? "", "CC_NOTE_V0: 7\n"]],
    ["ARTIFACT_SCHEMA WF_SHOP_V0:19:15"],
  ],
  ["a workflow has no name", [[file, "workflow: WF_SHOP_V0", "workflow: 7"]], ["ARTIFACT_SCHEMA WF_SHOP_V0:1:11"]],
])("says where %s", (_, edits, problems) => {
  expect(found(...edits)).toEqual(problems);
});

it("needs nothing of the world where no step does", () => {
  const pure: Project = {
    "WF_SAME.yaml": `workflow: SAME
version: v0
namespace: shop
intent: { inputs: { v: { type: string, required: true } }, next: { ACK: SAY, NACK: NO } }
nodes:
  SAY: { transform: std::CT_PURE_PASSTHROUGH_V0, inputs: { value: $.payload.v }, next: { SUCCESS: YES, VIOLATION: NO } }
  YES: { type: EXIT, class: completed, outcome: SAID, outputs: { v: $.results.SAY.value } }
  NO: { type: EXIT, class: rejected, outcome: UNSAID }
`,
  };
  const { compiled, problems } = compile(documentsOf(pure), testOptions);
  expect(problems).toEqual([]);
  expect(Object.keys(present(compiled).objects).filter((identity) => identity.startsWith("shop::"))).toEqual([
    "shop::SAME",
    "shop::IN_SAME",
    "shop::CC_SAME_SAY",
  ]);
});

it("belongs to no namespace where nobody names one", () => {
  const [document] = documentsOf({
    "WF_SHOP_V0.yaml": present(shop["WF_SHOP_V0.yaml"]).replace("namespace: shop\n", ""),
  })
    .filter(({ file: name }) => name === "WF_SHOP_V0.yaml")
    .map(({ located, file: name }) => ({ located, file: name, namespace: undefined }));
  const { problems } = compile([present(document)], testOptions);
  expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(["NAMESPACE_MISSING"]));
});

import { changed, chargeProject, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "what computes is undone",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      outputs: { id: $.capability_result.id }\n",
        "      outputs: { id: $.capability_result.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GREETED, inputs: { key: $.results.id.id } }\n",
      ],
    ],
    ["STEP_KEY_NOT_APPLICABLE CC_KEEP_V0:17:19", "REFERENCE_UNRESOLVED CC_KEEP_V0:17:102"],
  ],
  [
    "what undoes has no operation",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, store: GREETED }\n",
      ],
    ],
    ["STEP_KEY_MISSING CC_KEEP_V0:24:19"],
  ],
  [
    "what undoes has another operation",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: FORGET, store: GREETED }\n",
      ],
    ],
    ["SIDE_EFFECT_OPERATION_NOT_DECLARED CC_KEEP_V0:24:59"],
  ],
  [
    "what undoes has no store",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, inputs: { key: a } }\n",
      ],
    ],
    ["STEP_KEY_MISSING CC_KEEP_V0:24:19"],
  ],
  [
    "what undoes acts on a store that is not there",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GONE, inputs: { key: $.results.id.id } }\n",
      ],
    ],
    ["STORE_UNKNOWN CC_KEEP_V0:24:78"],
  ],
  [
    "what undoes lacks an input",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GREETED, inputs: {} }\n",
      ],
    ],
    ["REQUIRED_INPUT_NOT_BOUND CC_KEEP_V0:24:95"],
  ],
  [
    "what undoes gets another type",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GREETED, inputs: { key: 7 } }\n",
      ],
    ],
    ["INPUT_TYPE_MISMATCH CC_KEEP_V0:24:102"],
  ],
  [
    "what undoes reads what came with no success",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GREETED, inputs: { key: $.capability_result.addres } }\n",
      ],
    ],
    ["OUTPUT_FIELD_UNKNOWN CC_KEEP_V0:24:102"],
  ],
  [
    "what undoes reads a later step",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GREETED, inputs: { key: $.results.keep.address } }\n",
      ],
    ],
    ["REFERENCE_UNRESOLVED CC_KEEP_V0:24:102"],
  ],
  [
    "what undoes routes its outcomes",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GREETED, inputs: { key: $.results.id.id }, on_result: { SUCCESS: continue } }\n",
      ],
    ],
    ["UNKNOWN_KEY CC_KEEP_V0:24:121"],
  ],
  [
    "what undoes computes",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { transform: std::CT_PURE_PASSTHROUGH_V0 }\n",
      ],
    ],
    ["ARTIFACT_SCHEMA CC_KEEP_V0:24:19", "UNKNOWN_KEY CC_KEEP_V0:24:21"],
  ],
  [
    "what undoes waits for ever",
    chargeProject,
    [
      [
        "CC_CHARGE_V0",
        "      inputs: { text: counted }\n",
        "      inputs: { text: counted }\n      compensate: { side_effect: demo::CS_BELL_V0, op: RING, inputs: { text: no }, timeout: P2D }\n",
      ],
    ],
    ["POLICY_RANGE CC_CHARGE_V0:30:93"],
  ],
  [
    "what undoes never succeeds",
    chargeProject,
    [
      [
        "CC_CHARGE_V0",
        "      inputs: { text: counted }\n",
        "      inputs: { text: counted }\n      compensate: { side_effect: demo::CS_HORN_V0, op: BLOW }\n",
      ],
      [
        "CS_HORN_V0",
        "cs_code: CS_HORN_V0\nversion: v0\ncore:\n  operations:\n    BLOW: { outcomes: { BLOWN: {} }, idempotent: false }\nimplementation: { handler: noop }\n",
      ],
      [
        "RB_CHARGE_V0",
        "    demo::CS_BELL_V0: { policy: { tone: high } }\n",
        "    demo::CS_BELL_V0: { policy: { tone: high } }\n    demo::CS_HORN_V0: { policy: {} }\n",
      ],
    ],
    ["COMPENSATION_NEVER CC_CHARGE_V0:30:19"],
  ],
  [
    "an endpoint that undoes never succeeds",
    chargeProject,
    [
      [
        "CC_CHARGE_V0",
        "      timeout: PT10S\n",
        "      timeout: PT10S\n      compensate: { side_effect: std::CS_HTTP_V0, op: REQUEST, endpoint: REFUND, inputs: { order: a } }\n",
      ],
      [
        "RB_CHARGE_V0",
        "    demo::CS_BELL_V0:",
        '          REFUND: { method: POST, url: "http://127.0.0.1:8080/r/{order}", idempotent: true, outcomes: { "2xx": DONE } }\n    demo::CS_BELL_V0:',
      ],
    ],
    ["COMPENSATION_NEVER CC_CHARGE_V0:26:19"],
  ],
  [
    "an endpoint that undoes lacks an input",
    chargeProject,
    [
      [
        "CC_CHARGE_V0",
        "      timeout: PT10S\n",
        "      timeout: PT10S\n      compensate: { side_effect: std::CS_HTTP_V0, op: REQUEST, endpoint: CHARGE }\n",
      ],
    ],
    ["REQUIRED_INPUT_NOT_BOUND CC_CHARGE_V0:26:19"],
  ],
  [
    "nothing says where what undoes acts",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_MUTABLE_JSON_V0, op: DELETE, store: GREETED, inputs: { key: a } }\n",
      ],
    ],
    ["STORE_KIND_MIXED CC_KEEP_V0:24:78", "RUNTIME_BINDING_MISSING RB_GREET_V0:7:5"],
  ],
  [
    "what undoes is of another kind than its store",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_MUTABLE_JSON_V0, op: DELETE, store: GREETED, inputs: { key: a } }\n",
      ],
      [
        "RB_GREET_V0",
        "    std::CS_REGISTRY_V0: { policy: {} }",
        "    std::CS_REGISTRY_V0: { policy: {} }\n    std::CS_MUTABLE_JSON_V0: { policy: {} }",
      ],
    ],
    ["STORE_KIND_MIXED CC_KEEP_V0:24:78"],
  ],
  [
    "what undoes reads the payload",
    greetProject,
    [
      [
        "CC_KEEP_V0",
        "      inputs: { key: $.results.id.id }\n",
        "      inputs: { key: $.results.id.id }\n      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GREETED, inputs: { key: $.payload.name } }\n",
      ],
    ],
    ["INPUT_PATH_ROOT_UNKNOWN CC_KEEP_V0:24:102"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

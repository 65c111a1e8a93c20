import { changed, chargeProject, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "nothing binds a side effect",
    greetProject,
    [["RB_GREET_V0", "bindings:\n    std::CS_REGISTRY_V0: { policy: {} }", "bindings: {}"]],
    ["RUNTIME_BINDING_MISSING RB_GREET_V0:6:13"],
  ],
  [
    "a workflow has no runtime binding",
    greetProject,
    [["WF_GREET_V0", "runtime_binding: demo::RB_GREET_V0\n", ""]],
    ["RUNTIME_BINDING_MISSING WF_GREET_V0:1:10"],
  ],
  [
    "no structure says where stores are",
    greetProject,
    [["RB_GREET_V0", "  storage_structure: demo::STRUCTURE_GREET_V0\n", ""]],
    ["RUNTIME_BINDING_MISSING RB_GREET_V0:1:10"],
  ],
  [
    "a store does not exist",
    greetProject,
    [["CC_KEEP_V0", "store: GREETED", "store: GREETINGS"]],
    ["STORE_UNKNOWN CC_KEEP_V0:22:14"],
  ],
  [
    "an endpoint does not exist",
    chargeProject,
    [["CC_CHARGE_V0", "endpoint: CHARGE", "endpoint: CHARGES"]],
    ["ENDPOINT_UNKNOWN CC_CHARGE_V0:19:17"],
  ],
  [
    "an endpoint has another outcome",
    chargeProject,
    [["RB_CHARGE_V0", '"409": ALREADY_EXISTS', '"409": CONFLICT']],
    ["RESULT_SURFACE_MISMATCH CC_CHARGE_V0:22:23", "RESULT_SURFACE_MISMATCH CC_CHARGE_V0:22:33"],
  ],
  [
    "the URL needs what is not bound",
    chargeProject,
    [["RB_CHARGE_V0", "charges/{order}", "charges/{id}"]],
    ["REQUIRED_INPUT_NOT_BOUND CC_CHARGE_V0:20:15"],
  ],
  [
    "an input would go nowhere",
    chargeProject,
    [["RB_CHARGE_V0", "method: POST", "method: GET"]],
    ["BOUND_INPUT_NOT_DECLARED CC_CHARGE_V0:20:40", "BOUND_INPUT_NOT_DECLARED CC_CHARGE_V0:20:63"],
  ],
  [
    "a host is not granted",
    chargeProject,
    [["RB_CHARGE_V0", "http://127.0.0.1:8080", "http://127.0.0.1:8081"]],
    ["CAPABILITY_DENIED RB_CHARGE_V0:10:18"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

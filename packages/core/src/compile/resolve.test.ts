import { changed, chargeProject, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a reference has no namespace",
    greetProject,
    [["WF_GREET_V0", "runtime_binding: demo::RB_GREET_V0", "runtime_binding: RB_GREET_V0"]],
    ["REFERENCE_NOT_QUALIFIED WF_GREET_V0:3:18"],
  ],
  [
    "a reference has no namespace and nobody is meant",
    greetProject,
    [["WF_GREET_V0", "runtime_binding: demo::RB_GREET_V0", "runtime_binding: RB_MEET_V0"]],
    ["REFERENCE_NOT_QUALIFIED WF_GREET_V0:3:18"],
  ],
  [
    "a reference leads nowhere",
    greetProject,
    [["WF_GREET_V0", "runtime_binding: demo::RB_GREET_V0", "runtime_binding: demo::RB_GREETS_V0"]],
    ["REFERENCE_UNRESOLVED WF_GREET_V0:3:18"],
  ],
  [
    "a reference leads to another kind",
    greetProject,
    [["WF_GREET_V0", "runtime_binding: demo::RB_GREET_V0", "runtime_binding: demo::EV_GREETED_V0"]],
    ["REFERENCE_KIND WF_GREET_V0:3:18"],
  ],
  ...["demo::RB_GREET", "std::RB_GREET_V0@latest", "demo::RB_GREET_V0@^1", "demo::latest", "RB_*"].map(
    (text): Mistake => [
      `a reference says no version: ${text}`,
      greetProject,
      [["WF_GREET_V0", "runtime_binding: demo::RB_GREET_V0", `runtime_binding: "${text}"`]],
      ["REF_UNPINNED WF_GREET_V0:3:18"],
    ],
  ),
  [
    "a node names no contract",
    greetProject,
    [["WF_GREET_V0", "code: CC_KEEP_V0", "code: CC_KEPT_V0"]],
    ["REFERENCE_UNRESOLVED WF_GREET_V0:14:13"],
  ],
  [
    "a node names no intent",
    greetProject,
    [["WF_GREET_V0", "code: IN_GREET_V0", "code: other::IN_GREET_V0"]],
    ["REFERENCE_UNRESOLVED WF_GREET_V0:10:13"],
  ],
  [
    "an intent names no workflow",
    greetProject,
    [["IN_GREET_V0", "workflow: WF_GREET_V0", "workflow: WF_MEET_V0"]],
    ["REFERENCE_UNRESOLVED IN_GREET_V0:5:13", "INTENT_OF_ANOTHER_WORKFLOW WF_GREET_V0:10:13"],
  ],
  [
    "an intent serves another workflow",
    chargeProject,
    [["IN_CHARGE_V0", "workflow: WF_CHARGE_V0", "workflow: other::WF_CHARGE_V0"]],
    ["REFERENCE_UNRESOLVED IN_CHARGE_V0:4:13", "INTENT_OF_ANOTHER_WORKFLOW WF_CHARGE_V0:7:30"],
  ],
  [
    "an event does not exist",
    greetProject,
    [["WF_GREET_V0", "emit: demo::EV_GREETED_V0", "emit: demo::EV_GREET_V0"]],
    ["REFERENCE_UNRESOLVED WF_GREET_V0:17:129"],
  ],
  [
    "a structure does not exist",
    greetProject,
    [["RB_GREET_V0", "demo::STRUCTURE_GREET_V0", "demo::STRUCTURE_V0"]],
    ["REFERENCE_UNRESOLVED RB_GREET_V0:5:22"],
  ],
  [
    "a binding is for nothing",
    greetProject,
    [
      [
        "RB_GREET_V0",
        "std::CS_REGISTRY_V0: { policy: {} }",
        "std::CS_REGISTRY_V0: { policy: {} }\n    std::CS_REGISTER_V0: { policy: {} }",
      ],
    ],
    ["REFERENCE_UNRESOLVED RB_GREET_V0:8:5"],
  ],
  [
    "a store has a policy",
    greetProject,
    [["RB_GREET_V0", "policy: {} }", "policy: { path: x } }"]],
    ["UNKNOWN_KEY RB_GREET_V0:7:38"],
  ],
  [
    "an endpoint policy is no map",
    chargeProject,
    [["RB_CHARGE_V0", "          CHARGE:", "          OTHER: 1\n          CHARGE:"]],
    ["ARTIFACT_SCHEMA RB_CHARGE_V0:8:18"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

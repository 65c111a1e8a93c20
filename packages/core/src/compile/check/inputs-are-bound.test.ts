import { changed, constructsProject, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a required contract input is not bound",
    greetProject,
    [["WF_GREET_V0", "inputs: { name: $.payload.name }", "inputs: {}"]],
    ["REQUIRED_INPUT_NOT_BOUND WF_GREET_V0:15:15"],
  ],
  [
    "a workflow binds what the contract does not declare",
    greetProject,
    [["WF_GREET_V0", "inputs: { name: $.payload.name }", "inputs: { name: $.payload.name, names: x }"]],
    ["BOUND_INPUT_NOT_DECLARED WF_GREET_V0:15:39"],
  ],
  [
    "a required transform input is not bound",
    greetProject,
    [["CC_KEEP_V0", "inputs: { prefix: GR, data: $.inputs.name }", "inputs: { data: $.inputs.name }"]],
    ["REQUIRED_TRANSFORM_INPUT_NOT_BOUND CC_KEEP_V0:15:15"],
  ],
  [
    "two required inputs are not bound at one place",
    greetProject,
    [["CC_KEEP_V0", "inputs: { prefix: GR, data: $.inputs.name }", "inputs: {}"]],
    ["REQUIRED_TRANSFORM_INPUT_NOT_BOUND CC_KEEP_V0:15:15", "REQUIRED_TRANSFORM_INPUT_NOT_BOUND CC_KEEP_V0:15:15"],
  ],
  [
    "a required input of a side effect is not bound",
    greetProject,
    [["CC_KEEP_V0", "inputs: { key: $.results.id.id }", "inputs: {}"]],
    ["REQUIRED_INPUT_NOT_BOUND CC_KEEP_V0:23:15"],
  ],
  [
    "a step binds what the capability does not declare",
    greetProject,
    [["CC_KEEP_V0", "inputs: { key: $.results.id.id }", "inputs: { key: $.results.id.id, keys: x }"]],
    ["BOUND_INPUT_NOT_DECLARED CC_KEEP_V0:23:39"],
  ],
  [
    "a child gets what it does not take",
    constructsProject,
    [["WF_ALL_V0", "inputs: { n: 1 }", "inputs: { n: 1, m: 2 }"]],
    ["BOUND_INPUT_NOT_DECLARED WF_ALL_V0:47:23"],
  ],
  [
    "a child is not given what it requires",
    constructsProject,
    [["WF_ALL_V0", "inputs: { n: 1 }", "inputs: {}"]],
    ["REQUIRED_INPUT_NOT_BOUND WF_ALL_V0:47:15"],
  ],
  [
    "a child gets another type",
    constructsProject,
    [["WF_ALL_V0", "inputs: { n: 1 }", "inputs: { n: one }"]],
    ["INPUT_TYPE_MISMATCH WF_ALL_V0:47:20"],
  ],
  [
    "a map does not bind what its contract requires",
    constructsProject,
    [["WF_ALL_V0", "inputs: { n: $.it.n, at: $.index }", "inputs: { n: $.it.n }"]],
    ["REQUIRED_INPUT_NOT_BOUND WF_ALL_V0:12:15"],
  ],
  [
    "the child is not there",
    constructsProject,
    [["WF_ALL_V0", "workflow: demo::WF_SUB_V0", "workflow: demo::WF_SUB_V1"]],
    ["REFERENCE_UNRESOLVED WF_ALL_V0:46:17"],
  ],
  [
    "the intent of a child is not there",
    constructsProject,
    [["WF_SUB_V0", "code: IN_SUB_V0", "code: IN_SUB_V1"]],
    ["REFERENCE_UNRESOLVED WF_SUB_V0:6:30"],
  ],
  [
    "a task is for nobody who exists",
    constructsProject,
    [["WF_ALL_V0", "actors: [demo::AC_BOSS_V0]", "actors: [demo::AC_BOSS_V1, AC_BOSS_V0]"]],
    ["REFERENCE_UNRESOLVED WF_ALL_V0:22:16", "REFERENCE_NOT_QUALIFIED WF_ALL_V0:22:34"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

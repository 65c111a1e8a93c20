import { changed, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
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
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

import {
  admissionProject,
  changed,
  documentsOf,
  foundIn,
  greetProject,
  testOptions,
  type Edit,
} from "@omnibase/testkit";
import { expect, it } from "vitest";
import { compile } from "../compile.ts";

const gated = (admission: string): Edit => ["WF_GREET_V0", "  start_node:", `  admission: ${admission}\n  start_node:`];
const silent: Edit = ["WF_GREET_V0", ", emit: demo::EV_GREETED_V0", ""];

it("is noticed when an event is required that no exit emits", () => {
  const project = changed(greetProject, [gated("{ requires: [EV_GREETED_V0] }"), silent]);
  expect(foundIn(project)).toEqual(["EVENT_NEVER_EMITTED WF_GREET_V0:6:27"]);
});

it("keeps nobody from going on, because another project may emit it", () => {
  const { compiled, problems } = compile(
    documentsOf(changed(greetProject, [gated("{ requires: [EV_GREETED_V0] }"), silent])),
    testOptions,
  );
  expect(problems.map(({ severity }) => severity)).toEqual(["warning"]);
  expect(compiled).toBeDefined();
});

it.each(["{ forbids: [EV_GREETED_V0] }", "{ requires: [{ event: EV_GREETED_V0, at_most: 3 }] }"])(
  "is not said of %s, which is open before anything is emitted",
  (admission) => expect(foundIn(changed(greetProject, [gated(admission), silent]))).toEqual([]),
);

it.each([
  ["WF_CANCEL_V0", ["EV_CANCELLED_V0", "EV_SHIPPED_V0", "IN_CANCEL_V0", "WF_CANCEL_V0"]],
  ["WF_PAY_V0", ["EV_PAID_V0", "IN_PAY_V0", "WF_PAY_V0"]],
  ["WF_SHIP_V0", ["EV_CANCELLED_V0", "EV_PAID_V0", "EV_SHIPPED_V0", "IN_SHIP_V0", "WF_SHIP_V0"]],
])("is not said where %s alone is compiled, which brings the events that it asks for", (workflow, objects) => {
  const only = { ...testOptions, only: `shop::${workflow}` };
  const { compiled, problems } = compile(documentsOf(admissionProject, "shop"), only);
  expect(problems).toEqual([]);
  expect(Object.keys(compiled?.objects ?? {})).toEqual(objects.map((code) => `shop::${code}`));
});

it("is not said of an event that an exit emits, nor of one that does not exist", () => {
  expect(foundIn(changed(greetProject, [gated("{ requires: [EV_GREETED_V0] }")]))).toEqual([]);
  expect(foundIn(changed(greetProject, [gated("{ requires: [EV_GONE_V0] }")]))).toEqual([
    "REFERENCE_UNRESOLVED WF_GREET_V0:6:27",
  ]);
});

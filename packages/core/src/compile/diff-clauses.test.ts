import { admissionProject, changed, documentsOf, testOptions, type Edit } from "@omnibase/testkit";
import { expect, it } from "vitest";
import { present } from "../value/present.ts";
import { compile } from "./compile.ts";
import type { Compiled } from "./compiled.ts";
import { clauseChanges } from "./diff-clauses.ts";
import { diff } from "./diff.ts";

function compiled(edits: readonly Edit[]): Compiled {
  const made = compile(documentsOf(changed(admissionProject, edits), "shop"), testOptions);
  expect(made.problems).toEqual([]);
  return present(made.compiled);
}

/** What cancelling may do after a change of its gate, and could not before. */
const changes = (...edits: readonly Edit[]): readonly string[] =>
  diff(compiled([]), compiled(edits)).map(
    ({ allows, kind, message, place }) => `${allows} ${kind} ${String(place)}: ${message}`,
  );

const twice = "{ event: EV_CANCELLED_V0, where: { order: $.payload.order }, at_most: 1 }";
const counted = (count: string): Edit => [
  "WF_CANCEL_V0",
  twice,
  `{ event: EV_CANCELLED_V0, where: { order: $.payload.order }, ${count} }`,
];
const all = (clauses: string): Edit => ["WF_CANCEL_V0", `requires:\n      - ${twice}`, `requires: [${clauses}]`];
const cancelled = 'shop::EV_CANCELLED_V0 {"order":"$.payload.order"}';
const shipped = 'shop::EV_SHIPPED_V0 {"order":"$.payload.order"}';

it.each([
  ["at_most: 5", `more gate ADMISSION: asks for at most 5 of ${cancelled}, and asked for at most 1`],
  ["at_most: 0", `less gate ADMISSION: asks for none of ${cancelled}, and asked for at most 1`],
  ["at_least: 1", `unknown gate ADMISSION: asks for at least 1 of ${cancelled}, and asked for at most 1`],
  ["at_least: 1, at_most: 2", `unknown gate ADMISSION: asks for 1 to 2 of ${cancelled}, and asked for at most 1`],
])("a count that becomes %s is told", (count, said) => {
  expect(changes(counted(count))).toEqual([said]);
});

it("a clause that is gone lets more through, and a new one less", () => {
  const gone = [
    "WF_CANCEL_V0",
    "      - { event: EV_SHIPPED_V0, where: { order: $.payload.order } }",
    "      []",
  ] as const;
  expect(changes(gone)).toEqual([`more gate ADMISSION: asks for any number of ${shipped}, and asked for none`]);
  const after = "{ event: EV_PAID_V0, after: EV_CANCELLED_V0 }";
  expect(changes(["WF_SHIP_V0", `      - ${after}`, `      - ${after}\n      - EV_PAID_V0`])).toEqual([
    'less gate ADMISSION: asks for at least 1 of shop::EV_PAID_V0 {"order":"$.payload.order"}, and asked for any number',
  ]);
});

it("what it must be later than is part of what is asked for", () => {
  const paid = 'shop::EV_PAID_V0 {"order":"$.payload.order"}';
  const edits: readonly Edit[] = [
    ["WF_SHIP_V0", "{ event: EV_PAID_V0, after: EV_CANCELLED_V0 }", "EV_PAID_V0"],
    ["WF_SHIP_V0", "      EV_CANCELLED_V0: { order: order }\n", ""],
  ];
  expect(changes(...edits)).toEqual([
    `less gate ADMISSION: asks for at least 1 of ${paid}, and asked for any number`,
    `more gate ADMISSION: asks for any number of ${paid} after ${cancelled}, and asked for at least 1`,
  ]);
});

it("events without fields, and two clauses about the same, are one demand", () => {
  const apart = compiled([all("{ event: EV_PAID_V0, at_least: 2 }, { event: EV_PAID_V0, at_most: 5 }")]);
  const together = compiled([all("{ event: EV_PAID_V0, at_least: 2, at_most: 5 }")]);
  expect(diff(apart, together)).toMatchObject([{ kind: "step", place: "ADMISSION", allows: "unknown" }]);
});

it.each([
  ["minimum: 1", "minimum: 2", "less bound EXIT_PAID: cents: minimum 1 became 2"],
  [", minimum: 1", "", "unknown bound EXIT_PAID: looks no more at what it emits"],
])("an event whose rule %s becomes %j is told", (was, is, said) => {
  expect(changes(["EV_PAID_V0", was, is])).toEqual([said]);
});

it("a gate that asks for nothing is a bug", () => {
  const gate = compiled([]).graphs["shop::WF_SHIP_V0"]?.places["ADMISSION"];
  if (gate?.kind !== "call") throw new Error("it is there");
  expect(() => clauseChanges(gate, { ...gate, inputs: {} })).toThrow("impossible");
});

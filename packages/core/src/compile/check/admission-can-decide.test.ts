import { changed, foundIn, greetProject } from "@omnibase/testkit";
import { expect, it } from "vitest";

/** The greeting, with an admission in line 6. */
const gated = (admission: string): readonly string[] =>
  foundIn(changed(greetProject, [["WF_GREET_V0", "  start_node:", `  admission: ${admission}\n  start_node:`]]));

const greeted = "event: EV_GREETED_V0";
const byName = `${greeted}, where: { id: $.payload.name }`;

it.each([
  [`{ requires: [{ ${greeted}, at_least: 2, at_most: 5 }] }`],
  [`{ requires: [{ ${greeted}, at_most: 0 }] }`],
  [`{ requires: [{ ${greeted}, after: { ${byName} } }] }`],
  [`{ requires: [{ ${greeted} }], forbids: [{ ${byName} }] }`],
  [`{ requires: [EV_GREETED_V0, { ${greeted}, at_least: 2 }] }`],
  [`{ requires: [{ ${greeted}, at_most: 5 }, { ${greeted}, at_least: 2 }] }`],
  [`{ requires: [EV_GREETED_V0], forbids: [{ ${greeted}, where: {}, after: { ${byName} } }] }`],
])("an admission may say %s", (admission) => expect(gated(admission)).toEqual([]));

it.each([
  ["nothing is asked for", "{}", "ADMISSION_CONTRADICTION WF_GREET_V0:6:14"],
  [
    "fields are bound for an event of which no clause is",
    `{ requires: [{ ${byName} }], bindings: { EV_GREETED_V0: { id: name } } }`,
    "ADMISSION_BINDING_UNUSED WF_GREET_V0:6:97",
  ],
  [
    "a count is no whole number",
    `{ requires: [{ ${greeted}, at_least: 1.5 }] }`,
    "ADMISSION_CONTRADICTION WF_GREET_V0:6:61",
  ],
  [
    "a count is below nothing",
    `{ requires: [{ ${greeted}, at_most: -1 }] }`,
    "ADMISSION_CONTRADICTION WF_GREET_V0:6:60",
  ],
  [
    "there must be more than there may be",
    `{ requires: [{ ${greeted}, at_least: 3, at_most: 2 }] }`,
    "ADMISSION_CONTRADICTION WF_GREET_V0:6:73",
  ],
  ["a clause always holds", `{ requires: [{ ${greeted}, at_least: 0 }] }`, "ADMISSION_CONTRADICTION WF_GREET_V0:6:61"],
  [
    "something must be later than the latest of its kind",
    `{ requires: [{ ${byName}, after: { ${byName} } }] }`,
    "ADMISSION_CONTRADICTION WF_GREET_V0:6:89",
  ],
  [
    "the same is required and forbidden",
    `{ requires: [EV_GREETED_V0], forbids: [EV_GREETED_V0] }`,
    "ADMISSION_CONTRADICTION WF_GREET_V0:6:53",
  ],
  [
    "two clauses leave no count between them",
    `{ requires: [{ ${greeted}, at_most: 1 }, { ${greeted}, at_least: 2 }] }`,
    "ADMISSION_CONTRADICTION WF_GREET_V0:6:65",
  ],
  [
    "two clauses leave no count between them, later than the same",
    `{ requires: [{ ${greeted}, at_most: 1, after: { ${byName} } }, { ${greeted}, at_least: 2, after: { ${byName} } }] }`,
    "ADMISSION_CONTRADICTION WF_GREET_V0:6:129",
  ],
])("is noticed when %s", (_, admission, found) => {
  expect(gated(admission)).toEqual([found]);
});

it("is noticed of a clause that contradicts one of several before it", () => {
  const clauses = ["at_most: 5", "at_least: 1", "at_most: 9", "at_least: 6"].map((count) => `{ ${greeted}, ${count} }`);
  expect(gated(`{ requires: [${clauses.join(", ")}] }`)).toEqual(["ADMISSION_CONTRADICTION WF_GREET_V0:6:142"]);
});

it("is noticed of a clause that admits fewer than one before it demands", () => {
  const found = gated(`{ requires: [{ ${greeted}, at_least: 3 }, { ${greeted}, at_most: 2 }] }`);
  expect(found).toEqual(["ADMISSION_CONTRADICTION WF_GREET_V0:6:66"]);
});

const some = (count: number): string =>
  `{ requires: [${Array.from({ length: count }, (_, index) => `{ ${greeted}, where: { id: x${String(index)} } }`).join(", ")}] }`;

it("admits a bounded number of clauses", () => {
  expect(gated(some(64))).toEqual([]);
  expect(gated(some(65))).toEqual(["GRAPH_TOO_LARGE WF_GREET_V0:1:10"]);
});

it("does not compare clauses about values that cannot stand there", () => {
  const wrong = `{ ${greeted}, where: { id: { a: 1 } } }`;
  expect(gated(`{ requires: [${wrong}], forbids: [${wrong}] }`)).toEqual([
    "ADMISSION_VALUE_UNFIT WF_GREET_V0:6:64",
    "ADMISSION_VALUE_UNFIT WF_GREET_V0:6:126",
  ]);
});

it("is noticed when a node has the name of the gate", () => {
  const found = foundIn(
    changed(greetProject, [
      ["WF_GREET_V0", "  start_node:", "  admission: { requires: [EV_GREETED_V0] }\n  start_node:"],
      ["WF_GREET_V0", "NACK: EXIT_REJECTED", "NACK: ADMISSION"],
      ["WF_GREET_V0", "    EXIT_REJECTED:", "    ADMISSION:"],
    ]),
  );
  expect(found).toEqual(["NAME_DUPLICATE WF_GREET_V0:20:5"]);
});

it.each([
  ["a clause is neither a name nor a map", "{ requires: [7] }", "ARTIFACT_SCHEMA WF_GREET_V0:6:27"],
  ["what is forbidden is counted", `{ forbids: [{ ${greeted}, at_most: 1 }] }`, "UNKNOWN_KEY WF_GREET_V0:6:50"],
])("is noticed when %s", (_, admission, found) => {
  expect(gated(admission)).toEqual([found]);
});

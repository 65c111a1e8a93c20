import { changed, deskProject, documentsOf, testOptions, type Edit } from "@omnibase/testkit";
import { expect, it } from "vitest";
import { entityInput } from "../entity/lawful.ts";
import { present } from "../value/present.ts";
import { compile } from "./compile.ts";

const inputsAt = (place: string, ...edits: readonly Edit[]): unknown => {
  const { compiled, problems } = compile(documentsOf(changed(deskProject, edits), "desk"), testOptions);
  expect(problems).toEqual([]);
  const found = present(compiled?.graphs["desk::WF_OPEN_TICKET_V0"]?.places[place]);
  return found.kind === "exit" ? undefined : found.inputs[entityInput];
};

const rules = {
  kind: "literal",
  value: {
    identity: "ticket_id",
    attributes: { stage: { enum: ["OPEN", "ANSWERED", "CLOSED", "REJECTED"] } },
    lifecycle: {
      field: "stage",
      initial: "OPEN",
      next: { OPEN: ["OPEN", "ANSWERED", "REJECTED"], ANSWERED: ["ANSWERED", "OPEN", "CLOSED"] },
    },
  },
};

it("an operation is told what the records of its store are, and no other step is", () => {
  expect(inputsAt("CC_OPEN/keep")).toMatchObject(rules);
  expect(inputsAt("CC_OPEN/mint")).toBeUndefined();
});

it("what undoes a step is held to the same", () => {
  const compensated: Edit = [
    "CC_OPEN_TICKET_V0",
    "      inputs:\n        key:",
    `      compensate:
        side_effect: std::CS_MUTABLE_JSON_V0
        op: UPDATE_WHERE
        store: TICKETS
        inputs: { filter: { ticket_id: $.results.mint.ticket_id }, updates: { stage: REJECTED } }
      inputs:
        key:`,
  ];
  expect(inputsAt("CC_OPEN/keep/compensate", compensated)).toMatchObject(rules);
});

it("stages follow in their order where no transitions say otherwise", () => {
  const text = present(deskProject["ENTITY_TICKET_V0.yaml"]);
  expect(inputsAt("CC_OPEN/keep", ["ENTITY_TICKET_V0", text.replace(/ {4}transitions:[^]*$/, "")])).toMatchObject({
    value: {
      lifecycle: {
        next: { OPEN: ["OPEN", "ANSWERED", "CLOSED", "REJECTED"], ANSWERED: ["ANSWERED", "CLOSED", "REJECTED"] },
      },
    },
  });
});

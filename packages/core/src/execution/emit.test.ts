import { testWorld } from "@omnibase/testkit";
import { expect, it } from "vitest";
import type { Fields } from "../graph/field.ts";
import type { ExitPlace, Graph } from "../graph/graph.ts";
import type { Json } from "../value/json.ts";
import { emissionProblem } from "./emit.ts";
import type { ExecutionEvent } from "./events.ts";
import { machineOf } from "./machine.ts";
import { unborn } from "./state.ts";

const paid: Fields = {
  order: { type: "string", required: true, min_length: 1 },
  cents: { type: "integer", required: true, minimum: 1 },
};

const exit: ExitPlace = {
  kind: "exit",
  class: "completed",
  reason: "COMPLETED",
  outcome: "PAID",
  outputs: { order: { kind: "payload", path: ["order"] }, cents: { kind: "payload", path: ["cents"] } },
  emit: "shop::EV_PAID_V0",
  event: paid,
};

const graph = (place: ExitPlace): Graph => ({
  format: "omnibase-graph/1",
  workflow: "shop::WF_PAY_V0",
  start: "IN_PAY_V0",
  places: {
    IN_PAY_V0: {
      kind: "call",
      work: { kind: "admit", fields: { order: { type: "string", required: false } }, open: true },
      inputs: {},
      required: [],
      outcomes: ["ACK", "NACK"],
      edges: { ACK: { to: "EXIT_PAID" }, NACK: { to: "EXIT_PAID" } },
    },
    EXIT_PAID: place,
  },
  scopes: {},
});

/** The last fact of an execution that goes from the intent to the exit. */
function endOf(place: ExitPlace, input: Json): ExecutionEvent | undefined {
  const facts = { engine: "omnibase/0.1.0", execution: "e", principal: "local", tenant: "default" };
  const start = { type: "Start", atMs: 1, ...facts, input, snapshot: "sha256:0", workflow: "shop::WF_PAY_V0" } as const;
  const decided = machineOf(graph(place), testWorld).decide(start, unborn);
  return decided.ok ? decided.value.events.at(-1) : undefined;
}

it("an exit emits an event that is what it declares", () => {
  expect(endOf(exit, { order: "A", cents: 5 })).toMatchObject({ type: "Completed", emitted: ["shop::EV_PAID_V0"] });
});

it("an exit does not emit what its event does not declare, and a person is told every field", () => {
  expect(endOf(exit, { cents: 0 })).toEqual({
    type: "IncidentOpened",
    place: "EXIT_PAID",
    attempt: 1,
    code: "EVENT_SCHEMA",
    detail: "shop::EV_PAID_V0: order is required; cents is less than 1",
  });
});

it("an exit whose event nobody declares emits whatever it has", () => {
  const { event: _, ...undeclared } = exit;
  expect(endOf(undeclared, { cents: 0 })).toMatchObject({ type: "Completed", outputs: { cents: 0 } });
});

it("an exit that emits nothing has nothing wrong with it", () => {
  const { emit: _, event: __, ...silent } = exit;
  expect(emissionProblem(silent, {})).toBeUndefined();
});

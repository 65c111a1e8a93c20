import type { Binding, CallPlace, Edge, Fields, Graph, Place, Scope } from "@omnibase/core";

export interface Shape {
  /** Pure steps, before the effects. */
  readonly pures: number;
  readonly effects: number;
  /** Who does the effects. */
  readonly handler: "noop" | "http";
  /** Behind them, one such effect for each item that was sent. */
  readonly map?: { readonly items: number; readonly parallel: number };
  readonly configuration:
    | CallPlace["inputs"]
    | Record<string, never>
    | { readonly [name: string]: string | { readonly [status: string]: string } };
}

export const workflow = "bench::WF_LOAD_V0";

/** A contract of so many steps in sequence, as the compiler lowers one. */
export function graphOf(shape: Shape): Graph {
  const { map } = shape;
  const names = [...numbered("pure", shape.pures), ...numbered("effect", shape.effects)];
  const first = map === undefined ? "EXIT_DONE" : "EACH";
  const places: { [name: string]: Place } = {
    IN: {
      kind: "call",
      work: { kind: "admit", fields: admitted },
      inputs: {},
      required: [],
      outcomes: ["ACK", "NACK"],
      edges: { ACK: { to: names[0] ?? first }, NACK: { to: "EXIT_BAD" } },
    },
    EXIT_DONE: { kind: "exit", class: "completed", reason: "COMPLETED", outcome: "DONE", outputs: {} },
    EXIT_BAD: { kind: "exit", class: "rejected", reason: "EXITED", outcome: "BAD", outputs: {} },
  };
  for (const [index, name] of names.entries()) {
    const next = names[index + 1];
    const edge: Edge = next === undefined ? { leave: "SUCCESS" } : { to: next };
    places[name] = name.includes("/pure") ? pureAt(edge, names[index - 1]) : effectAt(edge, shape);
  }
  const exits = { SUCCESS: { outputs: {}, to: first }, VIOLATION: { outputs: {}, to: "EXIT_BAD" } };
  const scopes: { [name: string]: Scope } = { CC: { code: "bench::CC_V0", exits } };
  if (map !== undefined) {
    places["EACH"] = mapOf(map);
    places["EACH/do"] = { ...effectAt({ leave: "SUCCESS" }, shape), scope: "EACH", inputs: { item: itemOf("EACH") } };
    scopes["EACH"] = { code: "bench::CC_EACH_V0", exits: { SUCCESS: { outputs: {}, back: true } } };
  }
  return { format: "omnibase-graph/1", workflow, start: "IN", places, scopes };
}

const admitted: Fields = {
  name: { type: "string", required: true },
  items: { type: "array", required: false },
};

const itemOf = (map: string): Binding => ({ kind: "round", of: map, path: ["item"] });

const mapOf = ({ items, parallel }: NonNullable<Shape["map"]>): CallPlace => ({
  kind: "call",
  work: { kind: "map", body: "EACH/do", itemsMax: items, parallel, succeeds: ["SUCCESS"], stops: true },
  inputs: { over: { kind: "payload", path: ["items"] } },
  required: ["over"],
  missing: { to: "EXIT_BAD" },
  outcomes: ["SUCCESS", "ITEM_FAILED", "VIOLATION"],
  edges: { SUCCESS: { to: "EXIT_DONE" }, ITEM_FAILED: { to: "EXIT_BAD" }, VIOLATION: { to: "EXIT_BAD" } },
});

export const waiting = "bench::WF_WAIT_V0";

export const waitMs = 3_600_000;

/** Waits for an hour, and is done. */
export const waitGraph: Graph = {
  format: "omnibase-graph/1",
  workflow: waiting,
  start: "PAUSE",
  places: {
    PAUSE: {
      kind: "call",
      work: { kind: "wait", forMs: waitMs },
      inputs: {},
      required: [],
      outcomes: ["ELAPSED"],
      edges: { ELAPSED: { to: "EXIT_DONE" } },
    },
    EXIT_DONE: { kind: "exit", class: "completed", reason: "COMPLETED", outcome: "DONE", outputs: {} },
  },
  scopes: {},
};

const numbered = (kind: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `CC/${kind}_${String(index)}`);

/** Each pure step reads the one before, so nothing about it could be left out. */
const pureAt = (edge: Edge, before: string | undefined): Place => ({
  kind: "call",
  scope: "CC",
  work: { kind: "transform", capability: "std::CT_PURE_GENERATE_ID_V0", implementation: "std.generate_id" },
  inputs: {
    prefix: { kind: "literal", value: "GR" },
    data: before === undefined ? { kind: "payload", path: ["name"] } : { kind: "result", of: before, path: ["id"] },
  },
  required: ["prefix", "data"],
  outcomes: ["SUCCESS", "VIOLATION"],
  edges: { SUCCESS: edge, VIOLATION: { leave: "VIOLATION" } },
});

const effectAt = (edge: Edge, { configuration, handler }: Shape): CallPlace => ({
  kind: "call",
  scope: "CC",
  work: {
    kind: "effect",
    capability: "bench::CS_LOAD_V0",
    handler,
    operation: "REQUEST",
    configuration,
    idempotent: true,
    timeoutMs: 30_000,
    retry: { attemptsMax: 5, backoffMs: 200, factor: 2, backoffMaxMs: 30_000 },
  },
  inputs: { name: { kind: "payload", path: ["name"] } },
  required: [],
  outcomes: ["SUCCESS"],
  edges: { SUCCESS: edge },
});

import type { CallPlace, Edge, Graph, Place } from "@omnibase/core";

export interface Shape {
  /** Pure steps, before the effects. */
  readonly pures: number;
  readonly effects: number;
  /** Who does the effects. */
  readonly handler: "noop" | "http";
  readonly configuration:
    | CallPlace["inputs"]
    | Record<string, never>
    | { readonly [name: string]: string | { readonly [status: string]: string } };
}

export const workflow = "bench::WF_LOAD_V0";

/** A contract of so many steps in sequence, as the compiler lowers one. */
export function graphOf(shape: Shape): Graph {
  const names = [...numbered("pure", shape.pures), ...numbered("effect", shape.effects)];
  const places: { [name: string]: Place } = {
    IN: {
      kind: "call",
      work: { kind: "admit", fields: { name: { type: "string", required: true } } },
      inputs: {},
      required: [],
      outcomes: ["ACK", "NACK"],
      edges: { ACK: { to: names[0] ?? "EXIT_DONE" }, NACK: { to: "EXIT_BAD" } },
    },
    EXIT_DONE: { kind: "exit", class: "completed", reason: "COMPLETED", outcome: "DONE", outputs: {} },
    EXIT_BAD: { kind: "exit", class: "rejected", reason: "EXITED", outcome: "BAD", outputs: {} },
  };
  for (const [index, name] of names.entries()) {
    const next = names[index + 1];
    const edge: Edge = next === undefined ? { leave: "SUCCESS" } : { to: next };
    places[name] = name.includes("/pure") ? pureAt(edge, names[index - 1]) : effectAt(edge, shape);
  }
  const exits = { SUCCESS: { outputs: {}, to: "EXIT_DONE" }, VIOLATION: { outputs: {}, to: "EXIT_BAD" } };
  return { format: "omnibase-graph/1", workflow, start: "IN", places, scopes: { CC: { code: "bench::CC_V0", exits } } };
}

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

const effectAt = (edge: Edge, { configuration, handler }: Shape): Place => ({
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

import type { CallPlace, ExecutionEvent, ExitPlace, Graph, Place, Scope } from "@omnibase/core";

/** An intent, contracts of two steps one after the other, and two ends: 4 boxes for each contract, and 4 besides. */
export function contractsGraph(count: number): Graph {
  const names = Array.from({ length: count }, (_, at) => `KEEP_${String(at)}`);
  const next = (at: number): string => (names[at] === undefined ? "EXIT_DONE" : `${names[at]}/make`);
  const intent: CallPlace = {
    kind: "call",
    work: { kind: "admit", fields: {} },
    inputs: {},
    required: [],
    outcomes: ["ACK", "NACK"],
    edges: { ACK: { to: next(0) }, NACK: { to: "EXIT_BAD" } },
  };
  const steps = names.flatMap((scope): readonly (readonly [string, Place])[] => [
    [`${scope}/make`, stepOf(scope, "make")],
    [`${scope}/keep`, stepOf(scope, "keep")],
  ]);
  const scopes = names.map((name, at): readonly [string, Scope] => [
    name,
    {
      code: `bench::CC_${name}_V0`,
      exits: { SUCCESS: { outputs: {}, to: next(at + 1) }, VIOLATION: { outputs: {}, to: "EXIT_BAD" } },
    },
  ]);
  return {
    format: "omnibase-graph/1",
    workflow: "bench::WF_KEEP_V0",
    start: "IN_KEEP_V0",
    places: {
      IN_KEEP_V0: intent,
      ...Object.fromEntries(steps),
      EXIT_DONE: exit("DONE", "completed"),
      EXIT_BAD: exit("BAD", "rejected"),
    },
    scopes: Object.fromEntries(scopes),
  };
}

function stepOf(scope: string, step: "make" | "keep"): CallPlace {
  const place = { kind: "call", scope, inputs: {}, required: [], outcomes: ["SUCCESS", "VIOLATION"] } as const;
  const onward = step === "make" ? { to: `${scope}/keep` } : { leave: "SUCCESS" };
  const edges = { SUCCESS: onward, VIOLATION: { leave: "VIOLATION" } };
  if (step === "make") {
    return { ...place, edges, work: { kind: "transform", capability: "bench::CT_MAKE_V0", implementation: "make@1" } };
  }
  const store = "bench::STRUCTURE_V0/KEPT";
  return {
    ...place,
    edges,
    work: { kind: "operate", capability: "std::CS_REGISTRY_V0", operation: "registry.REGISTER", store },
  };
}

/** An execution that went through all of them. */
export function contractsLog(count: number): readonly ExecutionEvent[] {
  const names = Array.from({ length: count }, (_, at) => `KEEP_${String(at)}`);
  const first: ExecutionEvent = {
    type: "Started",
    atMs: 0,
    engine: "bench",
    execution: "bench",
    input: {},
    principal: "local",
    snapshot: "sha256:00",
    tenant: "default",
    workflow: "bench::WF_KEEP_V0",
  };
  return [
    first,
    { type: "Passed", steps: [{ place: "IN_KEEP_V0", outcome: "ACK" }] },
    ...names.flatMap((name, at) => [made(`${name}/make`), kept(`${name}/keep`, 3 * at + 2)]),
    { type: "Completed", class: "completed", emitted: [], exit: "EXIT_DONE", outcome: "DONE", outputs: {} },
  ];
}

const exit = (outcome: string, exitClass: ExitPlace["class"]): ExitPlace => ({
  kind: "exit",
  class: exitClass,
  reason: "EXITED",
  outcome,
  outputs: {},
});

const made = (place: string): ExecutionEvent => ({ type: "Passed", steps: [{ place, outcome: "SUCCESS" }] });

const kept = (place: string, atMs: number): ExecutionEvent => ({
  type: "Settled",
  atMs,
  place,
  attempt: 1,
  outcome: "SUCCESS",
  value: {},
});

import { apply, emit, machineOf, resultOf, unborn } from "@omnibase/core";
import type { EmittedEvent, ExecutionEvent, ExecutionResult, Graph, Json } from "@omnibase/core";
import { logOf } from "./greeting.ts";
import { sha256 } from "./keys.ts";
import { testWorld } from "./test-world.ts";

/** What a workflow without effects comes to, after all that was emitted; also what it says itself was emitted. */
export function cameAfter(told: readonly EmittedEvent[], graph: Graph, input: Json): ExecutionResult {
  const rows = new Map<string, Json>();
  const reader = { get: (key: string) => rows.get(key), keys: () => [...rows.keys()] };
  for (const { key, value } of emit(told, "before", reader).writes) rows.set(key, value);
  const machine = machineOf(graph, testWorld);
  const events: ExecutionEvent[] = [];
  let state = unborn;
  const take = (taken: readonly ExecutionEvent[]): void => {
    for (const event of taken) {
      events.push(event);
      state = machine.evolve(state, event);
    }
  };
  const facts = { engine: "omnibase/0.1.0", execution: "e", principal: "local", tenant: "default" };
  const snapshot = `sha256:${sha256("a snapshot")}`;
  const started = machine.decide(
    { type: "Start", atMs: 1, ...facts, input, snapshot, workflow: graph.workflow },
    state,
  );
  if (!started.ok) throw new Error(started.error.code);
  take(started.value.events);
  for (let [asked] = machine.requests(state); asked !== undefined; [asked] = machine.requests(state)) {
    if (asked.kind === "operate") {
      const { attempt, operation, place } = asked;
      const { outcome, value } = apply(operation, reader, 1);
      take([{ type: "Settled", atMs: 1, place, attempt, outcome, value }]);
    } else {
      const decided = machine.decide({ type: "Advance" }, state);
      if (!decided.ok) throw new Error(decided.error.code);
      take(decided.value.events);
    }
  }
  const [first = "", ...others] = logOf(events);
  return resultOf({ graph, lines: [first, ...others], sha256 });
}

import { callTo, fact, graphOf, newOwner, stepOf, testWorld } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { Graph } from "../graph/graph.ts";
import type { ExecutionEvent } from "./events.ts";
import { isTerminal } from "./events.ts";
import { machineOf } from "./machine.ts";
import { unborn } from "./state.ts";

const { begun, cancelled, ended, failed, incident, lost, resolved, settled, started } = fact;
const { idempotent, once, transforming } = stepOf;

const fold = (graph: Graph, ...log: readonly ExecutionEvent[]): unknown => {
  const machine = machineOf(graph, testWorld);
  const state = log.reduce((current, event) => machine.evolve(current, event), unborn);
  return machine.requests(state);
};

const poisoned = { kind: "retry" } as const;

const passed = (place: string, outcome: string): ExecutionEvent => ({ type: "Passed", steps: [{ place, outcome }] });

const leaving = (scope?: string): Graph =>
  graphOf({
    WORK: callTo(
      { kind: "admit", fields: {} },
      { edges: { ACK: { leave: "OUT" } }, ...(scope === undefined ? {} : { scope }) },
    ),
  });

describe("a log that cannot be", () => {
  it.each<readonly [string, Graph, readonly ExecutionEvent[]]>([
    ["starts twice", idempotent, [started, started]],
    ["does not start", idempotent, [settled]],
    ["goes on after its end", idempotent, [started, settled, ended, lost(1)]],
    ["speaks of another place", idempotent, [started, { ...settled, place: "END" }]],
    ["speaks of another attempt", idempotent, [started, { ...settled, attempt: 2 }]],
    ["ends what was not begun", once, [started, lost(1)]],
    ["ends an attempt that waits", idempotent, [started, failed(1, 2_000, 2_100), failed(1, 2_000)]],
    ["goes where no edge leads", idempotent, [started, { ...settled, outcome: "toString" }]],
    ["passes an exit", graphOf({}), [started, passed("END", "SUCCESS")]],
    ["misses no input where none can be missed", idempotent, [started, passed("WORK", "INPUT_MISSING")]],
    ["resolves what is no incident", once, [started, begun, resolved(poisoned)]],
    ["begins an exit", graphOf({}), [started, { ...begun, place: "END" }]],
    ["begins what is pure", transforming("test.echo@1"), [started, begun]],
    ["completes at an exit where it is not", idempotent, [started, { ...ended, exit: "OTHER" }]],
  ])("%s is a crash", (_, graph, log) => {
    expect(() => fold(graph, ...log)).toThrow(/^impossible: /);
  });

  it("holds a fact that nobody knows is a crash", () => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what an older engine might read from a newer log
    const strange = { type: "Foreseen" } as unknown as ExecutionEvent;
    expect(() => fold(idempotent, started, strange)).toThrow('impossible: {"type":"Foreseen"}');
  });

  it("leaves a scope that is none is a crash", () => {
    expect(() => fold(leaving())).toThrow("impossible:  does not exit with OUT");
    expect(() => fold(leaving("CC"))).toThrow("impossible: CC does not exit with OUT");
  });
});

describe("a state of another graph", () => {
  it("is a crash", () => {
    const [here, there] = [machineOf(idempotent, testWorld), machineOf(graphOf({}), testWorld)];
    expect(() => there.evolve(here.evolve(unborn, started), settled)).toThrow("test::WF_V0 has no place WORK");
  });
});

describe("a graph that cannot be", () => {
  it.each<readonly [string, Graph]>([
    ["starts nowhere", { ...idempotent, start: "NOWHERE" }],
    ["leads nowhere", graphOf({ WORK: callTo({ kind: "admit", fields: {} }, { edges: { ACK: { to: "toString" } } }) })],
  ])("%s is a crash", (_, graph) => {
    expect(() => fold(graph)).toThrow(/^impossible: test::WF_V0 has no place/);
  });
});

describe("after a loss too many", () => {
  it("the next attempt follows the last that was made", () => {
    const five = [1, 2, 3, 4, 5].map((attempt) => lost(attempt));
    const log = [started, ...five, incident("POISON_EFFECT", "x", 5), resolved(poisoned)];
    expect(fold(idempotent, ...log)).toMatchObject([{ kind: "effect", attempt: 6 }]);
  });
});

describe("an execution", () => {
  it("is asked for nothing before it starts and after it ended", () => {
    expect(fold(idempotent)).toEqual([]);
    expect(fold(idempotent, started, settled, ended)).toEqual([]);
    expect([ended, cancelled, settled].map(isTerminal)).toEqual([true, true, false]);
  });

  it("keeps what it needs of ten thousand places at once", () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `P_${String(index)}`);
    const places = names.map((name, index) => {
      const to = names[index + 1] ?? "END";
      return [
        name,
        callTo({ kind: "transform", capability: "CT", implementation: "test.echo@1" }, { edges: { SUCCESS: { to } } }),
      ] as const;
    });
    const owner = newOwner(machineOf(graphOf(Object.fromEntries(places)), testWorld));
    owner.hear({ ...started, type: "Start" });
    expect(owner.crash).toBeUndefined();
    expect(owner.events.at(-1)?.type).toBe("Completed");
  });
});

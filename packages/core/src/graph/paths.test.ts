import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dominatorsOf, orderOf, reachableFrom, shortestCycle, type Flow } from "./paths.ts";

const flowOf = (edges: readonly (readonly number[])[]): Flow => ({
  start: 0,
  edges: edges.map((out) => out.map((to) => ({ label: "SUCCESS", to }))),
});

/** Edges lead upwards only, so there is no cycle. */
const acyclic = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 12 })
  .map((rows) =>
    flowOf(rows.map((row, at) => (at + 1 < rows.length ? row.map((n) => at + 1 + (n % (rows.length - at - 1))) : []))),
  );

const anyFlow = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 8 })
  .map((rows) => flowOf(rows.map((row) => row.map((n) => n % rows.length))));

const without = ({ start, edges }: Flow, removed: number): Flow => ({
  start,
  edges: edges.map((out, at) => (at === removed ? [] : out.filter(({ to }) => to !== removed))),
});

describe("the order", () => {
  it("puts every place after those that lead to it, and holds what can be reached", () => {
    fc.assert(
      fc.property(acyclic, (flow) => {
        const order = orderOf(flow);
        expect(new Set(order)).toEqual(reachableFrom(flow.start, flow));
        for (const at of order) {
          for (const { to } of flow.edges[at] ?? []) expect(order.indexOf(to)).toBeGreaterThan(order.indexOf(at));
        }
      }),
    );
  });
});

describe("dominators", () => {
  it("are the places without which the reader could not be reached", () => {
    fc.assert(
      fc.property(acyclic, (flow) => {
        const order = orderOf(flow);
        const dominates = dominatorsOf(flow, order);
        for (const reader of order) {
          for (const to of order) {
            const needed = to === flow.start || to === reader || !reachableFrom(0, without(flow, to)).has(reader);
            expect(dominates(to, reader)).toBe(needed);
          }
        }
      }),
    );
  });
});

describe("the shortest cycle", () => {
  it("is a cycle, there is none where none is found, and no place lies on a shorter one", () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        const cycle = shortestCycle(flow);
        const goesTo = (from: number, to: number | undefined): boolean =>
          (flow.edges[from] ?? []).some((edge) => edge.to === to);
        expect(cycle.every((at, index) => goesTo(at, cycle[(index + 1) % cycle.length]))).toBe(true);
        const rounds = flow.edges.map((_, at) => roundFrom(at, flow)).filter((length) => length !== undefined);
        expect(cycle.length).toBe(rounds.length === 0 ? 0 : Math.min(...rounds));
      }),
    );
  });

  it("is found among two, the shorter one second", () => {
    expect(shortestCycle(flowOf([[1], [2], [0, 3], [4], [3]]))).toEqual([3, 4]);
  });

  it("does not pass through a place that only leads from one cycle to another", () => {
    expect(shortestCycle(flowOf([[3], [2, 0], [1], [4], [5], [3]]))).toEqual([1, 2]);
  });
});

/** How many steps lead back, found by widening a set. */
function roundFrom(start: number, { edges }: Flow): number | undefined {
  let front = new Set((edges[start] ?? []).map(({ to }) => to));
  for (let length = 1; length <= edges.length; length += 1) {
    if (front.has(start)) return length;
    front = new Set([...front].flatMap((at) => (edges[at] ?? []).map(({ to }) => to)));
  }
  return undefined;
}

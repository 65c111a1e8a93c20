import { anyGraph, begin, buildGraph, calm, newChaos, newOwner, seededDice, testWorld, turn } from "@omnibase/testkit";
import type { Chaos, Owner } from "@omnibase/testkit";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Graph } from "../graph/graph.ts";
import { decodeRecord } from "./decode.ts";
import { brokenLaws } from "./laws.ts";
import { machineOf } from "./machine.ts";
import type { ExecutionMachine } from "./machine.ts";
import { brokenOwnerLaws } from "./owner-laws.ts";
import { replay } from "./replay.ts";
import { recordLine } from "./record.ts";
import { isGiven } from "./events.ts";

interface Life {
  readonly chaos: Chaos;
  readonly machine: ExecutionMachine;
  readonly owner: Owner;
}

/** An execution of a graph in a world of chaos, for so many turns. Where segments are cut is chance as well. */
function live(graph: Graph, seed: number, turns: number): Life {
  const dice = seededDice(seed);
  const cuts = seededDice(seed + 1);
  const machine = machineOf(graph, { ...testWorld, pause: () => cuts.chance(0.3) });
  const owner = newOwner(machine);
  const chaos = newChaos(graph, dice);
  begin(chaos, [owner]);
  for (let count = 0; count < turns; count += 1) turn(chaos, [owner]);
  return { chaos, machine, owner };
}

const broken = (graph: Graph, { machine, owner }: Life): readonly string[] => [
  ...(owner.crash === undefined ? [] : [owner.crash]),
  ...brokenLaws(owner.events, graph),
  ...brokenOwnerLaws({ machine, log: owner.events, lines: owner.lines, held: owner.moments }),
];

const anyLife = fc.record({ graph: anyGraph, seed: fc.nat(), turns: fc.integer({ min: 0, max: 60 }) });

describe("whatever is said to an execution, in whatever order", () => {
  it("no law is broken", () => {
    fc.assert(
      fc.property(anyLife, ({ graph, seed, turns }) => {
        expect(broken(graph, live(graph, seed, turns))).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
  });
});

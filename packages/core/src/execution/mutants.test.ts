import { buildGraph, live, mutants, seededDice } from "@omnibase/testkit";
import type { Life } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { Graph } from "../graph/graph.ts";
import { brokenLaws, executionLaws } from "./laws.ts";
import { machineOf } from "./machine.ts";
import { brokenOwnerLaws, ownerLaws } from "./owner-laws.ts";

const livesMax = 2_000;

describe("a machine that", () => {
  it.each(mutants)("$does breaks a law: $breaks", ({ breaks, machine }) => {
    let caught = false;
    for (let seed = 0; seed < livesMax && !caught; seed += 1) {
      const graph = buildGraph(seededDice(seed), 1 + (seed % 10));
      const life = live({ graph, seed, turns: 40 }, (of, world) => {
        const right = machineOf(of, world);
        return { ...right, ...machine(right) };
      });
      caught = brokenBy(life, graph).includes(breaks);
    }
    expect(caught).toBe(true);
  });

  it("breaks each law there is stands in this list", () => {
    const names = [...executionLaws, ...ownerLaws].map(({ name }) => name);
    expect(mutants.map(({ breaks }) => breaks).toSorted()).toEqual(names.toSorted());
  });
});

const brokenBy = ({ machine, owner }: Life, graph: Graph): readonly string[] => [
  ...brokenLaws(owner.events, graph),
  ...brokenOwnerLaws({ machine, log: owner.events, lines: owner.lines, held: owner.moments }),
];

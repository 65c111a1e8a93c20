import { machineOf } from "@omnibase/core";
import type { ExecutionMachine, Graph, World } from "@omnibase/core";
import { begin, newChaos, turn } from "./chaos.ts";
import type { Chaos } from "./chaos.ts";
import { seededDice } from "./dice.ts";
import { newOwner } from "./owner.ts";
import type { Owner } from "./owner.ts";
import { testWorld } from "./test-world.ts";

/** One execution, and what it has been through. */
export interface Life {
  readonly chaos: Chaos;
  readonly machine: ExecutionMachine;
  readonly owner: Owner;
}

export interface Fate {
  readonly graph: Graph;
  readonly seed: number;
  /** How often something is said to it after its start. */
  readonly turns: number;
}

/** An execution in a world of chaos. Where segments are cut is chance as well. The same fate, the same life. */
export function live(
  { graph, seed, turns }: Fate,
  machineFor: (graph: Graph, world: World) => ExecutionMachine = machineOf,
): Life {
  const cuts = seededDice(seed + 1);
  const machine = machineFor(graph, { ...testWorld, pause: () => cuts.chance(0.3) });
  const owner = newOwner(machine);
  const chaos = newChaos(graph, seededDice(seed));
  begin(chaos, [owner]);
  for (let count = 0; count < turns; count += 1) turn(chaos, [owner]);
  return { chaos, machine, owner };
}

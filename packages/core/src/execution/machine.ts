import type { Graph } from "../graph/graph.ts";
import type { Machine } from "./advance.ts";
import { decide } from "./decide.ts";
import type { Decision, ExecutionCommand } from "./command.ts";
import type { ExecutionEvent } from "./events.ts";
import { evolve } from "./evolve.ts";
import { programOf } from "./program.ts";
import { requests } from "./requests.ts";
import type { ExecutionRequest } from "./requests.ts";
import type { ExecutionState } from "./state.ts";
import type { World } from "./world.ts";

/** One graph, as a decider. Everything orchestrated is this. */
export interface ExecutionMachine extends Machine {
  decide(command: ExecutionCommand, state: ExecutionState): Decision;
  evolve(state: ExecutionState, event: ExecutionEvent): ExecutionState;
  requests(state: ExecutionState): readonly ExecutionRequest[];
}

export function machineOf(graph: Graph, world: World): ExecutionMachine {
  const machine: Machine = { program: programOf(graph), world };
  return {
    ...machine,
    decide: (command, state) => decide(machine, command, state),
    evolve: (state, event) => evolve(machine.program, state, event),
    requests: (state) => requests(machine, state),
  };
}

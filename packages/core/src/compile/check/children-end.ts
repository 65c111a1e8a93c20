import { problemAt, type Spot } from "../../artifact/spot.ts";
import type { Graph } from "../../graph/graph.ts";
import { shortestCycle } from "../../graph/paths.ts";
import { present } from "../../value/present.ts";
import type { Problem } from "../../value/problem.ts";
import type { Linked, LinkedWorkflow } from "../linked.ts";

/** No workflow starts itself, by whatever way: nothing would bound how deep that goes. */
export function childrenEnd({ workflows }: Linked): readonly Problem[] {
  const numbers = numbersOf(workflows);
  return cycleIn(
    workflows,
    workflows.map((workflow) => callsIn(workflow, numbers)),
  );
}

/** The same of published workflows, of which only their graphs say what they start. */
export function gatewaysEnd(graphs: readonly Graph[], workflows: readonly LinkedWorkflow[]): readonly Problem[] {
  const numbers = numbersOf(workflows);
  const calls = workflows.map(({ workflow: { spot } }, at) =>
    Object.values(present(graphs[at]).places).flatMap((place): readonly Call[] => {
      const to = place.kind === "call" && place.work.kind === "child" ? numbers.get(place.work.workflow) : undefined;
      return to === undefined ? [] : [{ to, spot }];
    }),
  );
  return cycleIn(workflows, calls);
}

const numbersOf = (workflows: readonly LinkedWorkflow[]): ReadonlyMap<string, number> =>
  new Map(workflows.map(({ workflow }, index) => [workflow.identity, index]));

function cycleIn(workflows: readonly LinkedWorkflow[], calls: readonly (readonly Call[])[]): readonly Problem[] {
  const edges = calls.map((all) => all.map(({ to }) => ({ label: "", to })));
  const cycle = shortestCycle({ start: 0, edges });
  const [first, second = first] = cycle;
  if (first === undefined) return [];
  const route = [...cycle, first].map((at) => present(workflows[at]).workflow.identity).join(" -> ");
  const call = present(present(calls[first]).find(({ to }) => to === second));
  return [problemAt(call.spot, "ARTIFACT_RECURSION", `${route} never ends`)];
}

interface Call {
  readonly to: number;
  readonly spot: Spot;
}

const callsIn = ({ nodes }: LinkedWorkflow, numbers: ReadonlyMap<string, number>): readonly Call[] =>
  [...nodes.values()].flatMap((linked): readonly Call[] => {
    if (linked.type !== "CHILD" || linked.workflow === undefined) return [];
    return [{ to: present(numbers.get(linked.workflow.identity)), spot: linked.node.workflow.spot }];
  });

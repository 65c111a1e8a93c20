import { problemAt, type Spot } from "../../artifact/spot.ts";
import { orderOf, shortestCycle } from "../../graph/paths.ts";
import { present } from "../../value/present.ts";
import type { Problem } from "../../value/problem.ts";
import type { ScopeView } from "../view.ts";

/** A scope has no cycle, everything in it can be reached, and so can an end. */
export function scopesAreSound(view: ScopeView, scope: Spot): readonly Problem[] {
  if (!view.whole) return cycleIn(view);
  const reachable = new Set(orderOf(view.flow));
  return [...cycleIn(view), ...unreachableIn(view, reachable), ...endlessIn(view, reachable, scope)];
}

function cycleIn({ flow, names, spots }: ScopeView): readonly Problem[] {
  const cycle = shortestCycle(flow);
  const first = cycle[0];
  if (first === undefined) return [];
  const route = [...cycle, first].map((at) => present(names[at])).join(" -> ");
  return [problemAt(present(spots[first]), "GRAPH_CYCLE", `${route} is a cycle`)];
}

/** Nobody declares the ends of a contract, so nobody is blamed for one that is not reached. */
const unreachableIn = ({ names, spots }: ScopeView, reachable: ReadonlySet<number>): readonly Problem[] =>
  spots.flatMap((spot, at) =>
    spot === undefined || reachable.has(at)
      ? []
      : [problemAt(spot, "GRAPH_UNREACHABLE", `no path from the start leads to ${present(names[at])}`)],
  );

const endlessIn = ({ ends }: ScopeView, reachable: ReadonlySet<number>, scope: Spot): readonly Problem[] =>
  [...ends].some((end) => reachable.has(end)) ? [] : [problemAt(scope, "GRAPH_NO_TERMINAL", "no exit can be reached")];

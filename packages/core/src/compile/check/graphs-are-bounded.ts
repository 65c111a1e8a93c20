import { problemAt } from "../../artifact/spot.ts";
import { limits } from "../../value/limits.ts";
import type { Problem } from "../../value/problem.ts";
import type { LinkedWorkflow } from "../linked.ts";

/** A graph has a bounded number of places: its nodes, and a contract's steps at every node that uses it. */
export function graphsAreBounded({ workflow, nodes }: LinkedWorkflow): readonly Problem[] {
  const places = [...nodes.values()].reduce(
    (sum, node) => sum + (node.type === "CC" ? (node.contract?.steps.length ?? 1) : 1),
    0,
  );
  if (places <= limits.graphPlacesMax) return [];
  const message = `${workflow.identity} has ${String(places)} places; ${String(limits.graphPlacesMax)} are admitted`;
  return [problemAt(workflow.spot, "GRAPH_TOO_LARGE", message)];
}

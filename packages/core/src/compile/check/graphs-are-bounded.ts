import type { Node } from "../../artifact/node.ts";
import { entriesOf } from "../../artifact/reader.ts";
import { problemAt } from "../../artifact/spot.ts";
import type { Workflow } from "../../artifact/workflow.ts";
import { limits } from "../../value/limits.ts";
import type { Problem } from "../../value/problem.ts";
import { contractOf, withUndoing, type LinkedNode, type LinkedWorkflow } from "../linked.ts";

/** A graph has a bounded number of places: its nodes, and a contract's steps at every node that uses it. */
export function graphsAreBounded({ admission, workflow, nodes }: LinkedWorkflow): readonly Problem[] {
  const places = [...nodes.values()].reduce((sum, node) => sum + placesOf(node), 0);
  const meetings = [...nodes.values()].reduce((sum, { node }) => sum + forksAt(node), 0);
  const clauses = admission?.clauses.length ?? 0;
  return [
    ...(clauses > limits.clausesMax ? [tooMany(workflow, clauses, "clauses", limits.clausesMax)] : []),
    ...(places > limits.graphPlacesMax ? [tooMany(workflow, places, "places", limits.graphPlacesMax)] : []),
    ...(meetings > limits.forksMax ? [tooMany(workflow, meetings, "forks and joins", limits.forksMax)] : []),
  ];
}

const tooMany = ({ identity, spot }: Workflow, count: number, what: string, admitted: number): Problem =>
  problemAt(spot, "GRAPH_TOO_LARGE", `${identity} has ${String(count)} ${what}; ${String(admitted)} are admitted`);

function forksAt(node: Node): number {
  const joins = "join" in node && node.join?.value === "all" ? 1 : 0;
  if (node.type === "EXIT") return joins;
  return joins + entriesOf(node.next).filter(({ value }) => value.also.length > 0).length;
}

/** What goes round a contract is a place beside its steps. */
function placesOf(linked: LinkedNode): number {
  const contract = contractOf(linked);
  return contract === undefined ? 1 : withUndoing(contract.steps).length + (linked.type === "CC" ? 0 : 1);
}

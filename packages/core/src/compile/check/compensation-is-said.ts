import { problemAt } from "../../artifact/spot.ts";
import type { FlowEdge } from "../../graph/paths.ts";
import { reachableFrom } from "../../graph/paths.ts";
import { present } from "../../value/present.ts";
import type { Problem } from "../../value/problem.ts";
import { contractView } from "../contract-view.ts";
import type { LinkedContract, LinkedNode, LinkedWorkflow } from "../linked.ts";
import { doneBy } from "../lower-undoing.ts";
import type { ScopeView } from "../view.ts";

/** A rejection behind something that can be undone says whether that is undone; nobody else needs to say it. */
export function compensationIsSaid({ nodes }: LinkedWorkflow, { flow, spots }: ScopeView): readonly Problem[] {
  const behind = new Set<number>();
  for (const [at, linked] of [...nodes.values()].entries()) {
    const done = doneAt(linked);
    if (done.size === 0) continue;
    const onward = present(flow.edges[at]).filter(({ label }) => done.has(label));
    for (const place of reachedBy(onward, flow)) behind.add(place);
  }
  return [...nodes].flatMap(([name, linked], at) => {
    if (linked.type !== "EXIT" || linked.node.class === undefined) return [];
    const { class: meaning, compensate } = linked.node;
    const mustSay = meaning.value === "rejected" && behind.has(at);
    if (mustSay && compensate === undefined) {
      return [
        problemAt(present(spots[at]), "COMPENSATION_UNSAID", `${name} does not say what becomes of what was done`),
      ];
    }
    if (mustSay || compensate === undefined) return [];
    return [problemAt(compensate.spot, "COMPENSATION_NOT_ASKED", `${name} has nothing to say about it`)];
  });
}

const reachedBy = (edges: readonly FlowEdge[], flow: ScopeView["flow"]): ReadonlySet<number> =>
  new Set(edges.flatMap(({ to }) => [...reachableFrom(to, flow)]));

/** The outcomes of a node with which something that can be undone may have been done. */
function doneAt(linked: LinkedNode): ReadonlySet<string> {
  if (!("contract" in linked) || linked.contract === undefined) return new Set();
  const statuses = statusesAfter(linked.contract);
  if (statuses.size === 0 || linked.type === "CC") return statuses;
  return linked.type === "MAP" ? new Set(["SUCCESS", "ITEM_FAILED"]) : new Set(linked.node.next.entries.keys());
}

/** The statuses of a contract that can come after something was done in it that can be undone. */
function statusesAfter(linked: LinkedContract): ReadonlySet<string> {
  if (linked.steps.every(({ undoing }) => undoing === undefined)) return new Set();
  const { ends, flow, names } = contractView(linked);
  const reached = linked.steps.flatMap(({ step, undoing }, at) => {
    const done = undoing === undefined ? [] : doneBy(step);
    return [
      ...reachedBy(
        present(flow.edges[at]).filter(({ label }) => done.includes(label)),
        flow,
      ),
    ];
  });
  return new Set(reached.flatMap((at) => (ends.has(at) ? [present(names[at])] : [])));
}

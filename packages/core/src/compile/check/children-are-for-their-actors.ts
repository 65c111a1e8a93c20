import { problemAt } from "../../artifact/spot.ts";
import type { Problem } from "../../value/problem.ts";
import type { Linked, LinkedWorkflow } from "../linked.ts";

/**
 * A child is asked for by whoever asked for its parent. Where both intents name actors and none is named by both, the child
 * rejects everyone; where anyone may ask for the parent, that is known only when it is started.
 */
export const childrenAreForTheirActors = ({ workflows }: Linked): readonly Problem[] => {
  const admitted = new Map(workflows.map((linked) => [linked.workflow.identity, actorsOf(linked)]));
  return workflows.flatMap((linked) => {
    const own = actorsOf(linked);
    if (own === undefined) return [];
    return [...linked.nodes.values()].flatMap((node): readonly Problem[] => {
      if (node.type !== "CHILD" || node.workflow === undefined) return [];
      const { identity } = node.workflow;
      const others = admitted.get(identity);
      if (others === undefined || own.some((actor) => others.includes(actor))) return [];
      const message = `${identity} is for ${others.join(", ")}, and this one is asked for by ${own.join(", ")}`;
      return [problemAt(node.node.workflow.spot, "CHILD_FOR_OTHER_ACTORS", message)];
    });
  });
};

/** `undefined`: anyone may ask for it, or its intent is wrong. */
function actorsOf({ nodes, workflow }: LinkedWorkflow): readonly string[] | undefined {
  const first = nodes.get(workflow.start.value);
  if (first?.type !== "IN" || first.actors?.length !== first.intent?.actors?.length) return undefined;
  return first.actors?.map(({ identity }) => identity);
}

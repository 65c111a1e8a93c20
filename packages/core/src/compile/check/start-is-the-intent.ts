import { meantHint } from "../../artifact/nearest.ts";
import { problemAt } from "../../artifact/spot.ts";
import { present } from "../../value/present.ts";
import type { Problem } from "../../value/problem.ts";
import type { LinkedWorkflow } from "../linked.ts";

/** A workflow starts at its one intent: nothing enters unchecked, and nothing enters twice. */
export function startIsTheIntent({ workflow, nodes }: LinkedWorkflow): readonly Problem[] {
  const { value, spot } = workflow.start;
  const start = nodes.get(value);
  if (start === undefined) {
    return [problemAt(spot, "REFERENCE_UNRESOLVED", `there is no node ${value}`, meantHint(value, nodes.keys()))];
  }
  if (start.type !== "IN") return [problemAt(spot, "START_NOT_INTENT", `${value} is a node of type ${start.type}`)];
  return [...nodes]
    .filter(([name, { type }]) => type === "IN" && name !== value)
    .map(([name]) =>
      problemAt(present(workflow.nodes.entries.get(name)).spot, "START_NOT_INTENT", `${name} is a second intent`),
    );
}

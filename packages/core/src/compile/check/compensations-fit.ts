import { problemAt } from "../../artifact/spot.ts";
import type { Problem } from "../../value/problem.ts";
import type { LinkedContract, LinkedStep } from "../linked.ts";

/** What undoes a step can succeed, and so can the step. What an endpoint answers is known with its runtime binding. */
export const compensationsFit = ({ steps }: LinkedContract): readonly Problem[] =>
  steps.flatMap((step) => {
    const { asked = step.callable, undoing } = step;
    return undoing === undefined ? [] : [...succeeds({ ...step, callable: asked }), ...succeeds(undoing)];
  });

function succeeds({ callable, step }: LinkedStep): readonly Problem[] {
  if (callable === undefined || callable.kind === "endpoint" || callable.outcomes.has("SUCCESS")) return [];
  const message = `${callable.identity} never answers SUCCESS, so nothing would be done, or undone`;
  return [problemAt(step.spot, "COMPENSATION_NEVER", message)];
}

import type { EventArtifact } from "../../artifact/event.ts";
import { entriesOf } from "../../artifact/reader.ts";
import type { ExitClass } from "../../graph/graph.ts";
import { meantHint } from "../../artifact/nearest.ts";
import { problemAt } from "../../artifact/spot.ts";
import type { ExitNode } from "../../artifact/node.ts";
import type { Problem } from "../../value/problem.ts";
import { producedBy } from "../contract-view.ts";
import type { LinkedContract, LinkedWorkflow } from "../linked.ts";

const classOf: { readonly [reason: string]: ExitClass } = {
  COMPLETED: "completed",
  EXITED: "rejected",
  FAILED: "failed",
};

/** An exit says one thing, and what it emits is what the event declares. */
export const workflowExitsAreTyped = ({ nodes }: LinkedWorkflow): readonly Problem[] =>
  [...nodes.values()].flatMap((linked) => {
    if (linked.type !== "EXIT") return [];
    // The published dialect has no outputs at exits, and its contracts return what their last step returned.
    const emission =
      linked.event === undefined || linked.node.class === undefined ? [] : emissionOf(linked.node, linked.event);
    return contradiction(linked.node).concat(emission);
  });

function emissionOf({ outputs }: ExitNode, { identity, schema }: EventArtifact): readonly Problem[] {
  const stray = entriesOf(outputs).filter(({ key }) => !schema.entries.has(key));
  const missing = entriesOf(schema).filter(({ key, value }) => value.required && !outputs.entries.has(key));
  return [
    ...stray.map(({ key, spot }) => {
      const hint = meantHint(key, schema.entries.keys());
      return problemAt(spot, "EXIT_OUTPUT_UNKNOWN", `${identity} does not declare ${key}`, hint);
    }),
    ...missing.map(({ key }) => problemAt(outputs.spot, "EXIT_OUTPUT_MISSING", `${identity} requires ${key}`)),
  ];
}

function contradiction({ reason, class: meaning }: ExitNode): readonly Problem[] {
  if (reason === undefined || meaning === undefined) return [];
  const said = classOf[reason.value];
  if (said === meaning.value) return [];
  return [problemAt(meaning.spot, "EXIT_REASON_CONTRADICTS_CLASS", `${reason.value} is ${said}, not ${meaning.value}`)];
}

/** A contract returns what it declares, and at some status everything that it declares. */
export function contractExitsAreTyped(linked: LinkedContract): readonly Problem[] {
  const { exits, outputs, allowed, published } = linked.contract;
  if (published === true) return [];
  const statuses = new Set([...producedBy(linked), ...allowed.value.map(({ value }) => value)]);
  const returned = entriesOf(exits).flatMap(({ value }) => entriesOf(value));
  const names = new Set(returned.map(({ key }) => key));
  return [
    ...entriesOf(exits)
      .filter(({ key }) => !statuses.has(key))
      .map(({ key, spot }) =>
        problemAt(spot, "EXIT_STATUS_UNKNOWN", `the contract never ends with ${key}`, meantHint(key, statuses)),
      ),
    ...returned
      .filter(({ key }) => !outputs.entries.has(key))
      .map(({ key, spot }) => {
        const hint = meantHint(key, outputs.entries.keys());
        return problemAt(spot, "EXIT_OUTPUT_UNKNOWN", `${key} is not a declared output`, hint);
      }),
    ...entriesOf(outputs)
      .filter(({ key }) => !names.has(key))
      .map(({ key, spot }) => problemAt(spot, "EXIT_OUTPUT_MISSING", `${key} is returned at no status`)),
  ];
}

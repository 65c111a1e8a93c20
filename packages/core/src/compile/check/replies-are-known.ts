import { meantHint } from "../../artifact/nearest.ts";
import { entriesOf, type Entry } from "../../artifact/reader.ts";
import { problemAt } from "../../artifact/spot.ts";
import type { DeclaredReply } from "../../artifact/egress.ts";
import type { ExitNode } from "../../artifact/node.ts";
import { present } from "../../value/present.ts";
import type { Problem } from "../../value/problem.ts";
import type { Linked, LinkedDoor, LinkedEgress } from "../linked.ts";

/** An egress speaks of exits that its workflow has, of what they return, and at a door of the same workflow. */
export const repliesAreKnown = ({ doors, egresses }: Linked): readonly Problem[] => [
  ...egresses.flatMap(ofEgress),
  ...doors.flatMap(ofDoor),
];

function ofEgress({ egress, workflow }: LinkedEgress): readonly Problem[] {
  if (workflow === undefined) return [];
  const exits = new Map(
    [...workflow.nodes].flatMap(([name, { node }]) => (node.type === "EXIT" ? [[name, node] as const] : [])),
  );
  return entriesOf(egress.exits).flatMap((entry) => {
    const exit = exits.get(entry.key);
    if (exit !== undefined) return ofReply(entry, exit);
    const message = `${workflow.workflow.identity} has no exit ${entry.key}`;
    return [problemAt(entry.spot, "EGRESS_EXIT_UNKNOWN", message, meantHint(entry.key, exits.keys()))];
  });
}

function ofReply({ key, value: { body } }: Entry<DeclaredReply>, { outputs }: ExitNode): readonly Problem[] {
  return entriesOf(body).flatMap(({ value: { spot, value: path } }) => {
    const [part, name] = path;
    if (part !== "outputs" || name === undefined || outputs.entries.has(name)) return [];
    return [
      problemAt(spot, "EGRESS_BODY_UNKNOWN", `${key} returns no ${name}`, meantHint(name, outputs.entries.keys())),
    ];
  });
}

function ofDoor({ egress, ingress, workflow }: LinkedDoor): readonly Problem[] {
  if (egress?.workflow === undefined || workflow === undefined || egress.workflow === workflow) return [];
  const message = `${egress.egress.identity} speaks for ${egress.workflow.workflow.identity}`;
  return [problemAt(present(ingress.egress).spot, "EGRESS_OF_ANOTHER_WORKFLOW", message)];
}

import type { DeclaredReply, Egress } from "../artifact/egress.ts";
import type { Ingress } from "../artifact/ingress.ts";
import { entriesOf } from "../artifact/reader.ts";
import type { Reply, Replies, Route } from "../graph/route.ts";
import { present } from "../value/present.ts";
import { find, findNear, type Finder } from "./find.ts";
import type { LinkedDoor, LinkedEgress, LinkedWorkflow } from "./linked.ts";

/** Follows what doors refer to. */
export function linkDoors(
  ingresses: readonly Ingress[],
  egresses: readonly Egress[],
  { finder, workflows }: { readonly finder: Finder; readonly workflows: readonly LinkedWorkflow[] },
): { readonly doors: readonly LinkedDoor[]; readonly egresses: readonly LinkedEgress[] } {
  const known = new Map(workflows.map((linked) => [linked.workflow, linked]));
  const workflowOf = ({ namespace, workflow }: Ingress | Egress): LinkedWorkflow | undefined => {
    const found = findNear({ ...workflow, from: namespace }, "workflow", finder);
    return found && known.get(found);
  };
  const linked = new Map(egresses.map((egress) => [egress, { egress, workflow: workflowOf(egress) }]));
  const doors = ingresses.map((ingress): LinkedDoor => {
    const named = ingress.egress && find(ingress.egress, "egress", finder);
    return { ingress, workflow: workflowOf(ingress), egress: named && linked.get(named) };
  });
  return { doors, egresses: [...linked.values()] };
}

/** What a door says that says nothing else. */
const usual: Replies = {
  exits: {},
  classes: {
    completed: { status: 200, body: { execution: ["execution"], outcome: ["outcome"], outputs: ["outputs"] } },
    rejected: {
      status: 422,
      body: { execution: ["execution"], outcome: ["outcome"], outputs: ["outputs"], nack: ["nack"] },
    },
    failed: { status: 500, body: { execution: ["execution"], outcome: ["outcome"] } },
    cancelled: { status: 409, body: { execution: ["execution"], outcome: ["outcome"] } },
  },
};

/** A door in which no check found a problem, as it is served. */
export const routeOf = ({ egress, ingress, workflow }: LinkedDoor): Route => ({
  method: ingress.method.value,
  path: ingress.path.value,
  workflow: present(workflow).workflow.identity,
  admits: ingress.admits.value,
  replies: egress === undefined ? usual : repliesOf(egress.egress),
});

function repliesOf({ classes, exits }: Egress): Replies {
  const { cancelled, completed, failed, rejected } = classes;
  return {
    exits: Object.fromEntries(entriesOf(exits).map(({ key, value }) => [key, replyOf(value)])),
    classes: {
      completed: replyOf(completed),
      rejected: replyOf(rejected),
      failed: replyOf(failed),
      cancelled: replyOf(cancelled),
    },
  };
}

const replyOf = ({ body, status }: DeclaredReply): Reply => ({
  status: status.value,
  body: Object.fromEntries(entriesOf(body).map(({ key, value }) => [key, value.value])),
});

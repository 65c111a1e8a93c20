import type { Actor } from "../artifact/actor.ts";
import type { PathExpression } from "../artifact/expression.ts";
import { problemAt, type Report } from "../artifact/spot.ts";
import type { ExitNode, Next } from "../artifact/workflow.ts";
import { actorKey } from "../execution/principal.ts";
import type { Binding } from "../graph/binding.ts";
import type { Fields } from "../graph/field.ts";
import type { CallPlace, ExitPlace, Graph, Place, PlaceName, Scope } from "../graph/graph.ts";
import { present } from "../value/present.ts";
import { payloadFields } from "./actors.ts";
import type { LinkedIntentNode, LinkedNode, LinkedWorkflow } from "./linked.ts";
import { lowerAll, type Size } from "./lower-binding.ts";
import { bindingNodesMax, boundBy, isBounded, returnedBy } from "./lower-bounds.ts";
import { firstPlaceOf, lowerContract } from "./lower-contract.ts";

/** What one node of a workflow becomes. */
interface Lowered {
  readonly places: readonly (readonly [PlaceName, Place])[];
  readonly scope?: Scope;
}

/** A workflow in which no check found a problem becomes the graph that the machine executes. */
export function lower(linked: LinkedWorkflow, report: Report): Graph {
  const { workflow, nodes } = linked;
  const known = new Map<Binding, Size>();
  const lowered = new Map([...nodes].map(([name, node]) => [name, lowerNode(name, node, linked)]));
  for (const [name, { places, scope }] of lowered) {
    const groups = [...places.map(([, place]) => boundBy(place)), ...returnedBy(scope)];
    if (groups.every((bindings) => isBounded(bindings, known))) continue;
    const message = `what is bound in ${name} is more than ${String(bindingNodesMax)} values, or too deep`;
    report(problemAt(present(workflow.nodes.entries.get(name)).spot, "BINDING_TOO_LARGE", message));
  }
  const scopes = [...lowered].flatMap(([name, { scope }]) => (scope === undefined ? [] : [[name, scope] as const]));
  return {
    format: "omnibase-graph/1",
    workflow: workflow.identity,
    start: workflow.start.value,
    places: Object.fromEntries([...lowered.values()].flatMap(({ places }) => places)),
    scopes: Object.fromEntries(scopes),
  };
}

function lowerNode(name: string, linked: LinkedNode, whole: LinkedWorkflow): Lowered {
  switch (linked.type) {
    case "IN":
      return { places: [[name, admitPlace(linked, whole)]] };
    case "EXIT":
      return { places: [[name, exitPlace(linked.node)]] };
    case "CC":
      return lowerContract({
        name,
        linked: present(linked.contract),
        inputs: lowerAll(linked.node.inputs, insideWorkflow),
        targets: targetsOf(linked.node.next, whole),
        payload: payloadOf(whole),
        binding: whole.binding,
      });
  }
}

function admitPlace({ actors, intent, node }: LinkedIntentNode, whole: LinkedWorkflow): CallPlace {
  const edges = [...targetsOf(node.next, whole)].map(([outcome, to]) => [outcome, { to }] as const);
  return {
    kind: "call",
    work: {
      kind: "admit",
      fields: present(intent).inputs,
      ...(actors === undefined ? {} : { actors: saidBy(actors) }),
    },
    inputs: {},
    required: [],
    outcomes: ["ACK", "NACK"],
    edges: Object.fromEntries(edges),
  };
}

const saidBy = (actors: readonly Actor[]): { readonly [identity: string]: Fields } =>
  Object.fromEntries(actors.map(({ attributes, identity }) => [identity, attributes]));

const exitPlace = ({ class: meaning, reason, outcome, outputs, emit }: ExitNode): ExitPlace => ({
  kind: "exit",
  class: present(meaning).value,
  reason: present(reason).value,
  outcome: present(outcome).value,
  outputs: lowerAll(outputs, insideWorkflow),
  ...(emit === undefined ? {} : { emit: emit.value }),
});

function insideWorkflow({ root, path }: PathExpression): Binding {
  if (root === "payload") return { kind: "payload", path };
  if (root === "actor") return { kind: "payload", path: [actorKey, ...path] };
  return root === "received"
    ? { kind: "received", path }
    : { kind: "result", of: present(path[0]), path: path.slice(1) };
}

/** Outcome → place. A contract is entered at its first step. */
function targetsOf({ entries }: Next, { nodes }: LinkedWorkflow): ReadonlyMap<string, PlaceName> {
  return new Map(
    [...entries.values()].map(({ key, value }) => {
      const target = present(nodes.get(value.value));
      return [key, target.type === "CC" ? firstPlaceOf(value.value, present(target.contract)) : value.value];
    }),
  );
}

const payloadOf = ({ nodes }: LinkedWorkflow): Fields =>
  Object.assign({}, ...[...nodes.values()].map((node) => (node.type === "IN" ? payloadFields(node) : {})));

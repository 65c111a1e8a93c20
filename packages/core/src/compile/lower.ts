import type { PathExpression } from "../artifact/expression.ts";
import { problemAt, type Report } from "../artifact/spot.ts";
import { plainFields } from "../artifact/field.ts";
import type { Next, Targets } from "../artifact/node.ts";
import { actorKey } from "../execution/principal.ts";
import type { Binding } from "../graph/binding.ts";
import type { Fields } from "../graph/field.ts";
import type { ExitPlace, Graph, Onward, Place, PlaceName, Scope } from "../graph/graph.ts";
import { present } from "../value/present.ts";
import { payloadFields } from "./actors.ts";
import { emissionOf } from "./emission.ts";
import { signalsIn, type LinkedNode, type LinkedWorkflow } from "./linked.ts";
import { behindGate } from "./lower-admission.ts";
import { lowerAll, type Size } from "./lower-binding.ts";
import { bindingNodesMax, boundBy, isBounded, returnedBy } from "./lower-bounds.ts";
import { firstPlaceOf, joinOf } from "./lower-contract.ts";
import { undoesAt } from "./lower-undoing.ts";
import { admitPlace, lowerCall } from "./lower-node.ts";

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
    ...signalsOf(linked),
  };
}

function lowerNode(name: string, linked: LinkedNode, whole: LinkedWorkflow): Lowered {
  if (linked.type === "EXIT") return { places: [[name, exitPlace(linked, whole)]] };
  const { node } = linked;
  const ways = waysOf(node.next, whole);
  const site = { name, ways, substitute: insideWorkflow(whole), payload: payloadOf(whole), binding: whole.binding };
  if (linked.type === "IN") {
    const start = admitPlace(linked, site);
    return { places: whole.admission === undefined ? [[name, start]] : behindGate(name, start, whole.admission) };
  }
  return lowerCall(linked, site);
}

type LinkedExit = Extract<LinkedNode, { readonly type: "EXIT" }>;

const exitPlace = ({ event, node }: LinkedExit, whole: LinkedWorkflow): ExitPlace => ({
  kind: "exit",
  ...joinOf(node.join),
  ...undoesAt(node, whole),
  class: present(node.class).value,
  reason: present(node.reason).value,
  outcome: present(node.outcome).value,
  outputs: lowerAll(node.outputs, insideWorkflow(whole)),
  ...emissionOf(node, event, { nodes: whole.nodes, payload: payloadOf(whole) }),
});

const insideWorkflow =
  ({ nodes }: LinkedWorkflow) =>
  ({ root, path }: PathExpression): Binding => {
    if (root === "payload") return { kind: "payload", path };
    if (root === "actor") return { kind: "payload", path: [actorKey, ...path] };
    if (root === "received") return { kind: "received", path };
    const [of = "", ...rest] = path;
    if (root === "children") return { kind: "result", of, path: rest };
    return { kind: "result", of, path: nodes.get(of)?.type === "CHILD" ? ["outputs", ...rest] : rest };
  };

const waysOf = ({ entries }: Next, whole: LinkedWorkflow): ReadonlyMap<string, Onward> =>
  new Map([...entries.values()].map(({ key, value }) => [key, onward(value, whole)]));

function onward({ also, to }: Targets, whole: LinkedWorkflow): Onward {
  const others = also.map(({ value }) => entranceOf(value, whole));
  return { to: entranceOf(to.value, whole), ...(others.length === 0 ? {} : { also: others }) };
}

/** A contract is entered at its first step. */
function entranceOf(name: string, { nodes }: LinkedWorkflow): PlaceName {
  const target = present(nodes.get(name));
  return target.type === "CC" ? firstPlaceOf(name, present(target.contract)) : name;
}

const signalsOf = (linked: LinkedWorkflow): Pick<Graph, "signals"> => {
  const signals = signalsIn(linked).map(({ fields, name }) => [name.value, plainFields(fields)] as const);
  return signals.length === 0 ? {} : { signals: Object.fromEntries(signals) };
};

const payloadOf = ({ nodes }: LinkedWorkflow): Fields =>
  Object.assign({}, ...[...nodes.values()].map((node) => (node.type === "IN" ? payloadFields(node) : {})));

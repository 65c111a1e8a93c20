import type { PathExpression } from "../artifact/expression.ts";
import { problemAt, type Report } from "../artifact/spot.ts";
import type { LinkedNode, LinkedWorkflow } from "../compile/linked.ts";
import { isBounded, returnedBy, boundBy } from "../compile/lower-bounds.ts";
import { lowerAll, type Size } from "../compile/lower-binding.ts";
import type { Children } from "../compile/node-results.ts";
import type { Binding } from "../graph/binding.ts";
import type { CallPlace, Graph, Place, PlaceName, Scope } from "../graph/graph.ts";
import { present } from "../value/present.ts";
import { exitsOf, type Exits } from "./lower-exits.ts";
import { gatePlace, lowerGate } from "./lower-gate.ts";
import { lowerContract, statusesOf } from "./lower-steps.ts";

/**
 * A published workflow becomes a graph that does what its own engine did with it, also where it is not sound: a status
 * without an edge ends it, a value that is not there is missing, and a contract returns what its last step returned.
 */
export function lowerPublished(linked: LinkedWorkflow, children: Children, report: Report): Graph {
  const { workflow, nodes } = linked;
  const substitute = insideWorkflow(nodes);
  const exits = exitsOf(linked, reachedIn(nodes), ({ outputs }) => lowerAll(outputs, substitute));
  const places: (readonly [PlaceName, Place])[] = [];
  const scopes: (readonly [string, Scope])[] = [];
  const known = new Map<Binding, Size>();
  for (const [name, node] of callsIn(nodes)) {
    const to = (status: string): PlaceName => placeAfter(node, status, nodes, exits);
    if (node.type === "IN") {
      places.push([name, admitPlace(node, to)]);
      continue;
    }
    const inputs = lowerAll(node.node.inputs, substitute);
    const lowered = lowerContract({
      name,
      linked: present(node.contract),
      inputs,
      to,
      workflow: linked,
      children,
      report,
    });
    places.push(...lowered.places);
    scopes.push(...lowered.scopes);
    const groups = [
      ...lowered.places.map(([, place]) => boundBy(place)),
      ...lowered.scopes.flatMap(([, scope]) => returnedBy(scope)),
    ];
    if (groups.every((bindings) => isBounded(bindings, known))) continue;
    const { spot } = present(workflow.nodes.entries.get(name));
    report(problemAt(spot, "BINDING_TOO_LARGE", `what is bound in ${name} is too much, or too deep`));
  }
  const gate = workflow.admission === undefined ? [] : lowerGate(workflow.admission, workflow.start.value);
  return {
    format: "omnibase-graph/1",
    workflow: workflow.identity,
    start: gate.length === 0 ? workflow.start.value : gatePlace,
    places: Object.fromEntries([...gate, ...places, ...exits.places]),
    scopes: Object.fromEntries(scopes),
  };
}

type Nodes = LinkedWorkflow["nodes"];
type CallNode = Extract<LinkedNode, { readonly type: "IN" | "CC" }>;

/** There are no others: the published dialect has intents, contracts and exits. */
const callsIn = (nodes: Nodes): readonly (readonly [string, CallNode])[] =>
  [...nodes].flatMap(([name, node]) => (node.type === "IN" || node.type === "CC" ? [[name, node] as const] : []));

/** Which statuses lead to which node. */
function reachedIn(nodes: Nodes): ReadonlyMap<string, ReadonlySet<string>> {
  const reached = new Map<string, Set<string>>();
  for (const [, node] of callsIn(nodes)) {
    for (const status of nodeStatuses(node)) {
      const target = node.node.next.entries.get(status)?.value.to.value;
      if (target === undefined) continue;
      const statuses = reached.get(target) ?? new Set();
      reached.set(target, statuses.add(status));
    }
  }
  return reached;
}

const nodeStatuses = (node: CallNode): readonly string[] =>
  node.type === "IN" ? ["ACK", "NACK"] : statusesOf(present(node.contract));

function placeAfter({ node }: CallNode, status: string, nodes: Nodes, exits: Exits): PlaceName {
  const name = node.next.entries.get(status)?.value.to.value;
  const target = name === undefined ? undefined : nodes.get(name);
  if (target?.type !== "CC") return exits.at(name, status);
  return `${String(name)}/${present(present(target.contract).steps[0]).step.name.value}`;
}

function admitPlace(
  { intent }: Extract<LinkedNode, { readonly type: "IN" }>,
  to: (status: string) => PlaceName,
): CallPlace {
  const outcomes = ["ACK", "NACK"];
  return {
    kind: "call",
    work: { kind: "admit", fields: present(intent).inputs, open: true },
    inputs: {},
    required: [],
    outcomes,
    edges: Object.fromEntries(outcomes.map((status) => [status, { to: to(status) }])),
  };
}

/** Nothing was ever filled in, so the payload is what was sent. */
const insideWorkflow =
  (nodes: Nodes) =>
  ({ root, path }: PathExpression): Binding | undefined => {
    if (root === "payload" || root === "received") return { kind: "received", path, some: true };
    const [name = "", ...rest] = path;
    return root === "results" && nodes.get(name)?.type === "CC"
      ? { kind: "result", of: name, path: rest, some: true }
      : undefined;
  };

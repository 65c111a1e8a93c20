import {
  targetsOf,
  type EffectWork,
  type Graph,
  type OutcomeName,
  type Place,
  type PlaceName,
} from "../graph/graph.ts";
import { dominatorsOf, orderOf, reachableFrom, type Flow, type FlowEdge } from "../graph/paths.ts";
import { canonical } from "../value/canonical.ts";
import { isObject } from "../value/json.ts";
import { present } from "../value/present.ts";
import { missingLabel } from "./view.ts";

/** Something that a workflow can do beside computing, and what has to happen before it. */
export interface Reach {
  readonly kind: "operate" | "call" | "emit" | "ask" | "start";
  /** On one line. Two graphs that can do the same say the same. */
  readonly what: string;
  readonly places: readonly PlaceName[];
  readonly gates: Gates;
}

/** Places that every way passes and that can also lead elsewhere, with the outcomes that lead on. */
export type Gates = ReadonlyMap<PlaceName, readonly OutcomeName[]>;

/** All that can be reached from the start, in the order of what it is. */
export function reachOf(graph: Graph): readonly Reach[] {
  const wiring = wiringOf(graph);
  const reached = new Map<string, Reach>();
  for (const at of wiring.order) {
    const name = present(wiring.names[at]);
    const done = doneAt(present(graph.places[name]));
    if (done === undefined) continue;
    const gates = gatesOf(at, wiring);
    const before = reached.get(done.what);
    const places = before === undefined ? [name] : [...before.places, name];
    reached.set(done.what, { ...done, places, gates: before === undefined ? gates : onBoth(before.gates, gates) });
  }
  return [...reached.values()].map((one) => whole(one, wiring)).toSorted((a, b) => (a.what < b.what ? -1 : 1));
}

/** What lets everything through, to one place or to another, is no gate. */
function whole(reach: Reach, { labels, names }: Wiring): Reach {
  const ways = new Map(names.map((name, at) => [name, present(labels[at]).length]));
  return { ...reach, gates: new Map([...reach.gates].filter(([place, on]) => on.length < present(ways.get(place)))) };
}

function doneAt(place: Place): Pick<Reach, "kind" | "what"> | undefined {
  if (place.kind === "exit") return place.emit === undefined ? undefined : { kind: "emit", what: `emit ${place.emit}` };
  const { work } = place;
  switch (work.kind) {
    case "operate":
      return { kind: "operate", what: `${work.operation} on ${work.store}` };
    case "effect":
      return { kind: "call", what: effectText(work) };
    case "task":
      return { kind: "ask", what: `ask: ${work.summary}` };
    case "child":
      return { kind: "start", what: `start ${work.workflow}` };
    case "admit":
    case "transform":
    case "wait":
    case "map":
    case "loop":
      return undefined;
  }
}

/** An endpoint by its method and URL; what any other handler does, by what it is told. */
export function effectText({ capability, configuration, handler, operation }: EffectWork): string {
  if (isObject(configuration)) {
    const { method, url } = configuration;
    if (typeof method === "string" && typeof url === "string") return `${handler} ${method} ${url}`;
  }
  return `${handler} ${operation} of ${capability} with ${canonical(configuration)}`;
}

interface Wiring {
  readonly names: readonly PlaceName[];
  readonly labels: readonly (readonly OutcomeName[])[];
  readonly flow: Flow;
  readonly order: readonly number[];
  readonly back: Flow;
  readonly dominates: ReturnType<typeof dominatorsOf>;
}

function wiringOf(graph: Graph): Wiring {
  const names = Object.keys(graph.places);
  const numbers = new Map(names.map((name, at) => [name, at]));
  const edges = names.map((name) => edgesFrom(present(graph.places[name]), graph, numbers));
  const start = present(numbers.get(graph.start));
  const flow = { start, edges };
  const order = orderOf(flow);
  const back: FlowEdge[][] = names.map(() => []);
  for (const [from, out] of edges.entries())
    for (const { label, to } of out) present(back[to]).push({ label, to: from });
  const labels = names.map((name) => labelsOf(present(graph.places[name])));
  return { names, labels, flow, order, back: { start, edges: back }, dominates: dominatorsOf(flow, order) };
}

/** How a round is reached: as soon as its map or loop is; no outcome is called so. */
const roundLabel = "@round";

function edgesFrom(place: Place, graph: Graph, numbers: ReadonlyMap<PlaceName, number>): readonly FlowEdge[] {
  if (place.kind === "exit") return [];
  const { edges, missing, undo, work } = place;
  const ways = [...Object.entries(edges), ...(missing === undefined ? [] : [[missingLabel, missing] as const])];
  const led = ways.flatMap(([label, edge]) => targetsOf(graph, place, edge).map((to) => [label, to] as const));
  const undone = undo === undefined ? [] : undo.on.map((label) => [label, undo.place] as const);
  const rounds = work.kind === "map" || work.kind === "loop" ? [[roundLabel, work.body] as const] : [];
  return [...led, ...undone, ...rounds].map(([label, to]) => ({ label, to: present(numbers.get(to)) }));
}

/** What a place can come to, each once. */
const labelsOf = (place: Place): readonly OutcomeName[] =>
  place.kind === "exit" ? [] : [...Object.keys(place.edges), ...(place.missing === undefined ? [] : [missingLabel])];

function gatesOf(at: number, { back, dominates, flow, labels, names, order }: Wiring): Gates {
  const leading = reachableFrom(at, back);
  const gates = new Map<PlaceName, readonly OutcomeName[]>();
  for (const gate of order) {
    if (gate === at || !dominates(gate, at)) continue;
    const leads = present(flow.edges[gate]).filter(({ to }) => leading.has(to));
    const on = [...new Set(leads.map(({ label }) => label))].toSorted();
    if (on.length < present(labels[gate]).length && !on.includes(roundLabel)) gates.set(present(names[gate]), on);
  }
  return gates;
}

/** What may be reached at either of two places is kept only by what keeps both. */
function onBoth(a: Gates, b: Gates): Gates {
  const gates = [...a].flatMap(([place, outcomes]) => {
    const others = b.get(place);
    return others === undefined ? [] : [[place, [...new Set([...outcomes, ...others])].toSorted()] as const];
  });
  return new Map(gates);
}

import type { Bindings } from "../graph/binding.ts";
import { bodiesOf, edgesOf, targetsOf } from "../graph/graph.ts";
import type { CallPlace, ExitPlace, Graph, OutcomeName, PlaceName, ScopeName } from "../graph/graph.ts";
import type { JsonObject } from "../value/json.ts";
import { ownValue, present } from "../value/present.ts";
import { prepare, prepareAll } from "./evaluate.ts";
import type { Evaluate, Sources } from "./evaluate.ts";
import { foldedFrom, lastReadersOf, undoPlaceOf } from "./last-readers.ts";
import { hasSecrets } from "./secrecy.ts";
import type { Step } from "./step.ts";

/**
 * A graph, prepared to be executed: bindings are closures, places know their order, and results know their last reader.
 *
 * Preparing costs once for each graph; a step then costs the same in a graph of ten places and of ten thousand.
 */
export interface Program {
  readonly graph: Graph;
  readonly start: Step;
  readonly steps: ReadonlyMap<PlaceName, Step>;
  /** How scopes are left, by {@link exitKey}. */
  readonly exits: ReadonlyMap<string, PreparedExit>;
  /** The order of the last place that needs the result of a place or a scope, also by way of what a scope returns. */
  readonly lastReaders: ReadonlyMap<string, number>;
  /** Results that stand in a record by value, because they are read again when it is folded. */
  readonly folded: ReadonlySet<string>;
  readonly hasJoins: boolean;
  /** Whether some of what its executions record is sealed. */
  readonly hasSecrets: boolean;
  /** Places to which no edge leads, because they undo what was done at others. */
  readonly undoing: ReadonlySet<PlaceName>;
  /** Whoever tells the story of an execution is told here what was left, and how. The machine does not listen. */
  readonly left?: (left: Left) => void;
}

/** A place that a token left, and the scope where it left that too. */
export interface Left {
  readonly position: string;
  readonly place: PlaceName;
  readonly round: string;
  readonly outcome: OutcomeName;
  readonly isInScope: boolean;
  readonly scope?: ScopeName;
  /** The outcome of the scope. */
  readonly leaves?: OutcomeName;
}

interface PreparedExit {
  readonly scope: ScopeName;
  readonly outcome: OutcomeName;
  readonly outputs: (sources: Sources) => JsonObject;
  /** None: a round ends here. */
  readonly to: readonly PlaceName[];
}

export const exitKey = (scope: ScopeName | undefined, outcome: OutcomeName): string => `${String(scope)}\n${outcome}`;

export function programOf(graph: Graph): Program {
  const steps = new Map<PlaceName, Step>();
  for (const [order, name] of orderOf(graph).entries()) {
    steps.set(name, prepareStep(graph, name, order));
  }
  const hasJoins = addJoins(graph, steps);
  const start = present(steps.get(graph.start));
  const undoing = new Set([...steps.values()].flatMap(({ place }) => undoPlaceOf(place)));
  const lastReaders = lastReadersOf(graph, steps, undoing);
  const folded = foldedFrom(graph, steps);
  const knows = { hasJoins, hasSecrets: hasSecrets(graph) };
  return { graph, start, steps, exits: exitsOf(graph), lastReaders, folded, undoing, ...knows };
}

/** The step at a place. */
export function stepAt(program: Program, name: PlaceName): Step {
  const step = program.steps.get(name);
  if (step === undefined) throw new Error(`impossible: ${program.graph.workflow} has no place ${name}`);
  return step;
}

function prepareStep(graph: Graph, name: PlaceName, order: number): Step {
  const place = placeAt(graph, name);
  const home = homeOf(graph, place);
  if (place.kind === "exit") return { name, place, order, home, values: prepareAll(place.outputs), required: [] };
  const required = place.required.map((input) => prepareInput(place.inputs, input));
  return { name, place, order, home, values: prepareAll(place.inputs), required, when: place.when };
}

function prepareInput(inputs: Bindings, name: string): Evaluate {
  const binding = ownValue(inputs, name);
  return binding === undefined ? () => undefined : prepare(binding);
}

/** A round's scope is called like the map or loop that it belongs to, and is only left to go back there. */
function homeOf(graph: Graph, place: CallPlace | ExitPlace): PlaceName | undefined {
  if (place.kind === "exit" || place.scope === undefined) return undefined;
  const exits = Object.values(present(ownValue(graph.scopes, place.scope)).exits);
  return exits.some((exit) => "back" in exit) ? place.scope : undefined;
}

const exitsOf = (graph: Graph): ReadonlyMap<string, PreparedExit> =>
  new Map(
    Object.entries(graph.scopes).flatMap(([scope, { exits }]) =>
      Object.entries(exits).map(([name, exit]) => {
        const { outcome = name } = exit;
        const to = "back" in exit ? [] : [exit.to, ...(exit.also ?? [])];
        return [exitKey(scope, name), { scope, outcome, outputs: prepareAll(exit.outputs), to }] as const;
      }),
    ),
  );

function placeAt(graph: Graph, name: PlaceName): CallPlace | ExitPlace {
  const place = ownValue(graph.places, name);
  if (place === undefined) throw new Error(`impossible: ${graph.workflow} has no place ${name}`);
  return place;
}

/** Places in topological order from the start. Iterative, because graphs are longer than stacks. */
function orderOf(graph: Graph): readonly PlaceName[] {
  const reverse: PlaceName[] = [];
  const seen = new Set<PlaceName>([graph.start]);
  const stack = [{ name: graph.start, targets: nextOf(graph, graph.start) }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const next = top.targets.pop();
    if (next === undefined) {
      reverse.push(top.name);
      stack.pop();
    } else if (!seen.has(next)) {
      seen.add(next);
      stack.push({ name: next, targets: nextOf(graph, next) });
    }
  }
  return reverse.toReversed();
}

function nextOf(graph: Graph, name: PlaceName): PlaceName[] {
  const place = placeAt(graph, name);
  if (place.kind === "exit") return [];
  return [...edgesOf(place).flatMap((edge) => targetsOf(graph, place, edge)), ...bodiesOf(place)];
}

/** From last to first, each place is reached from whatever leads to it, and from whatever that is reached from. */
function addJoins(graph: Graph, steps: Map<PlaceName, Step>): boolean {
  const joins = [...steps.values()].filter(({ place }) => place.join !== undefined);
  if (joins.length === 0) return false;
  const before = new Map<PlaceName, PlaceName[]>();
  for (const name of steps.keys()) {
    for (const next of nextOf(graph, name)) before.set(next, [...(before.get(next) ?? []), name]);
  }
  for (const join of joins) {
    const comesFrom = new Set<PlaceName>();
    const open = [join.name];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const name of before.get(at) ?? []) {
        if (comesFrom.has(name)) continue;
        comesFrom.add(name);
        open.push(name);
      }
    }
    steps.set(join.name, { ...join, comesFrom });
  }
  return true;
}

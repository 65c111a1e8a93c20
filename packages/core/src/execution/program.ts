import type { Bindings } from "../graph/binding.ts";
import { edgesOf, exitBy, targetsOf } from "../graph/graph.ts";
import type { CallPlace, ExitPlace, Graph, OutcomeName, PlaceName, ScopeName, When } from "../graph/graph.ts";
import type { JsonObject } from "../value/json.ts";
import { ownValue, present } from "../value/present.ts";
import { prepare, prepareAll, resultsReadBy } from "./evaluate.ts";
import type { Evaluate, Sources } from "./evaluate.ts";

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
}

export interface Step {
  readonly name: PlaceName;
  readonly place: CallPlace | ExitPlace;
  /** Topological: an edge always leads to a greater one. */
  readonly order: number;
  /** The inputs of a call, the outputs of an exit. */
  readonly values: (sources: Sources) => JsonObject;
  /** The inputs without which the work cannot be asked for. */
  readonly required: readonly Evaluate[];
  /** Present where a field of the answer decides. */
  readonly when?: When | undefined;
}

export interface PreparedExit {
  readonly scope: ScopeName;
  readonly outputs: (sources: Sources) => JsonObject;
  readonly to: PlaceName;
}

export const exitKey = (scope: ScopeName | undefined, outcome: OutcomeName): string => `${String(scope)}\n${outcome}`;

export function programOf(graph: Graph): Program {
  const steps = new Map<PlaceName, Step>();
  for (const [order, name] of orderOf(graph).entries()) {
    const place = placeAt(graph, name);
    steps.set(name, prepareStep(name, place, order));
  }
  const start = present(steps.get(graph.start));
  return { graph, start, steps, exits: exitsOf(graph), lastReaders: lastReadersOf(graph, steps) };
}

export function stepAt(program: Program, name: PlaceName): Step {
  const step = program.steps.get(name);
  if (step === undefined) throw new Error(`impossible: ${program.graph.workflow} has no place ${name}`);
  return step;
}

function prepareStep(name: PlaceName, place: CallPlace | ExitPlace, order: number): Step {
  if (place.kind === "exit") return { name, place, order, values: prepareAll(place.outputs), required: [] };
  const required = place.required.map((input) => prepareInput(place.inputs, input));
  return { name, place, order, values: prepareAll(place.inputs), required, when: place.when };
}

function prepareInput(inputs: Bindings, name: string): Evaluate {
  const binding = ownValue(inputs, name);
  return binding === undefined ? () => undefined : prepare(binding);
}

const exitsOf = (graph: Graph): ReadonlyMap<string, PreparedExit> =>
  new Map(
    Object.entries(graph.scopes).flatMap(([scope, { exits }]) =>
      Object.entries(exits).map(([outcome, exit]) => {
        if ("back" in exit) throw new Error("impossible: no graph has rounds yet");
        return [exitKey(scope, outcome), { scope, outputs: prepareAll(exit.outputs), to: exit.to }] as const;
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
  const stack = [{ name: graph.start, targets: targetsAt(graph, graph.start) }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const next = top.targets.pop();
    if (next === undefined) {
      reverse.push(top.name);
      stack.pop();
    } else if (!seen.has(next)) {
      seen.add(next);
      stack.push({ name: next, targets: targetsAt(graph, next) });
    }
  }
  return reverse.toReversed();
}

function targetsAt(graph: Graph, name: PlaceName): PlaceName[] {
  const place = placeAt(graph, name);
  return place.kind === "exit" ? [] : edgesOf(place).flatMap((edge) => targetsOf(graph, place, edge));
}

/** What a scope returns is computed again from the log, so whatever it reads must outlive what reads it. */
function lastReadersOf(graph: Graph, steps: ReadonlyMap<PlaceName, Step>): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  const read = (bindings: Bindings, order: number): void => {
    for (const of of Object.values(bindings).flatMap(resultsReadBy)) last.set(of, Math.max(last.get(of) ?? -1, order));
  };
  for (const { place, order } of steps.values()) {
    read(place.kind === "exit" ? place.outputs : place.inputs, order);
    if (place.kind === "exit") continue;
    for (const edge of edgesOf(place)) {
      const exit = exitBy(graph, place, edge);
      if (exit !== undefined) read(exit.outputs, order);
    }
  }
  // A scope is left before anything reads what it returned: from the last scope to the first, one pass is enough.
  for (const name of scopesIn(steps).toReversed()) {
    const order = last.get(name);
    if (order === undefined) continue;
    for (const { outputs } of Object.values(present(ownValue(graph.scopes, name)).exits)) read(outputs, order);
  }
  return last;
}

/** In the order in which they are entered, which is that of the steps. */
const scopesIn = (steps: ReadonlyMap<PlaceName, Step>): readonly ScopeName[] => [
  ...new Set(
    [...steps.values()].flatMap(({ place }) =>
      place.kind === "exit" || place.scope === undefined ? [] : [place.scope],
    ),
  ),
];

import type { Bindings } from "../graph/binding.ts";
import { edgesOf, exitBy } from "../graph/graph.ts";
import type { Graph, PlaceName } from "../graph/graph.ts";
import { ownValue, present } from "../value/present.ts";
import { resultsReadBy } from "./evaluate.ts";
import { callOf } from "./step.ts";
import type { Step } from "./step.ts";

type Steps = ReadonlyMap<PlaceName, Step>;

/**
 * The order of the last place that needs each result; more than any where a result lives as long as its round.
 *
 * What a scope returns is computed again from the log, so whatever it reads must outlive what reads it.
 */
export function lastReadersOf(
  graph: Graph,
  steps: Steps,
  undoing: ReadonlySet<PlaceName>,
): ReadonlyMap<string, number> {
  const homes = homesOf(steps);
  const last = new Map<string, number>();
  const atLeast = (of: string, order: number): void => void last.set(of, Math.max(last.get(of) ?? -1, order));
  const read = (bindings: Bindings, reader: PlaceName): void => {
    for (const of of readIn(bindings)) atLeast(of, present(steps.get(readerOf(of, reader, homes))).order);
  };
  for (const { name, place } of steps.values()) {
    if (undoing.has(name)) continue;
    read(place.kind === "exit" ? place.outputs : place.inputs, name);
    if (place.kind === "exit") continue;
    // What undoes a place is told what was known when the place was done.
    for (const undo of undoPlaceOf(place)) read(callOf(present(steps.get(undo))).inputs, name);
    for (const edge of edgesOf(place)) {
      const exit = exitBy(graph, place, edge);
      if (exit === undefined) continue;
      read(exit.outputs, name);
      if (!("back" in exit)) continue;
      // A round is over at once, so what it returns is computed from what stands in the log.
      for (const of of readIn(exit.outputs)) if (homes.get(of) === place.scope) atLeast(of, Number.POSITIVE_INFINITY);
    }
  }
  // A scope is left before anything reads what it returned: from the last scope to the first, one pass is enough.
  for (const scope of scopesIn(steps).toReversed()) {
    const order = last.get(scope);
    if (order === undefined || steps.has(scope)) continue;
    for (const { outputs } of Object.values(present(ownValue(graph.scopes, scope)).exits)) {
      for (const of of readIn(outputs)) atLeast(of, order);
    }
  }
  return last;
}

const readIn = (bindings: Bindings): readonly string[] => Object.values(bindings).flatMap(resultsReadBy);

export const undoPlaceOf = (place: Step["place"]): readonly PlaceName[] =>
  place.kind === "exit" || place.undo === undefined ? [] : [place.undo.place];

type Homes = ReadonlyMap<string, PlaceName | undefined>;

/** In whose rounds a place or a scope has its result. What a map or loop returns stands where the map or loop does. */
function homesOf(steps: Steps): Homes {
  const scopes = [...steps.values()].flatMap(({ home, place }) =>
    place.kind === "exit" || place.scope === undefined ? [] : [[place.scope, home] as const],
  );
  const places = [...steps.values()].map(({ home, name }) => [name, home] as const);
  return new Map([...scopes, ...places]);
}

/** Whoever reads from inside a round what stands outside of it reads for as long as the map or loop goes on. */
function readerOf(of: string, reader: PlaceName, homes: Homes): PlaceName {
  const home = homes.get(of);
  let at: PlaceName | undefined = reader;
  while (at !== undefined && homes.get(at) !== home) at = homes.get(at);
  return present(at);
}

/** In the order in which they are entered, which is that of the steps. */
const scopesIn = (steps: Steps): readonly string[] => [
  ...new Set(
    [...steps.values()].flatMap(({ place }) =>
      place.kind === "exit" || place.scope === undefined ? [] : [place.scope],
    ),
  ),
];

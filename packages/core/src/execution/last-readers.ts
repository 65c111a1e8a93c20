import type { Bindings } from "../graph/binding.ts";
import { edgesOf, exitBy } from "../graph/graph.ts";
import type { Graph, PlaceName } from "../graph/graph.ts";
import { ownValue, present } from "../value/present.ts";
import { resultsReadBy } from "./evaluate.ts";
import { callOf } from "./step.ts";
import type { Step } from "./step.ts";

type Steps = ReadonlyMap<PlaceName, Step>;

/**
 * The order of the last place that needs each result.
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
    for (const edge of edgesOf(place)) read(exitBy(graph, place, edge)?.outputs ?? {}, name);
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

/**
 * What is read when a log is folded, and not by a decision: what maps and loops go through, and what their rounds return.
 * All of it may begin and end within one record, so it stands there by value although nobody reads it any more.
 */
export function foldedFrom(graph: Graph, steps: Steps): ReadonlySet<string> {
  const folded = new Set<string>();
  for (const { place } of steps.values()) {
    if (place.kind === "exit") continue;
    if (place.work.kind === "map" || place.work.kind === "loop") for (const of of readIn(place.inputs)) folded.add(of);
    for (const edge of edgesOf(place)) {
      const exit = exitBy(graph, place, edge);
      if (exit !== undefined && "back" in exit) for (const of of readIn(exit.outputs)) folded.add(of);
    }
  }
  // A set that grows is gone through to its end: what a scope returns is folded from what it reads.
  for (const of of folded) {
    for (const { outputs } of Object.values(ownValue(graph.scopes, of)?.exits ?? {})) {
      for (const read of readIn(outputs)) folded.add(read);
    }
  }
  return folded;
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

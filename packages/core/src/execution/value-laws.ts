import type { Bindings } from "../graph/binding.ts";
import type { Graph } from "../graph/graph.ts";
import { edgesOf, exitBy } from "../graph/graph.ts";
import { ownValue } from "../value/present.ts";
import { resultsReadBy } from "./evaluate.ts";
import type { ExecutionEvent, PassedStep } from "./events.ts";
import { callAt, saidBy } from "./law.ts";
import type { Law } from "./law.ts";
import { placeOf } from "./position.ts";

/** What a log must say in full. */
export const valueLaws: readonly Law[] = [
  {
    name: "a step says SUCCESS only with the value that means it",
    holds: (log, graph) =>
      log.every((event) => event.type !== "Passed" || event.steps.every((step) => meansWhatItSays(graph, step))),
  },
  { name: "a value that is read after its record stands there, and not its digest", holds: readValuesStand },
];

function meansWhatItSays(graph: Graph, { outcome, place, value }: PassedStep): boolean {
  const when = callAt(graph, place)?.when;
  return when === undefined || outcome !== "SUCCESS" || value === undefined || saidBy(when, value) === "SUCCESS";
}

function readValuesStand(log: readonly ExecutionEvent[], graph: Graph): boolean {
  const digested = new Set<string>();
  const reads = new Map<string, ReadonlySet<string>>();
  return log.every((event) => {
    for (const position of placesIn(event)) {
      const place = placeOf(position);
      const read = reads.get(place) ?? readsAt(graph, place);
      reads.set(place, read);
      // What is read in the record that holds it was read before the value was let go.
      if ([...digested].some((of) => read.has(placeOf(of)) && sharesRounds(of, position))) return false;
    }
    if (event.type === "Passed")
      for (const { digest, place } of event.steps) if (digest !== undefined) digested.add(place);
    return true;
  });
}

/** Whether one stands in the round of the other, or around it; results of other rounds are strangers. */
function sharesRounds(one: string, other: string): boolean {
  const [a, b] = [roundsIn(one), roundsIn(other)];
  return a.every((index, at) => at >= b.length || b[at] === index);
}

const roundsIn = (position: string): readonly string[] =>
  [...position.matchAll(/\[(\d+)\]/g)].map(([, index = ""]) => index);

function placesIn(event: ExecutionEvent): readonly string[] {
  if (event.type === "Passed") return event.steps.map(({ place }) => place);
  if (event.type === "Completed") return [event.exit];
  // Evidence that comes late reads nothing.
  return "place" in event && event.type !== "LateAnswer" ? [event.place] : [];
}

/** Whatever a place reads, what the exits of its scope return when it leaves, and what made the scopes that it reads. */
function readsAt(graph: Graph, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open: string[] = [];
  const read = (bindings: Bindings): void => void open.push(...Object.values(bindings).flatMap(resultsReadBy));
  const place = ownValue(graph.places, name);
  if (place?.kind === "exit") read(place.outputs);
  if (place?.kind === "call") {
    read(place.inputs);
    for (const edge of edgesOf(place)) read(exitBy(graph, place, edge)?.outputs ?? {});
    const undoing = place.undo === undefined ? undefined : callAt(graph, place.undo.place);
    read(undoing?.inputs ?? {});
  }
  for (let of = open.pop(); of !== undefined; of = open.pop()) {
    if (found.has(of)) continue;
    found.add(of);
    // What a round returns is taken when it is over, wherever it is read.
    for (const exit of Object.values(ownValue(graph.scopes, of)?.exits ?? {}))
      if (!("back" in exit)) read(exit.outputs);
  }
  return found;
}

import type { Graph } from "../graph/graph.ts";
import type { ExecutionEvent } from "./events.ts";
import { callAt, saidBy, undoingPlaces } from "./law.ts";
import type { Law } from "./law.ts";
import { placeOf } from "./position.ts";

/** What becomes of what was done, where the end says that it shall not have been. */
export const undoLaws: readonly Law[] = [
  { name: "what was done is undone from the last to the first, and nothing else is", holds: undoesInOrder },
  { name: "an execution that undoes does not end before all is undone", holds: undoesAll },
];

function undoesInOrder(log: readonly ExecutionEvent[], graph: Graph): boolean {
  const undoes = undoingPlaces(graph);
  const done: string[] = [];
  return log.every((event) => {
    if (!("place" in event) || event.type === "LateAnswer") return true;
    if (undoes.has(placeOf(event.place))) {
      const isNext = done.at(-1) === event.place;
      if (outcomeOf(graph, event) !== undefined) done.pop();
      return isNext;
    }
    done.push(...undoneBy(graph, event));
    return true;
  });
}

function undoesAll(log: readonly ExecutionEvent[], graph: Graph): boolean {
  const undoes = undoingPlaces(graph);
  const last = log.at(-1);
  const open = log.reduce((count, event) => {
    if (!("place" in event) || event.type === "LateAnswer") return count;
    if (undoes.has(placeOf(event.place))) return outcomeOf(graph, event) === undefined ? count : count - 1;
    return count + undoneBy(graph, event).length;
  }, 0);
  if (last?.type === "Cancelled") return open === 0;
  if (last?.type !== "Completed") return true;
  const exit = graph.places[last.exit];
  return exit?.kind !== "exit" || exit.undoes !== true || open === 0;
}

/** The position that will undo what a fact says was done, if any. */
function undoneBy(graph: Graph, event: ExecutionEvent & { readonly place: string }): readonly string[] {
  const undo = callAt(graph, event.place)?.undo;
  if (undo?.on.includes(outcomeOf(graph, event) ?? "") !== true) return [];
  // Both stand side by side: they differ in what follows the last slash of the shorter one.
  return [`${event.place}${undo.place.slice(placeOf(event.place).length)}`];
}

function outcomeOf(graph: Graph, event: ExecutionEvent): string | undefined {
  if (event.type === "IncidentResolved") return event.resolution.kind === "done" ? event.resolution.outcome : undefined;
  if (event.type !== "Settled") return undefined;
  const when = callAt(graph, event.place)?.when;
  return when === undefined || event.outcome !== "SUCCESS" ? event.outcome : saidBy(when, event.value);
}

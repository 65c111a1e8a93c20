import type { Graph } from "../graph/graph.ts";
import type { ExecutionEvent } from "./events.ts";
import { endsAttempt, undoingPlaces } from "./law.ts";
import type { Law } from "./law.ts";
import { placeOf } from "./position.ts";
import { cancelTimer } from "./state.ts";

/** What holds an execution up, and what ends it before its exit. */
export const stopLaws: readonly Law[] = [
  { name: "nothing goes on past an incident until it is resolved", holds: incidentsHold },
  { name: "only an open incident is resolved, at its place", holds: resolvesWhatIsOpen },
  { name: "an execution is not cancelled while an effect may have happened", holds: cancelWaits },
  { name: "nothing new starts after a cancellation was asked for", holds: cancelStartsNothing },
  { name: "a cancellation waits until its deadline", holds: deadlineIsKept },
  {
    name: "an execution is cancelled only where someone asked for it",
    holds: (log) =>
      log.every(
        (event, index) =>
          event.type !== "Cancelled" ||
          log.slice(0, index).some((before) => before.type === "CancelRequested" && before.reason === event.reason),
      ),
  },
];

const mayHappenThere: ReadonlySet<ExecutionEvent["type"]> = new Set(["LateAnswer", "IncidentResolved"]);

/** Elsewhere others go on; the execution does not come to its exit. */
function incidentsHold(log: readonly ExecutionEvent[]): boolean {
  const open = new Set<string>();
  return log.every((event) => {
    if (event.type === "Completed" && open.size > 0) return false;
    if (positionsIn(event).some((position) => open.has(position)) && !mayHappenThere.has(event.type)) return false;
    if (event.type === "IncidentOpened") open.add(event.place);
    if (event.type === "IncidentResolved") open.delete(event.place);
    return true;
  });
}

function positionsIn(event: ExecutionEvent): readonly string[] {
  if (event.type === "Passed") return event.steps.map(({ place }) => place);
  return "place" in event ? [event.place] : [];
}

function resolvesWhatIsOpen(log: readonly ExecutionEvent[]): boolean {
  const open = new Set<string>();
  return log.every((event) => {
    if (event.type === "IncidentOpened") open.add(event.place);
    return event.type !== "IncidentResolved" || open.delete(event.place);
  });
}

function cancelWaits(log: readonly ExecutionEvent[]): boolean {
  const inFlight = new Map<string, number>();
  const unknown = new Set<string>();
  return log.every((event) => {
    if (event.type === "IncidentOpened") {
      inFlight.delete(event.place);
      if (event.code === "OUTCOME_UNKNOWN") unknown.add(event.place);
    }
    if (event.type === "IncidentResolved") unknown.delete(event.place);
    if (event.type === "AttemptStarted") inFlight.set(event.place, event.attempt);
    // An answer with an outcome that nobody knows is kept as a late one: the effect is known to have happened.
    const ends = endsAttempt(event) || event.type === "LateAnswer";
    if (ends && inFlight.get(event.place) === event.attempt) inFlight.delete(event.place);
    return event.type !== "Cancelled" || (inFlight.size === 0 && unknown.size === 0);
  });
}

const startsSomething: ReadonlySet<ExecutionEvent["type"]> = new Set([
  "Passed",
  "AttemptStarted",
  "Completed",
  "CancelRequested",
]);

const isNew = (event: ExecutionEvent): boolean =>
  startsSomething.has(event.type) || (event.type === "AttemptFailed" && event.retryAtMs !== undefined);

function cancelStartsNothing(log: readonly ExecutionEvent[], graph: Graph): boolean {
  const from = log.findIndex(({ type }) => type === "CancelRequested");
  if (from < 0) return true;
  const undoes = undoingPlaces(graph);
  const rest = log.slice(from + 1).filter((event) => !positionsIn(event).some((at) => undoes.has(placeOf(at))));
  const ended = rest.filter(endsAttempt).map(({ place }) => place);
  return !rest.some(isNew) && new Set(ended).size === ended.length;
}

function deadlineIsKept(log: readonly ExecutionEvent[]): boolean {
  let deadlineMs: number | undefined;
  return log.every((event) => {
    if (event.type === "CancelRequested") ({ deadlineMs } = event);
    if (event.type !== "TimerFired" || event.place !== cancelTimer) return true;
    return deadlineMs !== undefined && event.atMs >= deadlineMs;
  });
}

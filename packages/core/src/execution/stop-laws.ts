import type { ExecutionEvent } from "./events.ts";
import { endsAttempt } from "./law.ts";
import type { Law } from "./law.ts";
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

const mayHappenMeanwhile: ReadonlySet<ExecutionEvent["type"]> = new Set([
  "LateAnswer",
  "CancelRequested",
  "IncidentResolved",
  "Cancelled",
]);

function incidentsHold(log: readonly ExecutionEvent[]): boolean {
  let isOpen = false;
  return log.every((event) => {
    if (isOpen && !mayHappenMeanwhile.has(event.type)) return false;
    if (event.type === "IncidentOpened") isOpen = true;
    if (event.type === "IncidentResolved") isOpen = false;
    return true;
  });
}

function resolvesWhatIsOpen(log: readonly ExecutionEvent[]): boolean {
  let open: string | undefined;
  return log.every((event) => {
    if (event.type === "IncidentOpened") open = event.place;
    if (event.type !== "IncidentResolved") return true;
    const matches = open === event.place;
    open = undefined;
    return matches;
  });
}

function cancelWaits(log: readonly ExecutionEvent[]): boolean {
  let inFlight: string | undefined;
  let isUnknown = false;
  return log.every((event) => {
    if (event.type === "IncidentOpened") isUnknown = event.code === "OUTCOME_UNKNOWN";
    if (event.type === "IncidentResolved") isUnknown = false;
    if (event.type === "AttemptStarted") inFlight = attemptOf(event);
    // An answer with an outcome that nobody knows is kept as a late one: the effect is known to have happened.
    if ((endsAttempt(event) || event.type === "LateAnswer") && attemptOf(event) === inFlight) inFlight = undefined;
    if (event.type === "IncidentOpened") inFlight = undefined;
    return event.type !== "Cancelled" || (inFlight === undefined && !isUnknown);
  });
}

const attemptOf = ({ attempt, place }: { readonly attempt: number; readonly place: string }): string =>
  `${place} ${String(attempt)}`;

const startsSomething: ReadonlySet<ExecutionEvent["type"]> = new Set([
  "Passed",
  "AttemptStarted",
  "Completed",
  "CancelRequested",
]);

const isNew = (event: ExecutionEvent): boolean =>
  startsSomething.has(event.type) || (event.type === "AttemptFailed" && event.retryAtMs !== undefined);

function cancelStartsNothing(log: readonly ExecutionEvent[]): boolean {
  const from = log.findIndex(({ type }) => type === "CancelRequested");
  if (from < 0) return true;
  const rest = log.slice(from + 1);
  return !rest.some(isNew) && rest.filter(endsAttempt).length <= 1;
}

function deadlineIsKept(log: readonly ExecutionEvent[]): boolean {
  let deadlineMs: number | undefined;
  return log.every((event) => {
    if (event.type === "CancelRequested") ({ deadlineMs } = event);
    if (event.type !== "TimerFired" || event.place !== cancelTimer) return true;
    return deadlineMs !== undefined && event.atMs >= deadlineMs;
  });
}

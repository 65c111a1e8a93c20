import type { EffectWork, Graph } from "../graph/graph.ts";
import { limits } from "../value/limits.ts";
import type { ExecutionEvent } from "./events.ts";
import { effectAt, endsAttempt, isOnce, leadsFrom, perPlace } from "./law.ts";
import type { Law } from "./law.ts";

/** How often, in which order and after which word something is tried. */
export const attemptLaws: readonly Law[] = [
  { name: "attempts at a place only grow, and each ends at most once", holds: attemptsGrow },
  { name: "work that may not be repeated ends only what was begun on the record", holds: onceEndsWhatBegan },
  { name: "work that may not be repeated is begun again only after a no or a person's word", holds: onceIsOnce },
  { name: "an answer that came late is never routed", holds: lateIsEvidence },
  { name: "a retry waits until its time", holds: retriesWait },
  { name: "a retry is one of those declared, after the time declared", holds: retriesAreDeclared },
  { name: "an effect that takes the process with it stops after five times", holds: poisonStops },
  { name: "silence about work that may not be repeated opens an incident", holds: silenceStops },
  { name: "what failed for good leaves by FAILED, or someone is asked", holds: failureIsHeard },
];

function attemptsGrow(log: readonly ExecutionEvent[]): boolean {
  const begun = perPlace(0);
  const ended = perPlace(0);
  return log.every((event) => {
    if (event.type === "AttemptStarted") {
      const grows = event.attempt > Math.max(begun.get(event.place), ended.get(event.place));
      begun.set(event.place, event.attempt);
      return grows;
    }
    if (!endsAttempt(event)) return true;
    const grows = event.attempt > ended.get(event.place) && event.attempt >= begun.get(event.place);
    ended.set(event.place, event.attempt);
    return grows;
  });
}

function onceEndsWhatBegan(log: readonly ExecutionEvent[], graph: Graph): boolean {
  const begun = perPlace(0);
  return log.every((event) => {
    if (event.type === "AttemptStarted") begun.set(event.place, event.attempt);
    return !endsAttempt(event) || !isOnce(graph, event.place) || begun.get(event.place) === event.attempt;
  });
}

function onceIsOnce(log: readonly ExecutionEvent[], graph: Graph): boolean {
  const mayBegin = perPlace(true);
  return log.every((event) => {
    if (event.type === "AttemptFailed") mayBegin.set(event.place, event.certainty === "not-done");
    if (event.type === "IncidentResolved") mayBegin.set(event.place, event.resolution.kind !== "done");
    if (event.type !== "AttemptStarted") return true;
    const allowed = mayBegin.get(event.place) && isOnce(graph, event.place);
    mayBegin.set(event.place, false);
    return allowed;
  });
}

function lateIsEvidence(log: readonly ExecutionEvent[]): boolean {
  const late = new Set<string>();
  return log.every((event) => {
    if (event.type === "LateAnswer") late.add(`${event.place} ${String(event.attempt)}`);
    return !endsAttempt(event) || !late.has(`${event.place} ${String(event.attempt)}`);
  });
}

function retriesWait(log: readonly ExecutionEvent[]): boolean {
  const dueMs = perPlace<number | undefined>(undefined);
  return log.every((event) => {
    if (!("place" in event) || event.type === "LateAnswer") return true;
    const due = dueMs.get(event.place);
    dueMs.set(event.place, event.type === "AttemptFailed" ? event.retryAtMs : undefined);
    return due === undefined || (event.type === "TimerFired" && event.atMs >= due);
  });
}

function retriesAreDeclared(log: readonly ExecutionEvent[], graph: Graph): boolean {
  const failures = perPlace(0);
  return log.every((event) => {
    if (event.type === "IncidentResolved") {
      failures.set(event.place, event.resolution.kind === "retry" ? 0 : failures.get(event.place) + 1);
    }
    if (event.type !== "AttemptFailed") return true;
    const before = failures.get(event.place);
    failures.set(event.place, before + 1);
    if (event.retryAtMs === undefined) return true;
    const retry = effectAt(graph, event.place)?.retry;
    if (retry === undefined || before + 1 >= retry.attemptsMax) return false;
    return event.retryAtMs - event.atMs === waitMs(retry, before);
  });
}

/** Counted step by step, so that it is not the formula that it judges. */
function waitMs({ backoffMaxMs, backoffMs, factor }: EffectWork["retry"], failures: number): number {
  let wait = backoffMs;
  for (let count = 0; count < failures; count += 1) wait *= factor;
  return Math.min(backoffMaxMs, Math.round(wait));
}

function poisonStops(log: readonly ExecutionEvent[]): boolean {
  const lost = perPlace(0);
  return log.every((event, index) => {
    if (event.type === "AttemptFailed" || event.type === "IncidentResolved") lost.set(event.place, 0);
    if (event.type !== "AttemptLost") return true;
    const count = lost.get(event.place) + 1;
    lost.set(event.place, count);
    return count < limits.attemptsLostMax || isStopped(log, index);
  });
}

/** Someone is asked next, or nobody wants it any more. */
function isStopped(log: readonly ExecutionEvent[], index: number): boolean {
  const next = log[index + 1];
  if (next === undefined || next.type === "IncidentOpened") return true;
  return log.slice(0, index).some(({ type }) => type === "CancelRequested");
}

function silenceStops(log: readonly ExecutionEvent[], graph: Graph): boolean {
  return log.every((event, index) => {
    const isSilence = event.type === "AttemptLost" || (event.type === "AttemptFailed" && event.certainty === "unknown");
    if (!isSilence || !isOnce(graph, event.place)) return true;
    const next = log[index + 1];
    return next === undefined || (next.type === "IncidentOpened" && next.code === "OUTCOME_UNKNOWN");
  });
}

function failureIsHeard(log: readonly ExecutionEvent[], graph: Graph): boolean {
  return log.every((event, index) => {
    if (event.type !== "AttemptFailed" || event.retryAtMs !== undefined) return true;
    return leadsFrom(graph, event.place, "FAILED") || isStopped(log, index);
  });
}

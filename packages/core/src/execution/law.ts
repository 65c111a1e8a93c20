import type { CallPlace, EffectWork, Graph, When } from "../graph/graph.ts";
import { isObject } from "../value/json.ts";
import type { Json } from "../value/json.ts";
import { ownValue } from "../value/present.ts";
import type { ExecutionEvent } from "./events.ts";
import { placeOf } from "./position.ts";

/** Something that is true of every log, and of every beginning of one, in one sentence. */
export interface Law {
  readonly name: string;
  readonly holds: (log: readonly ExecutionEvent[], graph: Graph) => boolean;
}

/** The call at a position, whichever round it is in. */
export function callAt(graph: Graph, position: string): CallPlace | undefined {
  const found = ownValue(graph.places, placeOf(position));
  return found?.kind === "call" ? found : undefined;
}

export function effectAt(graph: Graph, place: string): EffectWork | undefined {
  const work = callAt(graph, place)?.work;
  return work?.kind === "effect" ? work : undefined;
}

/** An effect whose loss could not be told from its success. */
export const isOnce = (graph: Graph, place: string): boolean => effectAt(graph, place)?.idempotent === false;

export const leadsFrom = (graph: Graph, place: string, outcome: string): boolean =>
  Object.hasOwn(callAt(graph, place)?.edges ?? {}, outcome);

/** Which outcome the field that decides says; nothing that has an edge where it says nothing. */
export function saidBy({ outcomes, path }: When, value: Json): string {
  const found = path.reduce<Json | undefined>((at, name) => (isObject(at) ? ownValue(at, name) : undefined), value);
  return ownValue(outcomes, JSON.stringify(found ?? null)) ?? "";
}

/** What is remembered of each place while a log is read; it starts with the same for all. */
export function perPlace<T>(initial: T): { get(place: string): T; set(place: string, value: T): void } {
  const known = new Map<string, T>();
  return { get: (place) => known.get(place) ?? initial, set: (place, value) => void known.set(place, value) };
}

/** An answer that ended an attempt, whatever it said. */
export const endsAttempt = (
  event: ExecutionEvent,
): event is Extract<ExecutionEvent, { readonly type: "Settled" | "AttemptFailed" | "AttemptLost" }> =>
  event.type === "Settled" || event.type === "AttemptFailed" || event.type === "AttemptLost";

/** The positions whose work a fact says is over. */
export function settledIn(event: ExecutionEvent): readonly string[] {
  if (event.type === "Passed") return event.steps.map(({ place }) => place);
  if (event.type === "Settled" || event.type === "TaskSettled") return [event.place];
  return event.type === "IncidentResolved" && event.resolution.kind === "done" ? [event.place] : [];
}

/** The places that undo what was done at others. */
export const undoingPlaces = (graph: Graph): ReadonlySet<string> =>
  new Set(
    Object.values(graph.places).flatMap((place) =>
      place.kind === "exit" || place.undo === undefined ? [] : [place.undo.place],
    ),
  );

import { placeOf } from "../../execution/position.ts";
import type { Graph } from "../../graph/graph.ts";
import { isObject, type Json, type JsonObject } from "../../value/json.ts";
import { ownValue } from "../../value/present.ts";
import type { Trace, TraceEntry } from "../trace.ts";

/** A trace, ready to be asked. */
export interface Story {
  readonly entries: readonly TraceEntry[];
  /** What began at each position. */
  readonly starts: ReadonlyMap<string, TraceEntry>;
  /** Absent where the snapshot is not at hand. */
  readonly graph: Graph | undefined;
}

export function storyOf({ entries }: Pick<Trace, "entries">, graph: Graph | undefined): Story {
  const begun = entries.filter(({ kind }) => kind.endsWith("_start") && kind !== "execution_start");
  return { entries, starts: new Map(begun.map((entry) => [text(entry, "node_id"), entry])), graph };
}

type Told = Pick<TraceEntry, "payload">;

/** What an entry says under a name; nothing is an empty text. */
export function text({ payload }: Told, name: string): string {
  const value = payload[name];
  return typeof value === "string" ? value : "";
}

export function objectAt({ payload }: Told, name: string): JsonObject {
  const value = payload[name];
  return value !== undefined && isObject(value) ? value : {};
}

export function objectsAt({ payload }: Told, name: string): readonly JsonObject[] {
  const value = payload[name];
  return Array.isArray(value) ? value.filter((one: Json) => isObject(one)) : [];
}

/** What is done at a position: `transform`, `child`, `task`; empty where the trace does not say. */
export function workAt({ starts }: Story, position: string): Told {
  const start = starts.get(position);
  return { payload: start === undefined ? {} : objectAt(start, "work") };
}

/** Inputs that must have a value, and had none. Nothing where the snapshot is not at hand. */
export function missingAt({ graph, starts }: Story, position: string): readonly string[] {
  const place = graph && ownValue(graph.places, placeOf(position));
  const start = starts.get(position);
  if (place?.kind !== "call" || start === undefined) return [];
  const told = objectAt(start, "inputs");
  return place.required.filter((name) => !Object.hasOwn(told, name));
}

/** What went wrong last at a position. */
export const errorAt = ({ entries }: Story, position: string): TraceEntry | undefined =>
  entries.findLast((entry) => entry.kind === "error" && text(entry, "node_id") === position);

/** How often it was tried at a position and failed. */
export const failuresAt = ({ entries }: Story, position: string): number =>
  entries.filter((entry) => text(entry, "error_type") === "AttemptFailed" && text(entry, "node_id") === position)
    .length;

/** Outcomes that are as they should be, in the published words. */
export const isGood = (status: string): boolean => status === "SUCCESS" || status === "ACK" || status === "completed";

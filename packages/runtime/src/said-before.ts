import { admit, canonical, decodeRecord, opener, placeOf } from "@omnibase/core";
import type { ExecutionEvent } from "@omnibase/core";
import type { ResolveRequest, SettleTaskRequest, SignalRequest } from "@omnibase/spi";
import type { Actor } from "./actor.ts";
import { keyringOf } from "./load.ts";
import type { HostParts } from "./parts.ts";

type IncidentResolved = Extract<ExecutionEvent, { readonly type: "IncidentResolved" }>;

/*
 * Whoever heard no answer asks again, and may be refused for what their own words led to. The log says whether they were
 * heard the first time. It is read only then, so nobody else pays for it.
 */

/** What was said under one id was said once, also where it ended the execution. */
export async function wasSignalled(parts: HostParts, actor: Actor, request: SignalRequest): Promise<boolean> {
  const events = await eventsOf(parts, actor);
  return events.some((event) => event.type === "Signalled" && event.id === request.id);
}

/** At one position stands one task, once. The same word of the same person about it is the same command. */
export async function wasSettled(parts: HostParts, actor: Actor, request: SettleTaskRequest): Promise<boolean> {
  const { by, outcome, place = "", value } = request;
  const asked = actor.pinned.machine.program.graph.places[placeOf(place)];
  if (asked?.kind !== "call" || asked.work.kind !== "task") return false;
  const said = canonical(admit(asked.work.fields, value).payload);
  const events = await eventsOf(parts, actor);
  return events.some(
    (event) =>
      event.type === "TaskSettled" &&
      [event.place, event.by, event.outcome, canonical(event.value)].join("\n") ===
        [place, by, outcome, said].join("\n"),
  );
}

/** The same word of the same person about an incident; where no place was named, about the only one that was open. */
export async function wasResolved(parts: HostParts, actor: Actor, request: ResolveRequest): Promise<boolean> {
  const events = await eventsOf(parts, actor);
  return events.some(
    (event) => isSaidIn(request, event) && (request.place === undefined || event.place === request.place),
  );
}

/** Whether the same was said of an incident before the one that is open now: if that was all they meant, nobody knows. */
export async function wasSaidBefore(
  parts: HostParts,
  actor: Actor,
  request: ResolveRequest,
  open: string,
): Promise<boolean> {
  const events = await eventsOf(parts, actor);
  const opened = events.findLastIndex((event) => event.type === "IncidentOpened" && event.place === open);
  return events.slice(0, Math.max(0, opened)).some((event) => isSaidIn(request, event));
}

const isSaidIn = ({ by, resolution }: ResolveRequest, event: ExecutionEvent): event is IncidentResolved =>
  event.type === "IncidentResolved" && event.by === by && canonical(event.resolution) === canonical(resolution);

/** Nobody can say it again of what was erased. */
async function eventsOf(parts: HostParts, { key, pinned }: Actor): Promise<readonly ExecutionEvent[]> {
  const keyring = await keyringOf(parts, pinned, key);
  if (!keyring.ok) return [];
  const open = keyring.value && opener(pinned.machine.program.graph, keyring.value);
  const records = (await parts.store.read(key)).map((line) => decodeRecord(line));
  return records.map((record) => (open === undefined ? record : open(record)).event);
}

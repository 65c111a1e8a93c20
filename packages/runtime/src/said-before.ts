import { admit, canonical, decodeRecord, placeOf } from "@omnibase/core";
import type { ExecutionEvent } from "@omnibase/core";
import type { ExecutionKey, SettleTaskRequest, SignalRequest, Store } from "@omnibase/spi";
import type { Actor } from "./actor.ts";

/*
 * Whoever heard no answer asks again, and may be refused for what their own words led to. The log says whether they were
 * heard the first time. It is read only then, so nobody else pays for it.
 */

/** What was said under one id was said once, also where it ended the execution. */
export async function wasSignalled(store: Store, request: SignalRequest): Promise<boolean> {
  const events = await eventsOf(store, request);
  return events.some((event) => event.type === "Signalled" && event.id === request.id);
}

/** At one position stands one task, once. The same word of the same person about it is the same command. */
export async function wasSettled(store: Store, { pinned }: Actor, request: SettleTaskRequest): Promise<boolean> {
  const { by, outcome, place = "", value } = request;
  const asked = pinned.machine.program.graph.places[placeOf(place)];
  if (asked?.kind !== "call" || asked.work.kind !== "task") return false;
  const said = canonical(admit(asked.work.fields, value).payload);
  const events = await eventsOf(store, request);
  return events.some(
    (event) =>
      event.type === "TaskSettled" &&
      [event.place, event.by, event.outcome, canonical(event.value)].join("\n") ===
        [place, by, outcome, said].join("\n"),
  );
}

const eventsOf = async (store: Store, { execution, tenant }: ExecutionKey): Promise<readonly ExecutionEvent[]> =>
  (await store.read({ tenant, execution })).map((line) => decodeRecord(line).event);

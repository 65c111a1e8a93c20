import { decodeRecord } from "@omnibase/core";
import type { ExecutionEvent, Resolution } from "@omnibase/core";
import type { ExecutionKey } from "@omnibase/spi";
import type { History, Submitted } from "./history.ts";
import type { Dice } from "./random.ts";
import type { Receiver } from "./receiver-process.ts";

export interface Desk {
  readonly history: History;
  readonly receiver: Receiver;
  readonly dice: Dice;
  /** A log as it stands now. */
  readonly readLog: (key: ExecutionKey) => Promise<readonly string[]>;
}

export interface Word {
  readonly place: string;
  readonly resolution: Resolution;
}

/** What a person says about the incident that is open. They look at the log, and ask the other side what it saw. */
export async function decideIncident(desk: Desk, submitted: Submitted): Promise<Word | undefined> {
  const lines = await desk.readLog(submitted.key);
  const events = lines.map((line) => decodeRecord(line).event);
  const opened = events.findLast((event) => event.type === "IncidentOpened");
  if (opened === undefined || isResolved(events)) return undefined;
  const { code, place } = opened;
  switch (code) {
    case "OUTCOME_UNKNOWN":
      return { place, resolution: await lookedUp(desk, submitted, place) };
    case "POISON_EFFECT":
    case "RETRIES_EXHAUSTED":
      return { place, resolution: { kind: "retry" } };
    default:
      desk.history.complaints.push(`incident: ${submitted.ref} has ${code} at ${place}`);
      return { place, resolution: { kind: "retry" } };
  }
}

const isResolved = (events: readonly ExecutionEvent[]): boolean =>
  events.findLast(({ type }) => type === "IncidentOpened" || type === "IncidentResolved")?.type === "IncidentResolved";

async function lookedUp({ dice, history, receiver }: Desk, { ref }: Submitted, place: string): Promise<Resolution> {
  const calls = await receiver.calls(history.campaign, ref);
  const done = calls.find(({ applied, mark }) => applied && mark === markOf(place));
  if (done !== undefined && dice.chance(0.85)) {
    return { kind: "done", outcome: "SUCCESS", value: { status: 200, body: { receipt: done.receipt ?? "" } } };
  }
  return { kind: done === undefined && dice.chance(0.5) ? "not-done" : "retry" };
}

/** `CC_ONCE/tell` calls as `CC_ONCE`: the workflows say so in a literal input. */
export const markOf = (place: string): string => place.split("/")[0] ?? "";

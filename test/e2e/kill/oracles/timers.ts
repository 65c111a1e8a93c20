import type { DecodedRecord } from "@omnibase/core";
import { markOf } from "../person.ts";
import type { Witnessed } from "./reading-evidence.ts";
import type { Violation } from "./violation.ts";

/** Two processes read one clock, and round it. */
const toleranceMs = 2;

/** Every retry was waited for: the timer fired once, not before its time, and nobody called meanwhile. */
export function timerViolations({ calls, records, submitted: { ref } }: Witnessed): readonly Violation[] {
  const violations: Violation[] = [];
  const say = (detail: string): void => void violations.push({ oracle: "timer", detail: `${ref}: ${detail}` });
  for (const [index, { atMs, event }] of records.entries()) {
    if (event.type !== "AttemptFailed" || event.retryAtMs === undefined) continue;
    const { attempt, place, retryAtMs } = event;
    const fired = firingAfter(records, index, place);
    if (fired === "cancelled") continue;
    if (fired === undefined) say(`the timer of ${place}#${String(attempt)} never fired`);
    else if (fired < retryAtMs)
      say(`the timer of ${place}#${String(attempt)} fired ${String(retryAtMs - fired)} ms early`);
    const hasty = calls.some(
      ({ mark, receivedMs }) =>
        mark === markOf(place) && receivedMs > atMs + toleranceMs && receivedMs < retryAtMs - toleranceMs,
    );
    if (hasty) say(`${place} was called again before its time`);
  }
  const fired = records.filter(({ event }) => event.type === "TimerFired" && event.place.endsWith("/tell")).length;
  const set = records.filter(({ event }) => event.type === "AttemptFailed" && event.retryAtMs !== undefined).length;
  if (fired > set) say(`${String(fired)} timers fired, ${String(set)} were set`);
  return violations;
}

/** When the timer fired that the record at `index` set; nothing else may happen at its place meanwhile. */
function firingAfter(
  records: readonly DecodedRecord[],
  index: number,
  place: string,
): number | "cancelled" | undefined {
  for (const { atMs, event } of records.slice(index + 1)) {
    if (event.type === "TimerFired" && event.place === place) return atMs;
    if (event.type === "Cancelled") return "cancelled";
    if (event.type !== "LateAnswer" && event.type !== "CancelRequested") return undefined;
  }
  return undefined;
}

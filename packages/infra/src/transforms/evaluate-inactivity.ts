import type { Json, PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";

const DAY_MS = 86_400_000;
const thresholdDays = 30;
/** A date that is missing or none counts as so long ago. */
const unknownDays = 999;

/** How many days lie between two days. What day it is must be said: this reads no clock. */
export const evaluateInactivity: PureTransform = ({ last_active_date, current_date, threshold_days }) => {
  const now = dayOf(current_date);
  if (now === undefined) return violation("current_date", "it must be a date like 2026-11-21");
  if (threshold_days !== undefined && typeof threshold_days !== "number") {
    return violation("threshold_days", "it must be a number");
  }
  const last = dayOf(last_active_date);
  const days = last === undefined ? unknownDays : now - last;
  return success({ is_inactive: days >= (threshold_days ?? thresholdDays), days_inactive: days });
};

/** Days since 1970 of the date that a text begins with. */
function dayOf(value: Json | undefined): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})(?:T|$)/.exec(typeof value === "string" ? value : "") ?? [];
  if (year === undefined) return undefined;
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(ms).toISOString().startsWith(`${year}-${String(month)}-${String(day)}`) ? ms / DAY_MS : undefined;
}

import { limits } from "./limits.ts";
import { err, ok, type Result } from "./result.ts";

export interface BadDuration {
  readonly code: "DURATION_INVALID";
}

/** As an editor can say it: what it lets through may still be longer than a duration of ours. */
export const durationPattern: RegExp =
  /^(?!.*[PT]$)P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,3}))?S)?)?$/;

/** ISO 8601 in days, hours, minutes and seconds, in milliseconds. Months and years have no fixed length and are refused. */
export function parseDuration(text: string): Result<number, BadDuration> {
  const parts = durationPattern.exec(text);
  if (parts === null) return err({ code: "DURATION_INVALID" });

  const [, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = parts;
  const wholeSeconds = Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  const ms = wholeSeconds * 1_000 + Number(fraction.padEnd(3, "0"));
  return ms > limits.durationMsMax ? err({ code: "DURATION_INVALID" }) : ok(ms);
}

import { err, ok, parseDuration, type Result } from "@omnibase/core";
import type { Given } from "../program/command.ts";
import type { Refused } from "./report.ts";

const INSTANT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** An instant that an option names, or how long ago it was. Without an offset it is UTC. */
export function instant(given: Given, option: string, nowMs: number): Result<number | undefined, Refused> {
  const text = given.text(option);
  if (text === undefined) return ok(undefined);
  const ago = parseDuration(text);
  if (ago.ok) return ok(nowMs - ago.value);
  const [whole, offset] = INSTANT.exec(text) ?? [];
  const isDay = whole?.includes("T") === false;
  const ms = whole === undefined ? Number.NaN : Date.parse(isDay || offset !== undefined ? whole : `${whole}Z`);
  if (!Number.isNaN(ms)) return ok(ms);
  const message = `--${option} is an instant or a duration: ${option === "until" ? "PT5M" : "PT1H"} is that long ago`;
  return err({ exit: 2, code: "USAGE_INVALID_VALUE", message, hint: "for example 2026-11-21T10:00:00Z, or P1D" });
}

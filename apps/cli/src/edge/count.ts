import { err, ok, type Result } from "@omnibase/core";
import type { Given } from "../program/command.ts";
import type { Refused } from "./report.ts";

/** A number from 1 that an option names, or what holds where it is absent. */
export function count<T extends number | undefined>(
  given: Given,
  option: string,
  absent: T,
): Result<number | T, Refused> {
  const text = given.text(option);
  if (text === undefined) return ok(absent);
  if (/^[1-9]\d{0,14}$/.test(text)) return ok(Number(text));
  return err({ exit: 2, code: "USAGE_INVALID_VALUE", message: `--${option} is a number from 1` });
}

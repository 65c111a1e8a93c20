import { err, limits, ok, parseIdentifier } from "@omnibase/core";
import type { Result } from "@omnibase/core";
import type { DoorLimits } from "./limits.ts";
import type { Refusal } from "./port.ts";
import { refusal } from "./problem.ts";

/** Whoever asks over HTTP and says no name. */
const usualPrincipal = "http";

/**
 * Who asks, for the log: a name, or an actor as `--as` writes it. A token that was given to somebody says it for them, and
 * then nobody else is believed.
 */
export function principalIn(headers: Headers, holder: string | undefined): Result<string, Refusal> {
  const said = headers.get("omnibase-principal") ?? holder ?? usualPrincipal;
  if (holder !== undefined && said !== holder) {
    return err(refusal("PRINCIPAL_REFUSED", "this token is not for whoever Omnibase-Principal names"));
  }
  const isFit = said.length > 0 && said.length <= limits.principalCharsMax && /^[\x20-\x7e]+$/.test(said);
  if (isFit) return ok(said);
  const most = String(limits.principalCharsMax);
  return err(refusal("HEADER_INVALID", `Omnibase-Principal is a line of 1 to ${most} visible ASCII characters`));
}

/** `Idempotency-Key`, whose value may stand in quotes as structured headers have it. */
export function keyIn(headers: Headers): Result<string | undefined, Refusal> {
  const said = headers.get("idempotency-key");
  if (said === null) return ok(undefined);
  return parseIdentifier(/^"(.*)"$/.exec(said)?.[1] ?? said, "idempotency-key");
}

/**
 * RFC 7240: `wait=5` is how many seconds whoever asks has, and `respond-async` alone is none. Preferences that nobody
 * here knows are passed over, as the standard wants it.
 */
export function waitIn(headers: Headers, { waitMsMax }: DoorLimits): Result<number | undefined, Refusal> {
  const said = (headers.get("prefer") ?? "").split(",").map((one) => one.trim().toLowerCase());
  const wait = said.find((one) => one.startsWith("wait="));
  if (wait === undefined) return ok(said.includes("respond-async") ? 0 : undefined);
  const seconds = /^wait=(\d{1,9})$/.exec(wait)?.[1];
  if (seconds === undefined) return err(refusal("HEADER_INVALID", "Prefer: wait is a number of seconds"));
  return ok(Math.min(Number(seconds) * 1_000, waitMsMax));
}

import { createHash, timingSafeEqual } from "node:crypto";
import { err, ok } from "@omnibase/core";
import type { Result } from "@omnibase/core";
import type { Refusal } from "./port.ts";
import { refusal } from "./problem.ts";

/** Who may ask at all. */
export interface Guard {
  /** Those that let in. None: nobody is asked for one. */
  readonly tokens: readonly KnownToken[];
  /** Whether only this machine is meant: then its names are the only ones. */
  readonly loopback: boolean;
}

export interface Token {
  readonly token: string;
  /** As whom its holder speaks. Absent: as whoever they say. */
  readonly principal?: string;
}

interface KnownToken extends Pick<Token, "principal"> {
  /** SHA-256. The token itself is not kept. */
  readonly digest: Uint8Array;
}

export const knownToken = ({ token, ...more }: Token): KnownToken => ({ ...more, digest: digestOf(token) });

const digestOf = (token: string): Uint8Array => createHash("sha256").update(token).digest();

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * A page of somebody else must not reach what listens on this machine: not under a name of its own that it has point here,
 * and not by telling a browser to send something. So on the loopback only the names of the loopback are answered, and a
 * browser's `Origin` is the one that is asked. Nothing ever says that others may read.
 */
export function isMeant(headers: Headers, { loopback }: Guard): Result<undefined, Refusal> {
  const host = headers.get("host") ?? "";
  if (loopback && !LOOPBACK.test(host)) {
    const hint = "ask for localhost or 127.0.0.1";
    return err({ ...refusal("HOST_REFUSED", "this door answers to the names of this machine only"), hint });
  }
  const origin = headers.get("origin");
  // What stands in front may speak TLS.
  if (origin === null || /^https?:\/\/(.+)$/i.exec(origin)?.[1]?.toLowerCase() === host.toLowerCase())
    return ok(undefined);
  return err(refusal("ORIGIN_REFUSED", "a page of another origin may not ask here"));
}

/** Compared by digest, in a time that does not depend on what was sent. */
export function holderIn(headers: Headers, { tokens }: Guard): Result<Pick<Token, "principal">, Refusal> {
  if (tokens.length === 0) return ok({});
  const said = /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (said === undefined) {
    const hint = "send Authorization: Bearer TOKEN";
    return err({ ...refusal("TOKEN_MISSING", "this door asks for a token"), hint });
  }
  const given = digestOf(said);
  const known = tokens.find(({ digest }) => timingSafeEqual(digest, given));
  return known === undefined ? err(refusal("TOKEN_REFUSED", "the token is not one that this door knows")) : ok(known);
}

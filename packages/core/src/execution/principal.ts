import { parseFqdn } from "../artifact/fqdn.ts";

/**
 * Who asks, where they ask as an actor. In a log it is one text, as it was said:
 *
 * `demo::AC_BUYER_V0 buyer_id=B-7 name="Ada Lovelace"`
 *
 * Any other text is a principal, too, and plays nobody.
 */
export interface Player {
  /** The identity of the actor that is played. */
  readonly actor: string;
  /** As they were said. Only the actor's declaration knows of which types they are. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** Under this name the payload tells who sent it. No field is called so. */
export const actorKey = "@actor";

/** A bare value has neither white space nor quotes; in a quoted one, `\"` and `\\` are escapes, and there are no others. */
const ATTRIBUTE = / ([\w-]+)=(?:([^\s"]+)|"((?:[^"\\]|\\["\\])*)")/gy;

/** `undefined`: whoever asks, they do not say as which actor. There is one way to say it, so nothing is read over. */
export function playerOf(principal: string): Player | undefined {
  const [actor = ""] = principal.split(" ", 1);
  if (parseFqdn(actor) === undefined) return undefined;
  const attributes = new Map<string, string>();
  let read = actor.length;
  for (const [whole, name = "", bare, quoted = ""] of principal.slice(read).matchAll(ATTRIBUTE)) {
    if (attributes.has(name)) return undefined;
    attributes.set(name, bare ?? quoted.replaceAll(/\\(.)/g, "$1"));
    read += whole.length;
  }
  return read === principal.length ? { actor, attributes } : undefined;
}

/** Whether a principal is one of these actors. Where no actor is named, everyone is. */
export function isPlayedBy(actors: readonly string[], principal: string): boolean {
  const played = playerOf(principal)?.actor;
  return actors.length === 0 || (played !== undefined && actors.includes(played));
}

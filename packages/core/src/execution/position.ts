import type { PlaceName } from "../graph/graph.ts";
import type { RoundName } from "./state.ts";

/**
 * A place with the indices of the rounds that lead to it: `CC_CHECK[2]/check`. Everything inside an execution is named by
 * its position: requests, effect keys, timers, children, incidents.
 */
export const positionOf = (place: PlaceName, round: RoundName, of: PlaceName): string =>
  round === "" ? place : `${round}${place.slice(of.length)}`;

export const roundName = (position: string, index: number): RoundName => `${position}[${String(index)}]`;

/** The place at a position. Names of places hold no brackets. */
export const placeOf = (position: string): PlaceName =>
  position.includes("[") ? position.replaceAll(/\[\d+\]/g, "") : position;

/** The round that a position stands in; empty at the workflow's own level. */
export const roundOf = (position: string): RoundName => position.slice(0, position.lastIndexOf("]") + 1);

/** The map or loop that a round belongs to, and which of its rounds it is. */
export function ownerOf(round: RoundName): { readonly owner: string; readonly index: number } {
  const open = round.lastIndexOf("[");
  return { owner: round.slice(0, open), index: Number(round.slice(open + 1, -1)) };
}

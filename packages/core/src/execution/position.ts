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

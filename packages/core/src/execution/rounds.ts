import type { MapWork, OutcomeName } from "../graph/graph.ts";
import type { Json } from "../value/json.ts";
import type { LoopStage, MapStage, RoundEnd } from "./state.ts";

/** What a map returns: what its rounds returned and their outcomes, by index; `null` where none was begun. */
export function mapValue({ failed, items, last }: Pick<MapStage, "failed" | "items" | "last">): Json {
  const results: Json[] = items.map(() => null);
  const outcomes: (string | null)[] = items.map(() => null);
  for (let round = last; round !== undefined; round = round.before) {
    results[round.index] = round.value;
    outcomes[round.index] = round.outcome;
  }
  return { results, outcomes, failed };
}

export const mapOutcome = ({ failed }: MapStage): OutcomeName => (failed > 0 ? "ITEM_FAILED" : "SUCCESS");

/** The items that are gone through; `undefined` where there is no list, or too long a one. */
export const itemsOf = ({ itemsMax }: MapWork, over: Json | undefined): readonly Json[] | undefined =>
  Array.isArray(over) && over.length <= itemsMax ? over : undefined;

export const newMapStage = (work: MapWork, items: readonly Json[]): MapStage => ({
  kind: "map",
  work,
  items,
  begun: 0,
  live: 0,
  last: undefined,
  failed: 0,
});

export function withEnded(stage: MapStage, index: number, end: RoundEnd): MapStage {
  const failed = stage.failed + (stage.work.succeeds.includes(end.outcome) ? 0 : 1);
  return { ...stage, live: stage.live - 1, last: { ...end, index, before: stage.last }, failed };
}

/** How many rounds more may be begun now. */
export function mayBegin({ begun, failed, items, live, work: { parallel, stops } }: MapStage): number {
  return stops && failed > 0 ? 0 : Math.min(parallel - live, items.length - begun);
}

/** What a loop comes to whose round is over; `undefined`: another round. */
export function loopOutcome(
  { begun, work: { again, roundsMax } }: LoopStage,
  outcome: OutcomeName,
): OutcomeName | undefined {
  if (!again.includes(outcome)) return outcome;
  return begun < roundsMax ? undefined : "EXHAUSTED";
}

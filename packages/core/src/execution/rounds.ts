import type { LoopWork, MapWork } from "../graph/graph.ts";
import type { Json } from "../value/json.ts";
import type { MapStage, RoundEnd } from "./state.ts";

/** What a map returns: what its rounds returned and their outcomes, by index; `null` where none was begun. */
export function mapValue({ ended, failed, items }: Pick<MapStage, "ended" | "failed" | "items">): Json {
  return {
    results: items.map((_, index) => ended.get(index)?.value ?? null),
    outcomes: items.map((_, index) => ended.get(index)?.outcome ?? null),
    failed,
  };
}

export const mapOutcome = ({ failed }: Pick<MapStage, "failed">): string => (failed > 0 ? "ITEM_FAILED" : "SUCCESS");

/** The items that are gone through; `undefined` where there is no list, or too long a one. */
export const itemsOf = ({ itemsMax }: MapWork, over: Json | undefined): readonly Json[] | undefined =>
  Array.isArray(over) && over.length <= itemsMax ? over : undefined;

export const newMapStage = (items: readonly Json[]): MapStage => ({
  kind: "map",
  items,
  begun: 0,
  live: 0,
  ended: new Map(),
  failed: 0,
});

export function withEnded({ succeeds }: MapWork, stage: MapStage, index: number, end: RoundEnd): MapStage {
  const failed = stage.failed + (succeeds.includes(end.outcome) ? 0 : 1);
  return { ...stage, live: stage.live - 1, ended: new Map(stage.ended).set(index, end), failed };
}

/** Whether another round may be begun now. */
export const mayBegin = ({ parallel, stops }: MapWork, { begun, failed, items, live }: MapStage): boolean =>
  live < parallel && begun < items.length && !(stops && failed > 0);

/** What becomes of a loop whose round is over. */
export function loopOutcome({ again, roundsMax }: LoopWork, begun: number, outcome: string): string | "again" {
  if (!again.includes(outcome)) return outcome;
  return begun < roundsMax ? "again" : "EXHAUSTED";
}

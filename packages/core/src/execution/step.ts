import type { CallPlace, ExitPlace, PlaceName, When } from "../graph/graph.ts";
import type { JsonObject } from "../value/json.ts";
import type { Evaluate, Sources } from "./evaluate.ts";

/** A place, prepared to be executed. */
export interface Step {
  readonly name: PlaceName;
  readonly place: CallPlace | ExitPlace;
  /** Topological: an edge always leads to a greater one. */
  readonly order: number;
  /** The map or loop in whose rounds it stands; absent at the workflow's own level. */
  readonly home: PlaceName | undefined;
  /** The inputs of a call, the outputs of an exit. */
  readonly values: (sources: Sources) => JsonObject;
  /** The inputs without which the work cannot be asked for. */
  readonly required: readonly Evaluate[];
  /** Present where a field of the answer decides. */
  readonly when?: When | undefined;
  /** Where several tokens meet: every place from which another may still come. */
  readonly comesFrom?: ReadonlySet<PlaceName>;
}

/** The call at a step. Nobody works at an exit. */
export function callOf({ name, place }: Step): CallPlace {
  if (place.kind === "exit") throw new Error(`impossible: ${name} is an exit and has work`);
  return place;
}

import type { JsonObject } from "../value/json.ts";

/** How much a trace says. `BASIC`: the nodes. `ADVANCED`: also the steps in them, and what people and timers did. */
export type TraceProfile = "BASIC" | "ADVANCED";

export interface TraceEntry {
  readonly kind: TraceKind;
  /** Of the record in the log that says it. */
  readonly revision: number;
  readonly at: string;
  readonly payload: JsonObject;
}

/** The published vocabulary: other people's tools know these words. */
export type TraceKind =
  | "execution_start"
  | "registry_dump"
  | "node_start"
  | "node_end"
  | "capability_dispatch"
  | "transform_start"
  | "transform_end"
  | "side_effect_start"
  | "side_effect_end"
  | "violation"
  | "error"
  | "audit_event"
  | "context_snapshot"
  | "workflow_complete";

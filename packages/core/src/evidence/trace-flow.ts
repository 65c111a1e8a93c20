import type { JsonObject } from "../value/json.ts";
import { present } from "../value/present.ts";
import type { Trace, TraceEntry } from "./trace.ts";

/** A node or a step: what was told when it was reached, how it was left, and what happened in between. */
export interface FlowItem {
  readonly kind: "node" | "step";
  readonly id: string;
  readonly start: JsonObject;
  /** Absent as long as it stands there. */
  readonly end: JsonObject | undefined;
  /** In the order in which they began; what was said and what went wrong stands among them. */
  readonly inside: readonly FlowPart[];
}

export type FlowPart = FlowItem | FlowNote;

/** Something that happened, at a place or to the whole execution. */
interface FlowNote {
  readonly kind: "note";
  readonly entry: TraceEntry;
}

interface Growing extends FlowItem {
  end: JsonObject | undefined;
  readonly inside: FlowPart[];
}

/** The entries of a trace as a tree: contracts hold their steps, maps and loops their rounds. */
export function flowOf({ entries }: Pick<Trace, "entries">): readonly FlowPart[] {
  const top: FlowPart[] = [];
  const found = new Map<string, Growing>();
  for (const entry of entries) {
    const { kind, payload } = entry;
    const { node_id: node, place = node, scope = null } = payload;
    const id = typeof place === "string" ? place : "";
    const home = (around: string | undefined): FlowPart[] => found.get(around ?? "")?.inside ?? top;
    switch (kind) {
      case "node_start":
      case "transform_start":
      case "side_effect_start": {
        const isNode = kind === "node_start";
        const item: Growing = { kind: isNode ? "node" : "step", id, start: payload, end: undefined, inside: [] };
        home(typeof scope === "string" ? scope : ownerIn(id)).push(item);
        found.set(id, item);
        break;
      }
      case "node_end":
      case "transform_end":
      case "side_effect_end":
        present(found.get(id)).end = payload;
        break;
      case "violation":
      case "error":
      case "audit_event":
        home(id).push({ kind: "note", entry });
        break;
      case "execution_start":
      case "registry_dump":
      case "capability_dispatch":
      case "context_snapshot":
      case "workflow_complete":
    }
  }
  return top;
}

/** The map or loop in whose round a position stands. */
const ownerIn = (position: string): string | undefined =>
  position.includes("[") ? position.slice(0, position.lastIndexOf("[")) : undefined;

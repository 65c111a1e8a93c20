import { producedBy } from "./contract-view.ts";
import type { LinkedNode } from "./linked.ts";

/** How another workflow may end: its class is the outcome. */
export const childOutcomes: readonly string[] = ["COMPLETED", "REJECTED", "FAILED", "CANCELLED"];

export const timedOut = "TIMED_OUT";
export const exhausted = "EXHAUSTED";

/** The outcomes with which a node may end. `undefined`: nobody knows, because what it refers to is wrong. */
export function outcomesOf(linked: LinkedNode): readonly string[] | undefined {
  switch (linked.type) {
    case "IN":
      return ["ACK", "NACK"];
    case "CC":
      return linked.contract && [...producedBy(linked.contract)];
    case "MAP":
      return ["SUCCESS", "ITEM_FAILED", "VIOLATION"];
    case "LOOP": {
      const again = new Set(linked.node.again.value.map(({ value }) => value));
      return linked.contract && [...[...producedBy(linked.contract)].filter((status) => !again.has(status)), exhausted];
    }
    case "WAIT":
      return waitOutcomes(linked.node.end);
    case "TASK": {
      const said = [...linked.node.next.entries.keys()].filter((outcome) => outcome !== timedOut);
      return linked.node.timeoutMs === undefined ? said : [...said, timedOut];
    }
    case "CHILD":
      return childOutcomes;
    case "EXIT":
      return [];
  }
}

function waitOutcomes(end: Extract<LinkedNode, { readonly type: "WAIT" }>["node"]["end"]): readonly string[] {
  switch (end.kind) {
    case "for":
      return ["ELAPSED"];
    case "until":
      return ["ELAPSED", "VIOLATION"];
    case "signal":
      return end.timeoutMs === undefined ? ["RECEIVED"] : ["RECEIVED", timedOut];
  }
}

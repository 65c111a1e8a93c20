import type { Finding, Rule } from "../finding.ts";
import { text } from "../story.ts";

/** A published workflow says nothing of the status that came. */
export const noTransition: Rule = ({ end, node }): Finding | undefined => {
  if (text(end, "exit_reason_code") !== "NO_TRANSITION") return undefined;
  const position = text(node, "node_id");
  const status = text(node, "status");
  return {
    rule: "NO_TRANSITION",
    class: "GRAPH_STRUCTURE_ERROR",
    node: position,
    reason: `${position} returned ${status}, and no edge takes it`,
    revision: node.revision,
    hint: `add the missing edge for ${status}`,
    declared: { of: "node", position, keys: ["next"] },
  };
};

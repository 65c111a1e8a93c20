import type { Ending, Finding } from "../finding.ts";
import { text } from "../story.ts";

/** Nothing is broken: an outcome came that leads to an exit which is no success. */
export function declaredOutcome({ cause, end, node }: Ending): Finding {
  const position = text(cause, "node_id");
  const name = text(node, "node_id");
  const inside = position === name ? "" : ` (${position}: ${text(cause, "status")})`;
  return {
    rule: "DECLARED_OUTCOME",
    class: "BUSINESS_VIOLATION",
    node: position,
    reason: `${name} returned ${text(node, "status")}${inside} — the workflow ended ${text(end, "class")} with ${text(end, "outcome")} by ${text(end, "exit_node")}`,
    revision: cause.revision,
    hint: "check that the payload is what the step expects",
    declared: { of: "step", position, keys: [] },
  };
}

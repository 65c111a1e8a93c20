import type { Finding, Rule } from "../finding.ts";
import { isGood, text } from "../story.ts";

/** It ended well, and earlier than it could have. */
export const earlyExit: Rule = ({ node, story }): Finding | undefined => {
  const position = text(node, "node_id");
  const status = text(node, "status");
  const type = story.starts.get(position)?.payload["node_type"];
  if (type !== "capability_contract" || isGood(status)) return undefined;
  return {
    rule: "EARLY_EXIT",
    class: "BUSINESS_VIOLATION",
    node: position,
    reason: `${position} returned ${status} — workflow took early-exit path. Check payload data matches expected state`,
    revision: node.revision,
    hint: "check that the payload is what the step expects",
    declared: { of: "node", position, keys: ["next"] },
  };
};

import type { Finding, Rule } from "../finding.ts";
import { text } from "../story.ts";

/** The intent did not take what was sent. */
export const notAcknowledged: Rule = ({ node, story }): Finding | undefined => {
  const position = text(node, "node_id");
  if (text(node, "status") !== "NACK") return undefined;
  const refused = story.entries.filter((entry) => entry.kind === "violation" && text(entry, "node_id") === position);
  const why = refused.map((entry) => `${text(entry, "violation_code")}: ${text(entry, "message")}`).join("; ");
  const [field = ""] = refused.map((entry) => text(entry, "field"));
  return {
    rule: "NOT_ACKNOWLEDGED",
    class: "BUSINESS_VIOLATION",
    node: position,
    reason: `Business violation at ${position}: NACK (${why})`,
    revision: node.revision,
    hint: "send what the intent declares",
    declared: { of: "intent", position, field },
  };
};

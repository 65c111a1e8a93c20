import type { Finding, Rule } from "../finding.ts";
import { text, workAt } from "../story.ts";

/** The workflow that was asked for came to nothing. Why is told by its own log. */
export const childEnded: Rule = ({ cause, story }): Finding | undefined => {
  const position = text(cause, "node_id");
  const work = workAt(story, position);
  const start = story.starts.get(position);
  if (text(work, "kind") !== "child" || start === undefined) return undefined;
  return {
    rule: "CHILD_ENDED",
    class: "BUSINESS_VIOLATION",
    node: position,
    reason: `${text(work, "workflow")} was asked for here, and ended ${text(cause, "status")}`,
    revision: cause.revision,
    hint: "its own log says why",
    declared: { of: "node", position, keys: ["next"] },
    child: text(start, "child"),
  };
};

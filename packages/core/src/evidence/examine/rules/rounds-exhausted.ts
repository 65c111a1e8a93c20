import type { Finding, Rule } from "../finding.ts";
import { text, workAt } from "../story.ts";

/** A loop was not done after as many rounds as it may have. */
export const roundsExhausted: Rule = ({ cause, story }): Finding | undefined => {
  if (text(cause, "status") !== "EXHAUSTED") return undefined;
  const position = text(cause, "node_id");
  return {
    rule: "ROUNDS_EXHAUSTED",
    class: "BUSINESS_VIOLATION",
    node: position,
    reason: `${position} was not done after ${JSON.stringify(workAt(story, position).payload["rounds_max"])} rounds`,
    revision: cause.revision,
    hint: "allow more rounds, or look why it is never done",
    declared: { of: "node", position, keys: ["max"] },
  };
};

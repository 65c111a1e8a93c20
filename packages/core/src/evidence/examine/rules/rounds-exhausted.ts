import type { Finding, Rule } from "../finding.ts";
import { text, workAt } from "../story.ts";

/** A loop was not done after as many rounds as it may have. */
export const roundsExhausted: Rule = ({ cause, story }): Finding | undefined => {
  if (text(cause, "status") !== "EXHAUSTED") return undefined;
  const position = text(cause, "node_id");
  const { rounds_max: most } = workAt(story, position).payload;
  return {
    rule: "ROUNDS_EXHAUSTED",
    class: "BUSINESS_VIOLATION",
    node: position,
    reason: `${position} was not done after ${most === 1 ? "one round" : `${JSON.stringify(most)} rounds`}`,
    revision: cause.revision,
    hint: "allow more rounds, or look why it is never done",
    declared: { of: "node", position, keys: ["max"] },
  };
};

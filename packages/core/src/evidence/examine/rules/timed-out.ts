import type { Finding, Rule } from "../finding.ts";
import { text, workAt } from "../story.ts";

/** Nobody said or did in time what was waited for. */
export const timedOut: Rule = ({ cause, story }): Finding | undefined => {
  if (text(cause, "status") !== "TIMED_OUT") return undefined;
  const position = text(cause, "node_id");
  const work = workAt(story, position);
  const isTask = text(work, "kind") === "task";
  const what = isTask ? `nobody did the task "${text(work, "summary")}"` : `nobody said ${text(work, "signal")}`;
  return {
    rule: "TIMED_OUT",
    class: "BUSINESS_VIOLATION",
    node: position,
    reason: `${what} in time`,
    revision: cause.revision,
    hint: "give it more time, or see to it that somebody is there",
    declared: { of: "node", position, keys: ["timeout"] },
  };
};

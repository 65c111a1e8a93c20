import type { Finding, Rule } from "../finding.ts";
import { objectAt, text, workAt } from "../story.ts";

/** A transform threw, and an edge took it. */
export const transformError: Rule = ({ cause, story }): Finding | undefined => {
  const position = text(cause, "node_id");
  if (text(cause, "status") !== "ERROR" || text(workAt(story, position), "kind") !== "transform") return undefined;
  const message = text({ payload: objectAt(cause, "outputs") }, "message");
  return {
    rule: "TRANSFORM_ERROR",
    class: "CT_STRUCTURE_ERROR",
    node: position,
    reason: `the transform at ${position} threw${message === "" ? "" : `: ${message}`}`,
    revision: cause.revision,
    hint: "repair the transform, or answer what it cannot do with an outcome of its own",
    declared: { of: "code", position },
  };
};

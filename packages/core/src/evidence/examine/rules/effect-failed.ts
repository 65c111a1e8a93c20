import type { Finding, Rule } from "../finding.ts";
import { errorAt, failuresAt, text } from "../story.ts";

/** The world did not do it, however often it was asked; or our own store could not. */
export const effectFailed: Rule = ({ cause, story }): Finding | undefined => {
  const status = text(cause, "status");
  if (status !== "FAILED" && status !== "BACKEND_ERROR") return undefined;
  const position = text(cause, "node_id");
  const error = errorAt(story, position);
  const why = error === undefined ? "" : `: ${text(error, "error_code")} ${text(error, "message")}`;
  const failures = failuresAt(story, position);
  const often = failures === 0 ? "" : ` after ${failures === 1 ? "one attempt" : `${String(failures)} attempts`}`;
  return {
    rule: "EFFECT_FAILED",
    class: "CS_RUNTIME_ERROR",
    node: position,
    reason: `${position} came to ${status}${often}${why}`,
    revision: cause.revision,
    hint: "check the runtime binding, and whether what it asks is there",
    declared: { of: "binding", position },
  };
};

import type { Finding, Rule } from "../finding.ts";
import { missingAt, text } from "../story.ts";

/** A step was not asked for, because something that it needs had no value. */
export const inputMissing: Rule = ({ cause, story }): Finding | undefined =>
  text(cause, "status") === "INPUT_MISSING"
    ? bindingFinding(missingAt(story, text(cause, "node_id")), text(cause, "node_id"), cause.revision)
    : undefined;

export function bindingFinding(missing: readonly string[], position: string, revision: number): Finding {
  const which = missing.length === 0 ? "an input that it needs" : missing.join(", ");
  const [first] = missing;
  return {
    rule: "INPUT_MISSING",
    class: "BINDING_ERROR",
    node: position,
    reason: `${position} was not asked for, because ${which} has no value`,
    revision,
    hint: `bind ${which} to something that is always there, or require it where it comes from`,
    declared: { of: "step", position, keys: first === undefined ? ["inputs"] : ["inputs", first] },
  };
}

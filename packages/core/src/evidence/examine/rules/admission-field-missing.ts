import type { Finding, Rule } from "../finding.ts";
import { missingAt, text } from "../story.ts";

/** The gate asks for a field that was not sent. */
export const admissionFieldMissing: Rule = ({ end, node, story }): Finding | undefined => {
  if (text(end, "outcome") !== "ADMISSION_BINDING_MISSING_FIELD") return undefined;
  const position = text(node, "node_id");
  const fields = missingAt(story, position).map((name) => name.replace("$.payload.", ""));
  const which = fields.length === 0 ? "a field" : fields.join(", ");
  return {
    rule: "ADMISSION_FIELD_MISSING",
    class: "ADMISSION_ERROR",
    node: position,
    reason: `the admission asks for ${which} of the payload, which is not present in it`,
    revision: node.revision,
    hint: `see to it that the caller sends ${which}, or take it from the bindings`,
    declared: { of: "workflow", keys: ["core", "admission", "bindings"] },
  };
};

import type { Finding, Rule } from "../finding.ts";
import { objectAt, objectsAt, text } from "../story.ts";

/** Past events do not allow it. */
export const admissionDenied: Rule = ({ end, node }): Finding | undefined => {
  if (text(end, "exit_reason_code") !== "ADMISSION_DENIED" || text(node, "status") !== "DENIED") return undefined;
  const denied = objectsAt({ payload: objectAt(end, "outputs") }, "denied").map((payload) => ({ payload }));
  const [clause = ""] = denied.map((one) => text(one, "clause"));
  return {
    rule: "ADMISSION_DENIED",
    class: "BUSINESS_VIOLATION",
    node: text(node, "node_id"),
    reason: denied
      .map(
        (one) =>
          `${text(one, "clause")} asks for ${text(one, "event")}, of which there were ${JSON.stringify(one.payload["found"])}`,
      )
      .join("; "),
    revision: node.revision,
    hint: "what it asks for has not happened, or what it forbids has",
    declared: { of: "workflow", keys: ["core", "admission", ...clauseKeys(clause)] },
  };
};

/** `requires[0]` → the first of what is required. */
const clauseKeys = (clause: string): readonly string[] => clause.replace("]", "").split("[");

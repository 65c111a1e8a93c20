import type { Finding, Rule } from "../finding.ts";
import { missingAt, objectAt, objectsAt, text } from "../story.ts";

const isGate = ({ end }: Parameters<Rule>[0]): boolean => text(end, "exit_reason_code") === "ADMISSION_DENIED";

/** Past events do not allow it. */
export const admissionDenied: Rule = (ending): Finding | undefined => {
  const { end, node } = ending;
  if (!isGate(ending) || text(node, "status") !== "DENIED") return undefined;
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

/** The gate asks for a field that was not sent. */
export const admissionFieldMissing: Rule = (ending): Finding | undefined => {
  const { node, story } = ending;
  if (!isGate(ending) || text(node, "status") !== "INPUT_MISSING") return undefined;
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

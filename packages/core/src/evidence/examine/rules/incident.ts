import type { IncidentCode } from "../../../execution/events.ts";
import type { TraceEntry } from "../../trace.ts";
import type { Declared, FailureClass, Finding } from "../finding.ts";
import { missingAt, text, type Story } from "../story.ts";
import { bindingFinding } from "./input-missing.ts";

interface Meaning {
  readonly class: FailureClass;
  readonly hint: string;
  readonly declared: (position: string) => Declared;
}

const step =
  (...keys: readonly string[]) =>
  (position: string): Declared => ({ of: "step", position, keys });
const binding = (position: string): Declared => ({ of: "binding", position });
const code = (position: string): Declared => ({ of: "code", position });

const meanings: { readonly [Code in Exclude<IncidentCode, "INPUT_MISSING" | "UNDECLARED_OUTCOME">]: Meaning } = {
  OUTCOME_UNKNOWN: {
    class: "CS_RUNTIME_ERROR",
    hint: "find out whether it happened and resolve the incident; what may be asked twice is declared idempotent",
    declared: binding,
  },
  POISON_EFFECT: {
    class: "CS_RUNTIME_ERROR",
    hint: "the process died each time it was asked for: repair what it calls, then resolve the incident",
    declared: binding,
  },
  RETRIES_EXHAUSTED: {
    class: "CS_RUNTIME_ERROR",
    hint: "check the runtime binding, then resolve the incident; an edge for FAILED would have taken it",
    declared: binding,
  },
  TRANSFORM_ERROR: {
    class: "CT_STRUCTURE_ERROR",
    hint: "repair the transform, then resolve the incident; an edge for ERROR would have taken it",
    declared: code,
  },
  TRANSFORM_LIMIT: {
    class: "CT_STRUCTURE_ERROR",
    hint: "make the transform need less, or give it less to do",
    declared: code,
  },
  IMPLEMENTATION_CHANGED: {
    class: "CT_STRUCTURE_ERROR",
    hint: "use the engine that began it, or resolve the incident with what the step would have come to",
    declared: code,
  },
  EVENT_SCHEMA: {
    class: "SCHEMA_ERROR",
    hint: "make the outputs of the exit what the event declares, or the event what is emitted",
    declared: (position) => ({ of: "event", position }),
  },
};

/** Something stands still until a person has looked. */
export function incidentAt(story: Story, opened: TraceEntry): Finding {
  const position = text(opened, "node_id");
  const found = text(opened, "error_code");
  const { revision } = opened;
  if (found === "INPUT_MISSING") return bindingFinding(missingAt(story, position), position, revision);
  const { class: failure, declared, hint } = isCode(found) ? meanings[found] : undeclared(opened);
  return {
    rule: found,
    class: failure,
    node: position,
    reason: text(opened, "message"),
    revision,
    hint,
    declared: declared(position),
  };
}

const isCode = (name: string): name is keyof typeof meanings => Object.hasOwn(meanings, name);

/** What was answered has no edge, or a field that decides does not say what was declared. */
function undeclared(opened: TraceEntry): Meaning {
  if (text(opened, "message").startsWith("the answer does not say")) {
    return {
      class: "EXPRESSION_ERROR",
      hint: "`when` names a field that the answer has, and every value that it may have",
      declared: step("when"),
    };
  }
  const failure = text(opened, "node_category") === "CT" ? "CT_STRUCTURE_ERROR" : "CS_RUNTIME_ERROR";
  return {
    class: failure,
    hint: "declare the outcome and say where it leads, or keep to those that are declared",
    declared: step("result_surface"),
  };
}

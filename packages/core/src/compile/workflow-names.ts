import type { Actor } from "../artifact/actor.ts";
import type { PathExpression } from "../artifact/expression.ts";
import type { Intent } from "../artifact/intent.ts";
import { meantHint } from "../artifact/nearest.ts";
import { present } from "../value/present.ts";
import { attributesOf } from "./actors.ts";
import { anyField, fieldAt } from "./field-rules.ts";
import type { LinkedNode, LinkedWorkflow } from "./linked.ts";
import { resultsOf, type Children, type Results } from "./node-results.ts";
import { rootUnknown, spelled } from "./view.ts";
import type { Found, Lookup, Need, Unknown } from "./view.ts";

/** What can be named anywhere in a workflow. */
export interface Names {
  readonly nodes: ReadonlyMap<string, LinkedNode>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly start: number;
  readonly intent: Intent | undefined;
  readonly actors: readonly Actor[] | undefined;
  readonly results: ReadonlyMap<string, Results>;
}

/** `undefined` where nobody knows where the workflow starts. */
export function namesOf({ workflow, nodes }: LinkedWorkflow, children: Children): Names | undefined {
  const numbers = new Map([...nodes.keys()].map((name, index) => [name, index]));
  const start = numbers.get(workflow.start.value);
  const first = nodes.get(workflow.start.value);
  if (start === undefined || first?.type !== "IN") return undefined;
  const results = [...nodes].flatMap(([name, node]) => {
    const returned = resultsOf(node, children);
    return returned === undefined ? [] : [[name, returned] as const];
  });
  return { nodes, numbers, start, intent: first.intent, actors: first.actors, results: new Map(results) };
}

export const lookupIn =
  (names: Names, rootCode: "INPUT_PATH_ROOT_UNKNOWN" | "OUTPUT_PATH_ROOT_UNKNOWN"): Lookup =>
  (path) => {
    switch (path.root) {
      case "payload":
        return payloadField(path, names, { of: names.start, returns: (outcome) => outcome === "ACK" });
      case "received":
        return payloadField(path, names);
      case "actor":
        return attributeField(path, names);
      case "results":
        return resultField(path, names);
      case "children":
        return childField(path, names);
      default:
        return rootUnknown(rootCode, path);
    }
  };

/** What was admitted exists only behind ACK; what was received exists everywhere. */
function payloadField(path: PathExpression, { intent }: Names, need?: Need): Found | Unknown {
  if (intent === undefined) return { field: anyField };
  const field = fieldAt({ type: "object", required: true, fields: intent.inputs }, path.path);
  if (field !== undefined) return need === undefined ? { field: anyField } : { field, need };
  const hint = meantHint(path.path.join("."), Object.keys(intent.inputs));
  return { code: "PAYLOAD_FIELD_UNKNOWN", message: `${spelled(path)} is not declared by the intent`, ...hint };
}

/** Who sent it is known behind ACK, and only where someone in particular has to. */
function attributeField(path: PathExpression, { actors = [], intent, start }: Names): Found | Unknown {
  if (intent === undefined || (intent.actors ?? []).length !== actors.length) return { field: anyField };
  const attributes = attributesOf(actors);
  const field = fieldAt({ type: "object", required: true, fields: attributes }, path.path);
  if (field !== undefined && path.path.length > 0) {
    return { field, need: { of: start, returns: (outcome) => outcome === "ACK" } };
  }
  const message = `${spelled(path)} is no attribute of an actor of ${intent.identity}`;
  return { code: "ACTOR_ATTRIBUTE_UNKNOWN", message, ...meantHint(path.path.join("."), Object.keys(attributes)) };
}

function resultField(path: PathExpression, { numbers, results }: Names): Found | Unknown {
  const [name = "", output = "", ...rest] = path.path;
  const returned = results.get(name);
  if (returned === undefined) {
    const message = `${spelled(path)} names no node that returns something`;
    return { code: "REFERENCE_UNRESOLVED", message, ...meantHint(name, results.keys()) };
  }
  const declared = returned.at(output);
  const field = declared && fieldAt(declared.field, rest);
  if (declared !== undefined && field !== undefined) {
    return { field, need: { of: present(numbers.get(name)), returns: declared.returns } };
  }
  const message = `${spelled(path)} is not returned by ${name}`;
  return { code: "OUTPUT_FIELD_UNKNOWN", message, ...meantHint(output, returned.names) };
}

/** What is known of the execution that a child was. */
function childField(path: PathExpression, { nodes, numbers }: Names): Found | Unknown {
  const [name = "", field = "", ...rest] = path.path;
  if (nodes.get(name)?.type !== "CHILD") {
    const children = [...nodes].flatMap(([other, { type }]) => (type === "CHILD" ? [other] : []));
    const message = `${spelled(path)} names no node that starts another workflow`;
    return { code: "REFERENCE_UNRESOLVED", message, ...meantHint(name, children) };
  }
  if (rest.length === 0 && childFields.includes(field)) {
    return { field: { type: "string", required: true }, need: { of: present(numbers.get(name)), returns: wasOne } };
  }
  const message = `${spelled(path)} is not known of another workflow`;
  return { code: "OUTPUT_FIELD_UNKNOWN", message, ...meantHint(field, childFields) };
}

/** One that could not be started is FAILED, and was no execution. */
const wasOne = (outcome: string): boolean => outcome !== "FAILED";

const childFields: readonly string[] = ["execution", "outcome"];

import type { Actor } from "../artifact/actor.ts";
import { entriesOf } from "../artifact/reader.ts";
import type { PathExpression } from "../artifact/expression.ts";
import { meantHint } from "../artifact/nearest.ts";
import type { Intent } from "../artifact/intent.ts";
import type { Next } from "../artifact/workflow.ts";
import type { FlowEdge } from "../graph/paths.ts";
import { ownValue, present } from "../value/present.ts";
import { attributesOf } from "./actors.ts";
import { returnsAt } from "./contract-view.ts";
import { anyField, fieldAt } from "./field-rules.ts";
import type { LinkedNode, LinkedWorkflow } from "./linked.ts";
import { expected, rootUnknown, spelled } from "./view.ts";
import type { Found, Lookup, ScopeView, Site, Unknown } from "./view.ts";

/** A workflow: its nodes. `undefined` where nobody knows where it starts. */
export function workflowView({ workflow, nodes }: LinkedWorkflow): ScopeView | undefined {
  const numbers = new Map([...nodes.keys()].map((name, index) => [name, index]));
  const start = numbers.get(workflow.start.value);
  const first = nodes.get(workflow.start.value);
  if (start === undefined || first?.type !== "IN") return undefined;
  const names: Names = { nodes, numbers, start, intent: first.intent, actors: first.actors };
  const sites = [...nodes.values()].flatMap((node, index) => sitesOf(node, index, names));
  const list = [...nodes];
  return {
    flow: { start, edges: list.map(([, node]) => edgesOf(node, numbers)) },
    names: list.map(([name]) => name),
    spots: list.map(([name]) => present(workflow.nodes.entries.get(name)).spot),
    ends: new Set(list.flatMap(([, { type }], index) => (type === "EXIT" ? [index] : []))),
    sites,
    whole: [...nodes.values()].every(({ node }) => node.type === "EXIT" || leadsSomewhere(node.next, nodes)),
  };
}

const leadsSomewhere = (next: Next, nodes: ReadonlyMap<string, LinkedNode>): boolean =>
  entriesOf(next).every(({ value }) => nodes.has(value.value));

interface Names {
  readonly nodes: ReadonlyMap<string, LinkedNode>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly start: number;
  readonly intent: Intent | undefined;
  readonly actors: readonly Actor[] | undefined;
}

function edgesOf({ node }: LinkedNode, numbers: ReadonlyMap<string, number>): readonly FlowEdge[] {
  if (node.type === "EXIT") return [];
  return entriesOf(node.next).flatMap(({ key, value }) => {
    const to = numbers.get(value.value);
    return to === undefined ? [] : [{ label: key, to }];
  });
}

function sitesOf(linked: LinkedNode, index: number, names: Names): readonly Site[] {
  switch (linked.type) {
    case "IN":
      return [];
    case "CC": {
      const declared = linked.contract?.contract.inputs ?? {};
      const lookup = lookupIn(names, "INPUT_PATH_ROOT_UNKNOWN");
      return entriesOf(linked.node.inputs).map(({ key, value }): Site => {
        const expects = expected(key, ownValue(declared, key), "INPUT_TYPE_MISMATCH");
        return { reader: index, expression: value, lookup, expects };
      });
    }
    case "EXIT": {
      const lookup = lookupIn(names, "OUTPUT_PATH_ROOT_UNKNOWN");
      return entriesOf(linked.node.outputs).map(({ key, value }): Site => {
        const expects = expected(key, linked.event?.schema.entries.get(key)?.value, "EXIT_TYPE_MISMATCH");
        return { reader: index, expression: value, lookup, expects };
      });
    }
  }
}

const lookupIn =
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
      default:
        return rootUnknown(rootCode, path);
    }
  };

/** What was admitted exists only behind ACK; what was received exists everywhere. */
function payloadField(path: PathExpression, { intent }: Names, need?: Found["need"]): Found | Unknown {
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

function resultField(path: PathExpression, { nodes, numbers }: Names): Found | Unknown {
  const [name = "", output = "", ...rest] = path.path;
  const node = nodes.get(name);
  if (node?.type !== "CC") {
    const known = [...nodes].filter(([, { type }]) => type === "CC").map(([other]) => other);
    return {
      code: "REFERENCE_UNRESOLVED",
      message: `${spelled(path)} names no contract node`,
      ...meantHint(name, known),
    };
  }
  const of = present(numbers.get(name));
  if (node.contract === undefined) return { field: anyField, need: { of, returns: () => true } };
  const { contract: linked } = node;
  const { contract } = linked;
  const declared = contract.outputs.entries.get(output)?.value;
  const field = declared && fieldAt(declared, rest);
  if (field !== undefined) {
    return {
      field,
      need: { of, returns: (status) => returnsAt(linked, status, output) },
    };
  }
  const message = `${spelled(path)} is not an output of ${contract.identity}`;
  return { code: "OUTPUT_FIELD_UNKNOWN", message, ...meantHint(output, contract.outputs.entries.keys()) };
}

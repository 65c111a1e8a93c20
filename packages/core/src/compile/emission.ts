import type { EventArtifact } from "../artifact/event.ts";
import type { Expression } from "../artifact/expression.ts";
import { plainFields } from "../artifact/field.ts";
import { entriesOf } from "../artifact/reader.ts";
import type { ExitNode } from "../artifact/node.ts";
import type { Field, Fields } from "../graph/field.ts";
import type { ExitPlace } from "../graph/graph.ts";
import { ownValue, present } from "../value/present.ts";
import { contractView } from "./contract-view.ts";
import { anyField } from "./field-rules.ts";
import type { LinkedContract, LinkedWorkflow } from "./linked.ts";
import { fieldOf } from "./view.ts";

/** What an exit emits, with what the event declares where the machine has to look whether it is so. */
export function emissionOf(
  { emit, outputs }: ExitNode,
  event: EventArtifact | undefined,
  { nodes, payload }: Sources,
): Pick<ExitPlace, "emit" | "event"> {
  if (emit === undefined || event === undefined) return {};
  const isShown = entriesOf(event.schema).every(({ key, value: field }) => {
    const given = outputs.entries.get(key)?.value;
    return given === undefined || (isPlain(field) && fits(sourceOf(given, { nodes, payload }), field));
  });
  return { emit: emit.value, ...(isShown ? {} : { event: plainFields(event.schema) }) };
}

interface Sources {
  readonly nodes: LinkedWorkflow["nodes"];
  readonly payload: Fields;
}

const shownByTypes: ReadonlySet<string> = new Set(["type", "required", "secret"]);

/** The compiler compares types, and nothing else that a field may say. */
const isPlain = (field: Field): boolean => Object.keys(field).every((rule) => shownByTypes.has(rule));

const fits = (source: Field, field: Field): boolean => source.type !== "any" && (source.required || !field.required);

/** What an expression comes to; `required`: it certainly has a value. What cannot be told is anything. */
function sourceOf(given: Expression, { nodes, payload }: Sources): Field {
  if (given.kind !== "path") return fieldOf(given, () => ({ field: anyField }));
  const [name = "", output = "", ...deeper] = given.path;
  if (given.root === "payload" && given.path.length === 1) {
    const field = present(ownValue(payload, name));
    return { ...field, required: field.required || field.default !== undefined };
  }
  const node = nodes.get(name);
  const isOutput = given.root === "results" && node?.type === "CC" && deeper.length === 0;
  return isOutput && node.contract !== undefined ? returnedAs(output, node.contract) : anyField;
}

/** An output of a contract, as all of its exits return it. */
function returnedAs(output: string, linked: LinkedContract): Field {
  const returned = contractView(linked)
    .sites.filter(({ expects, reader }) => reader >= linked.steps.length && expects?.name === output)
    .map(({ expression, lookup }) => fieldOf(expression, lookup));
  const [first = anyField] = returned;
  return { type: first.type, required: returned.every(({ required }) => required) };
}

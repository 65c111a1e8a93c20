import type { Located, LocatedEntry } from "@omnibase/core";
import {
  called,
  changed,
  declaring,
  eachOf,
  entriesOf,
  entryIn,
  envelopeOf,
  isInEnvelope,
  renamed,
} from "./artifact-parts.ts";
import { declaredIn, type Declared } from "./definition.ts";
import { entry, located, mapOf, schemaDocument, type Called } from "./locate.ts";
import { isStandardSchema } from "./standard-schema.ts";

/** A workflow in one file. */
export function workflowDocument({ value }: Declared, context: Called): Located {
  const intent: unknown = value["intent"];
  const input: unknown = typeof intent === "object" && intent !== null ? Reflect.get(intent, "input") : undefined;
  // A schema is said by itself below, in the words of its library.
  const without = isStandardSchema(input) ? { ...value, intent: { ...Object(intent), input: {} } } : value;
  const said = located(without, context, context);
  const written = changed(said, {
    intent: (one) => intentOf(one, input, context),
    nodes: (nodes) => eachOf(nodes, (node) => (isTask(node) ? renamed(node, declaring) : node)),
  });
  const rest = entriesOf(written).filter((one) => !isInEnvelope(one));
  return mapOf([...envelopeOf("workflow", said), ...withStoresBound(rest, value, context)], context.at);
}

const isTask = (node: Located): boolean => {
  const type = entryIn(node, "type")?.value;
  return type?.kind === "scalar" && type.value === "TASK";
};

/** The schema of a library enters a workflow as JSON Schema, which has a place of its own there. */
function intentOf(intent: Located, input: unknown, context: Called): Located {
  const entries = entriesOf(intent).flatMap((one): readonly LocatedEntry[] => {
    if (one.key !== "input" || entryIn(intent, "inputs") !== undefined) return [one];
    if (!isStandardSchema(input)) return [called(one, "inputs")];
    const schema = schemaDocument(input, one.value.at, context);
    return schema === undefined ? [] : [entry("schema", schema, one.keyAt)];
  });
  return mapOf(entries, intent.at);
}

/**
 * A side effect that a node uses with a store is bound without being named. The same holds for those of contracts that the
 * nodes call: where they are defined elsewhere, that is said here.
 */
function withStoresBound(
  entries: readonly LocatedEntry[],
  value: Declared["value"],
  context: Called,
): readonly LocatedEntry[] {
  const used = new Set(contractsIn(value["nodes"]).flatMap((contract) => storesUsedBy(contract, context)));
  if (used.size === 0 || value["runtime_binding"] !== undefined) return entries;
  const bindings = entries.find(({ key }) => key === "bindings")?.value ?? mapOf([], context.at);
  const known = new Set(entriesOf(bindings).map(({ key }) => key));
  const more = [...used].filter((one) => !known.has(one)).map((one) => entry(one, mapOf([], context.at)));
  const whole = entry("bindings", mapOf([...entriesOf(bindings), ...more], bindings.at));
  return [...entries.filter(({ key }) => key !== "bindings"), whole];
}

function contractsIn(nodes: unknown): readonly Declared[] {
  if (typeof nodes !== "object" || nodes === null) return [];
  return Object.values(nodes).flatMap((node: unknown) => {
    const declared = typeof node === "object" && node !== null ? declaredIn(Reflect.get(node, "code")) : undefined;
    return declared?.kind === "contract" ? [declared] : [];
  });
}

function storesUsedBy({ value }: Declared, { identityOf }: Called): readonly string[] {
  const { pipeline } = value;
  const steps: readonly unknown[] = Array.isArray(pipeline) ? pipeline : [];
  return steps.flatMap((step) => {
    if (typeof step !== "object" || step === null || Reflect.get(step, "store") === undefined) return [];
    const sideEffect: unknown = Reflect.get(step, "side_effect");
    if (typeof sideEffect === "string") return [sideEffect];
    return declaredIn(sideEffect) === undefined ? [] : [identityOf(Object(sideEffect))];
  });
}

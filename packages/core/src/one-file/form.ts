import { contractSchema } from "../artifact/contract.ts";
import { envelope } from "../artifact/envelope.ts";
import { endpoints } from "../artifact/endpoint.ts";
import { fields } from "../artifact/field.ts";
import { intentSchema } from "../artifact/intent.ts";
import { keyRule, name, narrowed, optional, required, saying, shape, table, text } from "../artifact/reader.ts";
import type { At, Reader, Table } from "../artifact/reader.ts";
import { described, type Describe } from "../artifact/schema.ts";
import type { Spot } from "../artifact/spot.ts";
import { workflowSchema } from "../artifact/workflow.ts";
import { isObject, type Json, type JsonObject } from "../value/json.ts";
import type { Located } from "../value/located.ts";

/** One document that declares a workflow and what it needs. What its parts say is read where they have been moved to. */
export interface OneFile {
  readonly spot: Spot;
  readonly workflow: At<string>;
  readonly runtime_binding: At<string> | undefined;
  readonly intent: Located;
  readonly stores: Table<Located> | undefined;
  readonly bindings: Table<Located> | undefined;
  readonly events: Table<Located> | undefined;
  readonly contracts: Table<Located> | undefined;
  readonly nodes: Table<Located>;
}

/** Takes a value as it stands, because it will be read elsewhere; described as what it will be read as. */
const unread = (schema: Describe): Reader<Located> => saying(schema, ({ located }) => located);

/** The schema of what an artifact means, without what it says of itself. */
const coreOf =
  (schema: Describe): Describe =>
  (parts) =>
    inside(inside(schema(parts), "properties"), "core");

const inside = (schema: Json | undefined, key: string): JsonObject => objectAt(objectAt(schema)[key]);
const listAt = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
const objectAt = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** A map without some of its keys, and with others. */
const exchanged =
  (schema: Describe, without: readonly Json[], more: { readonly [key: string]: Describe }): Describe =>
  (parts) => {
    const { properties, required: needed, ...rest } = schema(parts);
    const kept = Object.entries(objectAt(properties)).filter(([key]) => !without.includes(key));
    const added = Object.entries(more).map(([key, describe]) => [key, describe(parts)] as const);
    const names = listAt(needed).filter((key) => !without.includes(key));
    return { ...rest, properties: Object.fromEntries([...kept, ...added]), required: [...names, ...Object.keys(more)] };
  };

const next: Describe = (parts) => described(table(name), parts);

const intent = unread(exchanged(coreOf(intentSchema), ["workflow"], { next }));

/** As in an artifact, except that the class of an exit says its reason; or a step that stands alone. */
const node: Describe = (parts) => {
  const nodes = inside(inside(inside(coreOf(workflowSchema)(parts), "properties"), "nodes"), "additionalProperties");
  const pipeline = inside(inside(inside(coreOf(contractSchema)(parts), "properties"), "pipeline"), "items");
  const lone = exchanged(() => pipeline, ["step", "outputs", "result_surface", "on_result"], { next })(parts);
  const properties = { ...inside(lone, "properties"), on_input_failure: described(name, parts) };
  // oxlint-disable-next-line unicorn/no-thenable -- a key of JSON Schema
  return { if: { required: ["type"] }, then: withoutReason(nodes), else: { ...lone, properties } };
};

const withoutReason = ({ allOf, ...rest }: JsonObject): JsonObject => ({
  ...rest,
  allOf: listAt(allOf).map((variant) => {
    const then = inside(variant, "then");
    const needed = listAt(then["required"]).filter((key) => key !== "reason");
    // oxlint-disable-next-line unicorn/no-thenable -- a key of JSON Schema
    return { if: inside(variant, "if"), then: { ...then, required: needed } };
  }),
});

const anyKey = keyRule(
  () => ({}),
  () => true,
);
const policy: Describe = (parts) => ({ anyOf: [described(endpoints, parts), { type: "object" }] });

/** A path, or all that a structure may say of a store. */
const store: Describe = (parts) => ({ anyOf: [described(text, parts), { type: "object" }] });

export const oneFile: Reader<OneFile> = narrowed(
  shape({
    workflow: required(name),
    ...envelope,
    runtime_binding: optional(text),
    intent: required(intent),
    stores: optional(table(unread(store))),
    bindings: optional(table(unread(policy), anyKey)),
    events: optional(table(unread((parts) => described(fields, parts)))),
    contracts: optional(table(unread(coreOf(contractSchema)))),
    nodes: required(table(unread(node))),
  }),
  { dependentSchemas: { runtime_binding: { properties: { stores: false, bindings: false } } } },
);

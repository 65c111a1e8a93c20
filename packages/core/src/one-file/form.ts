import { contractSchema } from "../artifact/contract.ts";
import { envelope } from "../artifact/envelope.ts";
import { fields } from "../artifact/field.ts";
import { intentSchema } from "../artifact/intent.ts";
import { anyKey, name, narrowed, optional, required, saying, shape, table, text } from "../artifact/reader.ts";
import type { At, Reader, Table } from "../artifact/reader.ts";
import { targets } from "../artifact/read-node.ts";
import { policy } from "../artifact/runtime-binding.ts";
import { coreOf, exchanged, inside, listAt } from "../artifact/schema-parts.ts";
import { described, type Describe } from "../artifact/schema.ts";
import type { Spot } from "../artifact/spot.ts";
import { structureSchema } from "../artifact/structure.ts";
import { workflowSchema } from "../artifact/workflow.ts";
import type { JsonObject } from "../value/json.ts";
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

const next: Describe = (parts) => described(table(targets), parts);

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

/** A path, or all that a structure may say of a store. */
const store: Describe = (parts) => {
  const { properties } = coreOf(structureSchema)(parts);
  return { anyOf: [described(text, parts), inside(inside(properties, "entity_stores"), "additionalProperties")] };
};

export const oneFile: Reader<OneFile> = narrowed(
  shape({
    workflow: required(name),
    ...envelope,
    runtime_binding: optional(text),
    admission: optional(unread((parts) => inside(inside(coreOf(workflowSchema)(parts), "properties"), "admission"))),
    intent: required(intent),
    stores: optional(table(unread(store))),
    bindings: optional(
      table(
        unread((parts) => described(policy, parts)),
        anyKey,
      ),
    ),
    events: optional(table(unread((parts) => described(fields, parts)))),
    contracts: optional(table(unread(coreOf(contractSchema)))),
    nodes: required(table(unread(node))),
  }),
  { dependentSchemas: { runtime_binding: { properties: { stores: false, bindings: false } } } },
);

export const oneFileSchema: Describe = (parts) => described(oneFile, parts);

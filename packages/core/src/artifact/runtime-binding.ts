import type { JsonObject } from "../value/json.ts";
import { code, envelope, type Named } from "./envelope.ts";
import { described, type Describe } from "./schema.ts";
import { endpoints } from "./endpoint.ts";
import { mailPolicy } from "./mail-policy.ts";
import { anyKey, optional, refuse, required, saying, shape, table, text } from "./reader.ts";
import type { At, Here, Reader, Table } from "./reader.ts";

/** Says where and with what the side effects of a workflow act. */
export interface RuntimeBinding extends Named {
  readonly kind: "runtime-binding";
  readonly structure: At<string> | undefined;
  /** Identity of a side effect → its policy, which only that kind of side effect can read. */
  readonly policies: Table<Here>;
}

// oxlint-disable-next-line unicorn/no-thenable -- a key of JSON Schema
const where = (key: string, then: JsonObject): JsonObject => ({ if: { required: [key] }, then });

/** How it is read depends on the side effect: a store of our own asks for nothing, a service for its endpoints, mail for its server. */
export const policy: Reader<Here> = saying(
  (parts) => ({
    type: "object",
    allOf: [where("endpoints", described(endpoints, parts)), where("server", described(mailPolicy, parts))],
  }),
  (here) => (here.located.kind === "map" ? here : refuse(here, "ARTIFACT_SCHEMA", "a policy is a map")),
);

const document = shape({
  rb_code: required(code),
  ...envelope,
  core: required(
    shape({
      storage_structure: optional(text),
      bindings: required(table(shape({ policy: required(policy) }), anyKey)),
    }),
  ),
});

export const runtimeBindingSchema: Describe = (parts) => described(document, parts);

export function readRuntimeBinding(here: Here, named: Named): RuntimeBinding | undefined {
  const read = document(here)?.core;
  if (read === undefined) return undefined;
  const { spot, entries } = read.bindings;
  const policies = new Map([...entries].map(([key, entry]) => [key, { ...entry, value: entry.value.policy }]));
  return {
    kind: "runtime-binding",
    ...named,
    structure: read.storage_structure,
    policies: { spot, entries: policies },
  };
}

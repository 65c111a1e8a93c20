import { code, envelope, type Named } from "./envelope.ts";
import { described, type Describe } from "./schema.ts";
import { endpoints } from "./endpoint.ts";
import {
  itself,
  keyRule,
  optional,
  required,
  saying,
  shape,
  table,
  text,
  type At,
  type Here,
  type Table,
} from "./reader.ts";

/** Says where and with what the side effects of a workflow act. */
export interface RuntimeBinding extends Named {
  readonly kind: "runtime-binding";
  readonly structure: At<string> | undefined;
  /** Identity of a side effect → its policy, which only that kind of side effect can read. */
  readonly policies: Table<Here>;
}

const anyKey = keyRule(
  () => ({}),
  () => true,
);

/** How it is read depends on the side effect: a store of our own asks for nothing, a service for its endpoints. */
const policy = saying((parts) => ({ anyOf: [described(endpoints, parts), { type: "object" }] }), itself);

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

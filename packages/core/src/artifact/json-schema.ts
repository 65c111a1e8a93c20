import type { JsonObject } from "../value/json.ts";
import { kinds } from "./read-artifact.ts";
import type { Describe, Parts } from "./schema.ts";

/** The JSON Schema of each kind of artifact, by its kind, for editors. */
export function jsonSchemas(): { readonly [kind: string]: JsonObject } {
  return Object.fromEntries([...kinds].map(([key, { kind, schema }]) => [kind, schemaOf(key, schema)]));
}

function schemaOf(key: string, describe: Describe): JsonObject {
  const parts: Parts = new Map();
  const described = describe(parts);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: `What stands beside ${key}`,
    ...described,
    ...(parts.size === 0 ? {} : { $defs: Object.fromEntries([...parts].toSorted(byName)) }),
  };
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

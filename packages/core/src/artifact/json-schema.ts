import { oneFileSchema } from "../one-file/form.ts";
import type { JsonObject } from "../value/json.ts";
import { kinds } from "./read-artifact.ts";
import type { Describe, Parts } from "./schema.ts";

/**
 * The JSON Schema of each kind of artifact, for editors: `contract`, `workflow`, and `one-file` for all in one.
 *
 * It says of a file what its reader says of the shape; what takes more than one artifact only the compiler can say.
 */
export const jsonSchemas = (): { readonly [kind: string]: JsonObject } =>
  Object.fromEntries(
    [
      ...[...kinds.values()].map(({ kind, schema }) => [kind, schema] as const),
      ["one-file", oneFileSchema] as const,
    ].map(([kind, schema]) => [kind, schemaOf(kind, schema)]),
  );

function schemaOf(kind: string, describe: Describe): JsonObject {
  const parts: Parts = new Map();
  const described = describe(parts);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:omnibase:schema:${kind}`,
    ...described,
    $defs: Object.fromEntries([...parts].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

import type { Fields } from "../graph/field.ts";
import { code, envelope, type Named } from "./envelope.ts";
import { described, type Describe } from "./schema.ts";
import { fields, plainFields } from "./field.ts";
import { inputSchema } from "./input-schema.ts";
import {
  list,
  mapped,
  narrowed,
  optional,
  refuse,
  required,
  shape,
  text,
  type At,
  type Here,
  type Reader,
} from "./reader.ts";
import { problemAt } from "./spot.ts";

/** What may enter a workflow. */
export interface Intent extends Named {
  readonly kind: "intent";
  /** One intent serves one workflow. */
  readonly workflow: At<string>;
  readonly inputs: Fields;
  /** Who may send it. Absent: anyone. */
  readonly actors: readonly At<string>[] | undefined;
}

/** Whoever wants nobody to come in leaves the workflow away. */
const actors: Reader<At<readonly At<string>[]>> = narrowed(
  mapped(list(text), (read, here) => {
    if (read.value.length === 0) {
      const hint = "name an actor, or take the key out";
      return refuse(here, "ARTIFACT_SCHEMA", "an empty list of actors lets nobody in", hint);
    }
    const seen = new Set<string>();
    for (const { spot, value } of read.value) {
      if (seen.has(value)) here.report(problemAt(spot, "NAME_DUPLICATE", `${value} stands in the list already`));
      seen.add(value);
    }
    return read;
  }),
  { minItems: 1, uniqueItems: true },
);

const core = narrowed(
  mapped(
    shape({
      workflow: required(text),
      inputs: optional(fields),
      schema: optional(inputSchema),
      actors: optional(actors),
    }),
    ({ inputs, schema, ...rest }, here) => {
      if (inputs !== undefined && schema === undefined) return { ...rest, inputs: plainFields(inputs) };
      if (schema !== undefined && inputs === undefined) return { ...rest, inputs: schema };
      const message = "an intent declares what may enter as inputs, or as a JSON Schema";
      return refuse(here, "ARTIFACT_SCHEMA", message, "keep inputs, or schema");
    },
  ),
  { oneOf: [{ required: ["inputs"] }, { required: ["schema"] }] },
);

const document = shape({ in_code: required(code), ...envelope, core: required(core) });

export const intentSchema: Describe = (parts) => described(document, parts);

export function readIntent(here: Here, named: Named): Intent | undefined {
  const read = document(here);
  if (read === undefined) return undefined;
  const { actors: may, inputs, workflow } = read.core;
  return { kind: "intent", ...named, workflow, inputs, actors: may?.value };
}

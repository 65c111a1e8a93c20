import type { Fields } from "../graph/field.ts";
import { code, envelope, type Named } from "./envelope.ts";
import { described, type Describe } from "./schema.ts";
import { fields, plainFields } from "./field.ts";
import { required, shape, text, type At, type Here } from "./reader.ts";

/** What may enter a workflow. */
export interface Intent extends Named {
  readonly kind: "intent";
  /** One intent serves one workflow. */
  readonly workflow: At<string>;
  readonly inputs: Fields;
}

const document = shape({
  in_code: required(code),
  ...envelope,
  core: required(shape({ workflow: required(text), inputs: required(fields) })),
});

export const intentSchema: Describe = (parts) => described(document, parts);

export function readIntent(here: Here, named: Named): Intent | undefined {
  const read = document(here);
  return read && { kind: "intent", ...named, workflow: read.core.workflow, inputs: plainFields(read.core.inputs) };
}

import type { Fields } from "../graph/field.ts";
import { envelope, type Named } from "./envelope.ts";
import { fields, plainFields } from "./field.ts";
import { anything, required, shape, text, type At, type Here } from "./reader.ts";

/** What may enter a workflow. */
export interface Intent extends Named {
  readonly kind: "intent";
  /** One intent serves one workflow. */
  readonly workflow: At<string>;
  readonly inputs: Fields;
}

const document = shape({
  in_code: required(anything),
  ...envelope,
  core: required(shape({ workflow: required(text), inputs: required(fields) })),
});

export function readIntent(here: Here, named: Named): Intent | undefined {
  const read = document(here);
  return read && { kind: "intent", ...named, workflow: read.core.workflow, inputs: plainFields(read.core.inputs) };
}

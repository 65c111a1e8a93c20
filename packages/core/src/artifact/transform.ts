import type { Fields } from "../graph/field.ts";
import { envelope, type Named } from "./envelope.ts";
import { fields, plainFields } from "./field.ts";
import { anything, list, name, optional, required, shape, text, type At, type Here } from "./reader.ts";

/** A pure function. Its outputs come with SUCCESS. */
export interface Transform extends Named {
  readonly kind: "transform";
  readonly inputs: Fields;
  readonly outputs: Fields;
  readonly outcomes: readonly At<string>[];
  /** The name of a built-in. */
  readonly implementation: At<string>;
}

const document = shape({
  ct_code: required(anything),
  ...envelope,
  core: required(shape({ inputs: required(fields), outputs: required(fields), outcomes: optional(list(name)) })),
  implementation: required(shape({ builtin: required(text) })),
});

export function readTransform(here: Here, named: Named): Transform | undefined {
  const read = document(here);
  if (read === undefined) return undefined;
  const usual = ["SUCCESS", "VIOLATION"].map((value) => ({ value, spot: named.spot }));
  return {
    kind: "transform",
    ...named,
    inputs: plainFields(read.core.inputs),
    outputs: plainFields(read.core.outputs),
    outcomes: read.core.outcomes?.value ?? usual,
    implementation: read.implementation.builtin,
  };
}

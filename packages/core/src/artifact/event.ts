import type { Field } from "../graph/field.ts";
import { code, envelope, type Named } from "./envelope.ts";
import { described, type Describe } from "./schema.ts";
import { recordedFields } from "./field.ts";
import { required, shape, type Here, type Table } from "./reader.ts";

/** What an exit may tell the world. */
export interface EventArtifact extends Named {
  readonly kind: "event";
  readonly schema: Table<Field>;
}

const document = shape({
  ev_code: required(code),
  ...envelope,
  core: required(shape({ schema: required(recordedFields) })),
});

export const eventSchema: Describe = (parts) => described(document, parts);

export function readEvent(here: Here, named: Named): EventArtifact | undefined {
  const read = document(here);
  return read && { kind: "event", ...named, schema: read.core.schema };
}

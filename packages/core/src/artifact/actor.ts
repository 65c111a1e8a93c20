import type { Fields } from "../graph/field.ts";
import { code, envelope, type Named } from "./envelope.ts";
import { recordedFieldsOf, plainFields } from "./field.ts";
import { oneOf, optional, required, shape, type Here } from "./reader.ts";
import { described, type Describe } from "./schema.ts";

/** Who may ask, or do the work of a task. */
export interface Actor extends Named {
  readonly kind: "actor";
  readonly type: ActorType;
  /** What whoever plays it says of themselves. */
  readonly attributes: Fields;
}

export type ActorType = "human" | "agent" | "system";

const types: readonly ActorType[] = ["human", "agent", "system"];

/** A principal is one text, so only what is written in one word can stand in it. */
const attributes = recordedFieldsOf(["string", "number", "integer", "boolean"], "nobody can say an attribute");

const document = shape({
  ac_code: required(code),
  ...envelope,
  core: required(shape({ type: required(oneOf(types)), attributes: optional(attributes) })),
});

export const actorSchema: Describe = (parts) => described(document, parts);

export function readActor(here: Here, named: Named): Actor | undefined {
  const read = document(here)?.core;
  return read && { kind: "actor", ...named, type: read.type.value, attributes: plainFields(read.attributes) };
}

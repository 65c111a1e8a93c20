import type { Fields } from "../graph/field.ts";
import { code, envelope, type Named } from "./envelope.ts";
import { fields, plainFields } from "./field.ts";
import { mapped, narrowed, oneOf, optional, refuse, required, shape, text, type At, type Here } from "./reader.ts";
import { described, type Describe } from "./schema.ts";

/** A door of a workflow: where one may come in from outside, and with what. */
export interface Ingress extends Named {
  readonly kind: "ingress";
  readonly method: At<string>;
  readonly path: At<string>;
  readonly workflow: At<string>;
  readonly admits: At<Fields>;
  /** What is said to whoever came in. Absent: what any door says. */
  readonly egress: At<string> | undefined;
}

/** What comes in stands in a body, and only these have one. */
const methods = ["POST", "PUT", "PATCH"] as const;

const PATH = /^(?=.{2,200}$)(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)+$/;

const path = narrowed(
  mapped(text, (found, here) => {
    if (PATH.test(found.value)) return found;
    return refuse(here, "ROUTE_PATH_INVALID", `${found.value} is not a path that we would serve`);
  }),
  { pattern: PATH.source },
);

const document = shape({
  ti_code: required(code),
  ...envelope,
  core: required(
    shape({
      route: required(shape({ method: required(oneOf(methods)), path: required(path) })),
      workflow: required(text),
      admission_schema: required(fields),
      egress: optional(text),
    }),
  ),
});

export const ingressSchema: Describe = (parts) => described(document, parts);

export function readIngress(here: Here, named: Named): Ingress | undefined {
  const read = document(here)?.core;
  if (read === undefined) return undefined;
  const { admission_schema: declared, egress, route, workflow } = read;
  const admits = { value: plainFields(declared), spot: declared.spot };
  return { kind: "ingress", ...named, method: route.method, path: route.path, workflow, admits, egress };
}

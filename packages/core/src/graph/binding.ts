import type { Json } from "../value/json.ts";

/**
 * Where a value comes from, as data.
 *
 * The compiler substitutes names away: a contract's `$.inputs.name` is already what the workflow bound to it, and a
 * step's `$.results.id.id` already points into what the transform returned. So evaluation only ever reads.
 */
export type Binding =
  | { readonly kind: "literal"; readonly value: Json }
  /** From what was admitted, defaults applied. */
  | ({ readonly kind: "payload" } & Path)
  /** From what was sent, as it came. */
  | ({ readonly kind: "received" } & Path)
  /** From what a place answered, or from what a scope returned. */
  | ({ readonly kind: "result"; readonly of: string } & Path)
  /** What a round of a map is about (`item`, `index`), or of a loop (`last`, `index`). */
  | ({ readonly kind: "round"; readonly of: string } & Path)
  /** The `at` of the last given event before the place was reached: time is an input, and no attempt changes it. */
  | { readonly kind: "timestamp" }
  | { readonly kind: "object"; readonly fields: { readonly [name: string]: Binding } }
  | { readonly kind: "list"; readonly items: readonly Binding[] };

/** Whether `null` is no value. Absent: it is one. */
type Path = { readonly path: readonly string[]; readonly some?: true };

export type Bindings = { readonly [name: string]: Binding };

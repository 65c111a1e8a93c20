import type { Expression } from "../artifact/expression.ts";
import type { Spot } from "../artifact/spot.ts";
import { isSecret, type Field } from "../graph/field.ts";
import { isUnknown, spelled, type Lookup } from "./view.ts";

/** A secret that is read where none may be. */
interface Leak {
  readonly spot: Spot;
  readonly what: string;
}

/** What is written out is looked into, so that a secret may stand beside what is none. */
export function leaksIn(expression: Expression, to: Field | undefined, lookup: Lookup): readonly Leak[] {
  if (to?.secret === true) return [];
  switch (expression.kind) {
    case "path": {
      const found = lookup(expression);
      return !isUnknown(found) && leaks(found.field, to) ? [{ spot: expression.spot, what: spelled(expression) }] : [];
    }
    case "object":
      return expression.fields.flatMap(({ key, value }) => leaksIn(value, to?.fields?.[key], lookup));
    case "list":
      return expression.items.flatMap((item) => leaksIn(item, to?.items, lookup));
    case "literal":
    case "timestamp":
      return [];
  }
}

/** Whether something that one field says is secret is for everybody where another is declared. */
export function leaks(
  { any_of: ways = [], fields = {}, items, others, secret }: Field,
  to: Field | undefined,
): boolean {
  if (to?.secret === true) return false;
  if (secret === true || [others, ...ways].some((one) => one !== undefined && isSecret(one))) return true;
  const inside = Object.entries(fields).some(([name, field]) => leaks(field, to?.fields?.[name]));
  return inside || (items !== undefined && leaks(items, to?.items));
}

import type { Bindings } from "../graph/binding.ts";
import type { EntityRules, Lifecycle } from "../graph/entity.ts";
import { admit } from "../execution/admit.ts";
import { isObject } from "../value/json.ts";
import type { Json } from "../value/json.ts";
import { ownValue } from "../value/present.ts";
import type { EntityOperation, RecordChange } from "./operation.ts";

/** The input that holds what the records of the store are; no author can bind it. Absent: they are whatever is written. */
export const entityInput = "@entity";

export function entityIn({ input }: EntityOperation): EntityRules | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the compiler writes it there
  return ownValue(input, entityInput) as EntityRules | undefined;
}

/** What the compiler wrote there, read off a place again. */
export function entityBound(inputs: Bindings): EntityRules | undefined {
  const bound = ownValue(inputs, entityInput);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the compiler writes it there
  return bound?.kind === "literal" ? (bound.value as EntityRules) : undefined;
}

/** What a change would break, in words for whoever asked for it. `undefined`: nothing. */
export function breachOf({ attributes, identity, lifecycle }: EntityRules, change: RecordChange): string | undefined {
  const { after, before, key } = change;
  if (after === undefined) {
    return lifecycle && "a record that has a lifecycle is not removed: it ends in a stage";
  }
  const [wrong] = admit(attributes, after).nack;
  if (wrong !== undefined) return wrong.field === "" ? "a record is an object" : wrong.message;
  const called = attributeOf(after, identity);
  if (called !== key) return `${identity} is ${textOf(called)}, and the record is stored as ${textOf(key)}`;
  return lifecycle && breachOfLife(lifecycle, attributeOf(after, lifecycle.field), before);
}

function breachOfLife({ field, initial, next }: Lifecycle, to: Json | undefined, before?: Json): string | undefined {
  if (before === undefined) return to === initial ? undefined : `a new record is at ${initial}, not at ${textOf(to)}`;
  const from = attributeOf(before, field);
  const ways = typeof from === "string" ? ownValue(next, from) : undefined;
  if (ways === undefined) return `a record at ${textOf(from)} does not change any more`;
  if (ways.some((stage) => stage === to)) return undefined;
  return `${field} goes from ${textOf(from)} to ${ways.filter((stage) => stage !== from).join(", ")}, not to ${textOf(to)}`;
}

const attributeOf = (record: Json, name: string): Json | undefined =>
  isObject(record) ? ownValue(record, name) : undefined;

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : JSON.stringify(value ?? null));

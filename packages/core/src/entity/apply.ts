import { present } from "../value/present.ts";
import { eventOperations } from "./admission.ts";
import { appendOnly } from "./append-only.ts";
import { changesOf } from "./changes.ts";
import { document } from "./document.ts";
import { nameRegistry } from "./name-registry.ts";
import { publishedOperations } from "./published-append.ts";
import { says } from "./operation.ts";
import type { Applied, EntityOperation, EntityReader, Perform } from "./operation.ts";
import { storeKinds } from "./kinds.ts";
import { breachOf, entityIn } from "./lawful.ts";
import { registry } from "./registry.ts";

/** Every operation that an artifact may name, by `<kind>.<name>`. */
export const operations: ReadonlyMap<string, Perform> = new Map([
  ...registry,
  ...appendOnly,
  ...document,
  ...nameRegistry,
]);

/** And those that only the compiler writes into a graph. */
const all: ReadonlyMap<string, Perform> = new Map([...operations, ...eventOperations, ...publishedOperations]);

/**
 * What an operation does to a store of our own. Pure: the adapter calls it inside the transaction that reads and writes.
 *
 * The compiler admits only operations that are named here, so an unknown one is a bug.
 */
export function apply(operation: EntityOperation, reader: EntityReader, atMs: number): Applied {
  const perform = all.get(operation.name);
  if (perform === undefined) throw new Error(`impossible: the operation ${operation.name}`);
  return lawful(operation, perform(operation, reader, atMs), reader);
}

/** All of an operation is done, or nothing of it. */
function lawful(operation: EntityOperation, applied: Applied, reader: EntityReader): Applied {
  const entity = entityIn(operation);
  if (entity === undefined || applied.writes.length === 0) return applied;
  const kind = present(storeKinds.find((known) => operation.name.startsWith(`${known}.`)));
  for (const change of changesOf[kind](applied, reader)) {
    const reason = breachOf(entity, change);
    if (reason !== undefined) return says("VIOLATION", { reason });
  }
  return applied;
}

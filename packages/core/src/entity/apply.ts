import { eventOperations } from "./admission.ts";
import { appendOnly } from "./append-only.ts";
import { document } from "./document.ts";
import { nameRegistry } from "./name-registry.ts";
import { publishedOperations } from "./published-append.ts";
import type { Applied, EntityOperation, EntityReader, Perform } from "./operation.ts";
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
  return perform(operation, reader, atMs);
}

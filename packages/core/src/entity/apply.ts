import { appendOnly } from "./append-only.ts";
import { document } from "./document.ts";
import type { Applied, EntityOperation, EntityReader, Perform } from "./operation.ts";
import { registry } from "./registry.ts";

/** Every operation that there is, by `<kind>.<name>`. */
export const operations: ReadonlyMap<string, Perform> = new Map([...registry, ...appendOnly, ...document]);

/**
 * What an operation does to a store of our own. Pure: the adapter calls it inside the transaction that reads and writes.
 *
 * The compiler admits only operations that are named here, so an unknown one is a bug.
 */
export function apply(operation: EntityOperation, reader: EntityReader, atMs: number): Applied {
  const perform = operations.get(operation.name);
  if (perform === undefined) throw new Error(`impossible: the operation ${operation.name}`);
  return perform(operation, reader, atMs);
}

import type { Applied, EntityOperation, EntityReader } from "./operation.ts";
import { registry } from "./registry.ts";

/**
 * What an operation does to a store of our own. Pure: the adapter calls it inside the transaction that reads and writes.
 *
 * The compiler admits only operations that are named here, so an unknown one is a bug.
 */
export function apply(operation: EntityOperation, read: EntityReader): Applied {
  const perform = registry.get(operation.name);
  if (perform === undefined) throw new Error(`impossible: the operation ${operation.name}`);
  return perform(operation, read);
}

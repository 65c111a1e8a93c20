import type { Json } from "../value/json.ts";
import type { EntityReader } from "./operation.ts";

/** A store as it will be when something is written to it. What is written later is seen, too. */
export const overlaid = (reader: EntityReader, writes: ReadonlyMap<string, Json>): EntityReader => ({
  get: (key) => writes.get(key) ?? reader.get(key),
  keys: () => [...new Set([...reader.keys(), ...writes.keys()])].toSorted(),
});

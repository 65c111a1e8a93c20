import { isObject } from "../value/json.ts";
import type { Json } from "../value/json.ts";
import { isDocumentKey } from "./document.ts";
import { says } from "./operation.ts";
import type { Applied, EntityOperation, EntityReader, Perform } from "./operation.ts";

/**
 * A name registry: public addresses under names that people can remember. The last write wins, and no history is kept.
 *
 * The projected file shows it as one object, name to entry, so a name is what an object of a file may have as a key.
 */
export const nameRegistry: ReadonlyMap<string, Perform> = new Map([
  ["name-registry.READ", read],
  ["name-registry.WRITE", write],
]);

const ADDRESSES_PER_NAME_MAX = 100;

function read({ input: { name } }: EntityOperation, store: EntityReader): Applied {
  if (!isDocumentKey(name)) return says("VIOLATION");
  const entry = store.get(name);
  return entry === undefined ? says("NOT_FOUND", { resource_addresses: [] }) : says("SUCCESS", entry);
}

/** An empty list is an entry, too: the name is known, and stands for nothing. */
function write({ input: { name, resource_addresses } }: EntityOperation): Applied {
  if (!isDocumentKey(name) || !areAddresses(resource_addresses)) return says("VIOLATION");
  return { outcome: "SUCCESS", value: { success: true }, writes: [{ key: name, value: { resource_addresses } }] };
}

/** What a projected file shows under a name: this, and nothing else that would be lost. */
export const isNameEntry = (entry: Json): boolean =>
  isObject(entry) && Object.keys(entry).length === 1 && areAddresses(entry["resource_addresses"]);

const areAddresses = (value: Json | undefined): value is readonly string[] =>
  Array.isArray(value) && value.length <= ADDRESSES_PER_NAME_MAX && value.every((one) => typeof one === "string");

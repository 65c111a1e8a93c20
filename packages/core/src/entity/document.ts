import { canonical } from "../value/canonical.ts";
import { isObject } from "../value/json.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { keyRefusal } from "../value/key-rule.ts";
import { fitting } from "./answer-size.ts";
import { isKey } from "./key.ts";
import { says } from "./operation.ts";
import type { Applied, Changes, EntityOperation, EntityReader, EntityWrite, Perform } from "./operation.ts";

/**
 * A document store: values under keys, where the last write wins and no history is kept. The projected file shows it as
 * one object, so a key is what the object of a file may have as a key, and the store's keys are the user's own.
 */
export const document: ReadonlyMap<string, Perform> = new Map([
  ["document.READ", read],
  ["document.WRITE", write],
  ["document.DELETE", remove],
  ["document.EXISTS", exists],
  ["document.LIST", listKeys],
  ["document.DELETE_MANY", removeMany],
  ["document.UPDATE_WHERE", updateWhere],
]);

function read({ input: { key } }: EntityOperation, store: EntityReader): Applied {
  if (!isDocumentKey(key)) return says("VIOLATION");
  const value = store.get(key);
  return value === undefined ? says("NOT_FOUND") : says("SUCCESS", { value });
}

function write({ input: { key, value } }: EntityOperation): Applied {
  if (!isDocumentKey(key) || value === undefined) return says("VIOLATION");
  return wrote({}, [{ key, value }]);
}

function remove({ input: { key } }: EntityOperation, store: EntityReader): Applied {
  if (!isDocumentKey(key)) return says("VIOLATION");
  return store.get(key) === undefined ? says("NOT_FOUND") : wrote({}, [{ key }]);
}

function exists({ input: { key } }: EntityOperation, store: EntityReader): Applied {
  return isDocumentKey(key) ? says("SUCCESS", { exists: store.get(key) !== undefined }) : says("VIOLATION");
}

/** Names every key, or none: half a list would be taken for the whole. */
function listKeys(_: EntityOperation, store: EntityReader): Applied {
  const { taken, whole } = fitting(store.keys());
  return whole ? says("SUCCESS", { keys: taken }) : says("BACKEND_ERROR");
}

/** A key that is not there counts as removed already. */
function removeMany({ input: { keys } }: EntityOperation, store: EntityReader): Applied {
  if (!isList(keys) || !keys.every(isDocumentKey)) return says("VIOLATION");
  const present = [...new Set(keys)].filter((key) => store.get(key) !== undefined);
  return wrote(
    { drained_count: present.length },
    present.map((key) => ({ key })),
  );
}

/** Changes every object whose fields are all as the filter says, if their keys can be told. `null` takes a field away. */
function updateWhere({ input: { filter, updates } }: EntityOperation, store: EntityReader): Applied {
  if (!isObject(filter) || !isObject(updates) || Object.keys(filter).length === 0) return says("VIOLATION");
  const wanted = Object.entries(filter).map(([name, value]) => [name, canonical(value)] as const);
  const writes = store.keys().flatMap((key): readonly EntityWrite[] => {
    const value = store.get(key);
    if (!isObject(value) || !wanted.every(([name, text]) => isAt(value, name, text))) return [];
    return [{ key, value: updated(value, updates) }];
  });
  const { taken, whole } = fitting(writes.map(({ key }) => key));
  if (writes.length === 0 || !whole) return says("VIOLATION");
  return wrote({ matched_keys: taken, updated_count: writes.length }, writes);
}

/** What is written as it was is no change. */
export const documentChanges: Changes = ({ writes }, store) =>
  writes.flatMap(({ key, value }) => {
    const before = store.get(key);
    const isSame = before !== undefined && value !== undefined && canonical(before) === canonical(value);
    return isSame ? [] : [{ key, before, after: value }];
  });

const wrote = (value: Json, writes: readonly EntityWrite[]): Applied => ({ outcome: "SUCCESS", value, writes });

function isAt(value: JsonObject, name: string, text: string): boolean {
  const actual = Object.hasOwn(value, name) ? value[name] : undefined;
  return actual !== undefined && canonical(actual) === text;
}

const updated = (value: JsonObject, updates: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries({ ...value, ...updates }).filter(([name]) => updates[name] !== null));

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

export const isDocumentKey = (key: Json | undefined): key is string => isKey(key) && keyRefusal(key) === undefined;

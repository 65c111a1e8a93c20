import { canonical } from "../value/canonical.ts";
import { ownValue, present } from "../value/present.ts";
import { isObject } from "../value/json.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { instantText } from "../value/instant.ts";
import { overlaid } from "./overlaid.ts";
import type { EmittedEvent, EntityReader, EntityWrite } from "./operation.ts";

/**
 * The store of everything that was emitted, one for each tenant, numbered in the order of commits from 1 without holes.
 *
 * It is a store like any other, with keys that are read one at a time. A **list** holds the numbers of the events of one
 * identity in which some fields have some values, in order; so "how many since" is a binary search. The list of all
 * events of one identity is always kept. Those by fields are kept for the sets of fields that some admission has asked
 * for: the first who asks reads every event of that identity once, and from then on each emission keeps the list.
 */
export const eventStore = "@events";

const LAST = "last";
const eventKey = (number: number): string => `event/${String(number)}`;
/** The sets of fields by which an event is kept. */
const setsKey = (event: string): string => `sets/${event}`;

/** Names the values that a list is for; canonical, so no two lists share a name. */
type ListName = string;

export const listName = (event: string, where: JsonObject): ListName => canonical([event, where]);

const countKey = (list: ListName): string => `count ${list}`;
const itemKey = (list: ListName, index: number): string => `${String(index)} ${list}`;

export const countIn = (read: EntityReader, list: ListName): number => Number(read.get(countKey(list)) ?? 0);

/** The number of the event at a position of a list, from 1. */
export const numberAt = (read: EntityReader, list: ListName, index: number): number =>
  Number(present(read.get(itemKey(list, index))));

/** What an emission adds to the store of events: rows of the index, and one line for each event. */
export interface Emission {
  readonly writes: readonly Required<EntityWrite>[];
  readonly journal: readonly Json[];
}

/** What it means to emit. Pure: the adapter calls it inside the transaction that commits what emits. */
export function emit(events: readonly EmittedEvent[], execution: string, reader: EntityReader): Emission {
  const writes = new Map<string, Json>();
  const journal: Json[] = [];
  const read = overlaid(reader, writes);
  for (const { atMs, event, fields } of events) {
    const number = Number(read.get(LAST) ?? 0) + 1;
    const stored = { at: instantText(atMs), event, execution, fields };
    writes.set(LAST, number);
    writes.set(eventKey(number), stored);
    for (const set of [[], ...setsOf(read, event)]) {
      const where = valuesOf(fields, set);
      if (where !== undefined) listed(number, listName(event, where), { read, writes });
    }
    journal.push({ ...stored, number });
  }
  return { writes: [...writes].map(([key, value]) => ({ key, value })), journal };
}

/** Keeps an event by a set of its fields, if it is not; all that was emitted before is read once. */
export function keptBy(event: string, fields: readonly string[], { read, writes }: Index): void {
  const set = fields.toSorted();
  const known = setsOf(read, event);
  if (set.length === 0 || known.some((one) => canonical(one) === canonical(set))) return;
  writes.set(setsKey(event), [...known, set]);
  const all = listName(event, {});
  for (let index = 1, count = countIn(read, all); index <= count; index += 1) {
    const number = numberAt(read, all, index);
    const where = valuesOf(fieldsOf(present(read.get(eventKey(number)))), set);
    if (where !== undefined) listed(number, listName(event, where), { read, writes });
  }
}

/** The store as it is, and what is to be written; the first sees the second. */
export interface Index {
  readonly read: EntityReader;
  readonly writes: Map<string, Json>;
}

function listed(number: number, list: ListName, { read, writes }: Index): void {
  const count = countIn(read, list) + 1;
  writes.set(countKey(list), count);
  writes.set(itemKey(list, count), number);
}

const setsOf = (read: EntityReader, event: string): readonly (readonly string[])[] =>
  itemsOf(read.get(setsKey(event)) ?? []).map((set) => itemsOf(set).map(String));

function itemsOf(value: Json): readonly Json[] {
  if (!Array.isArray(value)) throw new Error("impossible: a set of fields that is no list");
  return value;
}

/** The values of some fields; `undefined` where one of them has none. */
function valuesOf(fields: JsonObject, names: readonly string[]): JsonObject | undefined {
  const values = names.map((name) => [name, ownValue(fields, name) ?? null] as const);
  return values.some(([, value]) => value === null) ? undefined : Object.fromEntries(values);
}

function fieldsOf(stored: Json): JsonObject {
  const fields = isObject(stored) ? stored["fields"] : undefined;
  if (!isObject(fields)) throw new Error("impossible: an event without fields");
  return fields;
}

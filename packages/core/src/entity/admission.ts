import { isObject } from "../value/json.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { ownValue, present } from "../value/present.ts";
import { countIn, keptBy, listName, numberAt } from "./events.ts";
import type { Index } from "./events.ts";
import type { Applied, EntityOperation, EntityReader, Perform } from "./operation.ts";
import { overlaid } from "./overlaid.ts";

/** The input of an admission that holds its clauses; every other is a value that they name. */
export const clausesInput = "clauses";

/** What a clause demands of the past: how many events, and which count. */
export type Clause = EventsAsked & {
  /** Where the author wrote it: `requires[0]`. */
  readonly clause: string;
  readonly at_least: number;
  readonly at_most?: number;
  /** Only what is later than the latest of these counts. Where there is none, all of it does. */
  readonly after?: EventsAsked;
};

/** Events of one identity in which each field has the value of an input of the admission. */
export type EventsAsked = {
  readonly event: string;
  /** Field of the event → name of the input. */
  readonly where: { readonly [field: string]: string };
};

export const eventOperations: ReadonlyMap<string, Perform> = new Map([["events.ADMIT", admitByEvents]]);

/**
 * Decides by what was emitted. Every clause is asked, so a denial names all that keep the gate shut.
 *
 * A clause costs a few reads and a binary search, however much was emitted. What is written is only ever index.
 */
function admitByEvents({ input }: EntityOperation, reader: EntityReader): Applied {
  const writes = new Map<string, Json>();
  const index: Index = { read: overlaid(reader, writes), writes };
  const denied = clausesOf(ownValue(input, clausesInput)).flatMap((clause): readonly JsonObject[] => {
    const found = countedBy(clause, input, index);
    const { at_least, at_most, clause: name, event } = clause;
    if (found >= at_least && found <= (at_most ?? found)) return [];
    return [{ clause: name, event, found, at_least, ...(at_most === undefined ? {} : { at_most }) }];
  });
  return {
    outcome: denied.length === 0 ? "ADMITTED" : "DENIED",
    value: denied.length === 0 ? {} : { denied },
    writes: [...writes].map(([key, value]) => ({ key, value })),
  };
}

function countedBy({ after, ...asked }: Clause, input: JsonObject, index: Index): number {
  const list = listOf(asked, input, index);
  const count = countIn(index.read, list);
  if (after === undefined) return count;
  const others = listOf(after, input, index);
  const last = countIn(index.read, others);
  return last === 0 ? count : count - upTo(numberAt(index.read, others, last), { list, count, read: index.read });
}

function listOf({ event, where }: EventsAsked, input: JsonObject, index: Index): string {
  keptBy(event, Object.keys(where), index);
  const values = Object.entries(where).map(([field, name]) => [field, present(ownValue(input, name))] as const);
  return listName(event, Object.fromEntries(values));
}

interface Searched {
  readonly list: string;
  readonly count: number;
  readonly read: EntityReader;
}

/** How many of a list have a number up to the given one: the numbers of a list grow. */
function upTo(number: number, { count, list, read }: Searched): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (numberAt(read, list, middle) <= number) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The compiler wrote them into the graph, and nobody else can. */
export function clausesOf(value: Json | undefined): readonly Clause[] {
  if (Array.isArray(value) && value.every(isClause)) return value;
  throw new Error("impossible: an admission without clauses");
}

const isClause = (value: Json): value is Clause => isObject(value) && isObject(value["where"]);

import { instantText } from "../value/instant.ts";
import { isObject } from "../value/json.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { present } from "../value/present.ts";
import { isAbsent, isKey } from "./key.ts";
import { says } from "./operation.ts";
import type { Applied, EntityOperation, EntityReader, EntityWrite, Perform } from "./operation.ts";

/**
 * An append-only store: lines in the order in which they were appended, numbered from 1 without holes. Nothing in it is
 * ever changed or removed.
 *
 * One key of the store per line, the number of the last line, and for each stream the number of its last line. A line
 * knows the one before it in its stream, so a stream is read at the price of what it holds.
 */
const LINE = "line/";
const STREAM = "stream/";
const LAST = "last";

export const appendOnly: ReadonlyMap<string, Perform> = new Map([
  ["append-only.APPEND", append],
  ["append-only.GET_ALL", getAll],
]);

export function append({ input, nonce }: EntityOperation, read: EntityReader, atMs: number): Applied {
  const { record, stream_id, actor_id } = input;
  if (!isObject(record) || !isName(stream_id) || !isName(actor_id)) return says("VIOLATION");
  const sequence_number = lastIn(read, LAST) + 1;
  const record_id = `REC_${nonce.slice(0, 32)}`;
  const stamp = { record_id, sequence_number, timestamp: instantText(atMs) };
  const line: Line = { ...stamp, actor_id: actor_id ?? null, stream_id: stream_id ?? null, record };
  return {
    outcome: "SUCCESS",
    value: { record_id, sequence_number },
    writes: lineWrites(line, isKey(stream_id) ? lastIn(read, STREAM + stream_id) : 0),
    journal: line,
  };
}

function getAll({ input: { stream_id } }: EntityOperation, read: EntityReader): Applied {
  if (!isName(stream_id)) return says("SUCCESS", { entries: [] });
  if (isAbsent(stream_id)) {
    const numbers = Array.from({ length: lastIn(read, LAST) }, (_, index) => index + 1);
    return says("SUCCESS", { entries: numbers.map((number) => storedAt(read, number).line) });
  }
  const entries: Json[] = [];
  for (let number = lastIn(read, STREAM + stream_id); number > 0;) {
    const { line, before } = storedAt(read, number);
    entries.push(line);
    number = before;
  }
  return says("SUCCESS", { entries: entries.toReversed() });
}

/** One line, as the projected file shows it. */
export type Line = JsonObject & { readonly sequence_number: number; readonly stream_id: string | null };

interface Stored {
  readonly line: Json;
  /** The line before it in its stream; 0: there is none. */
  readonly before: number;
}

export const lineWrites = (line: Line, before: number): readonly Required<EntityWrite>[] => {
  const { sequence_number: number, stream_id } = line;
  const stored: JsonObject = { line, before };
  const lasts = stream_id === null ? [LAST] : [LAST, STREAM + stream_id];
  return [{ key: LINE + String(number), value: stored }, ...lasts.map((key) => ({ key, value: number }))];
};

/** The line that a projected file shows as its `number`th, or what is wrong with it. */
export function lineOf(given: Json, number: number): Line | string {
  if (!isObject(given)) return "a line of an append-only store is an object";
  const { record_id, sequence_number, timestamp, actor_id, stream_id, record } = given;
  if (sequence_number !== number) return `\`sequence_number\` is ${String(number)} here: lines are never taken out`;
  if (!isKey(record_id)) return "`record_id` is a text of 1 to 256 characters";
  if (typeof timestamp !== "string") return "`timestamp` is a text";
  if (!isName(actor_id) || !isName(stream_id)) return "`actor_id` and `stream_id` are texts of 1 to 256 characters";
  if (!isObject(record)) return "`record` is an object";
  return { ...given, sequence_number, stream_id: stream_id ?? null };
}

function storedAt(read: EntityReader, number: number): Stored {
  const stored = read.get(LINE + String(number));
  if (!isObject(stored)) throw new Error(`impossible: an append-only store without its line ${String(number)}`);
  return { line: present(stored["line"]), before: Number(stored["before"]) };
}

const lastIn = (read: EntityReader, key: string): number => Number(read.get(key) ?? 0);

const isName = (name: Json | undefined): name is string | null | undefined => isAbsent(name) || isKey(name);

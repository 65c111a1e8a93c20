import { instantText } from "../value/instant.ts";
import { isObject } from "../value/json.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { present } from "../value/present.ts";
import { fitting } from "./answer-size.ts";
import { isAbsent, isKey } from "./key.ts";
import { says } from "./operation.ts";
import type { Applied, Changes, EntityOperation, EntityReader, EntityWrite, Perform } from "./operation.ts";

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
  ["append-only.GET_LATEST", getLatest],
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

/** Everything, or nothing: a part would be taken for the whole. */
function getAll({ input: { stream_id } }: EntityOperation, read: EntityReader): Applied {
  if (!isName(stream_id)) return says("SUCCESS", { entries: [] });
  const { taken, whole } = fitting(backwards(read, stream_id ?? undefined));
  return whole ? says("SUCCESS", { entries: taken.toReversed() }) : says("BACKEND_ERROR");
}

const PAGE_LINES = 100;
const PAGE_LINES_MAX = 1_000;

/** The newest lines before one that is named, in order, at the price of what is given. A page is never empty for size. */
function getLatest({ input }: EntityOperation, read: EntityReader): Applied {
  const { before, limit, stream_id } = input;
  if (!isName(stream_id) || !isCount(before) || !isCount(limit)) return says("VIOLATION");
  const lines = limit ?? PAGE_LINES;
  const stream = stream_id ?? undefined;
  const from = isAbsent(before) ? undefined : lineBefore(read, before, stream);
  if (lines > PAGE_LINES_MAX || (from === undefined && !isAbsent(before))) return says("VIOLATION");
  const { taken } = fitting(first(lines, backwards(read, stream, from)));
  const oldest = taken.at(-1)?.sequence_number;
  const more = oldest !== undefined && lineBefore(read, oldest, stream) !== 0;
  return says("SUCCESS", { entries: taken.toReversed(), ...(more ? { before: oldest } : {}) });
}

/** The number of the line before a line of the stream, or of the store. `undefined`: there is no such line. */
function lineBefore(read: EntityReader, number: number, stream: string | undefined): number | undefined {
  const stored = read.get(LINE + String(number));
  if (!isObject(stored)) return undefined;
  if (stream === undefined) return number - 1;
  const { before, line } = stored;
  return isObject(line) && line["stream_id"] === stream ? Number(before) : undefined;
}

/** The lines of a stream, or of the store, from the newest on, or from the one with a number on. */
function* backwards(read: EntityReader, stream: string | undefined, from?: number): Generator<Line> {
  let number = from ?? lastIn(read, stream === undefined ? LAST : STREAM + stream);
  while (number > 0) {
    const { line, before } = storedAt(read, number);
    yield line;
    number = stream === undefined ? number - 1 : before;
  }
}

function* first<T>(count: number, values: Iterable<T>): Generator<T> {
  let left = count;
  for (const value of values) {
    yield value;
    left -= 1;
    if (left === 0) return;
  }
}

/** One line, as the projected file shows it. */
export type Line = JsonObject & { readonly sequence_number: number; readonly stream_id: string | null };

interface Stored {
  readonly line: Line;
  /** The line before it in its stream; 0: there is none. */
  readonly before: number;
}

export const lineWrites = (line: Line, before: number): readonly Required<EntityWrite>[] => {
  const { sequence_number: number, stream_id } = line;
  const stored: JsonObject = { line, before };
  const lasts = stream_id === null ? [LAST] : [LAST, STREAM + stream_id];
  return [{ key: LINE + String(number), value: stored }, ...lasts.map((key) => ({ key, value: number }))];
};

/** A stream is the history of one record: what is appended follows what was appended to it last. */
export const lineChanges: Changes = ({ writes }, read) =>
  writes
    .filter(({ key }) => key.startsWith(LINE))
    .map(({ key, value }) => {
      const { before, line } = storedOf(key, value);
      return {
        key: line["stream_id"],
        before: before === 0 ? undefined : storedAt(read, before).line["record"],
        after: line["record"],
      };
    });

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

const storedAt = (read: Pick<EntityReader, "get">, number: number): Stored =>
  storedOf(LINE + String(number), read.get(LINE + String(number)));

function storedOf(key: string, stored: Json | undefined): Stored {
  if (!isObject(stored)) throw new Error(`impossible: an append-only store without its ${key}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else is ever written there
  return { line: present(stored["line"]) as Line, before: Number(stored["before"]) };
}

const lastIn = (read: EntityReader, key: string): number => Number(read.get(key) ?? 0);

const isName = (name: Json | undefined): name is string | null | undefined => isAbsent(name) || isKey(name);

const isCount = (count: Json | undefined): count is number | null | undefined =>
  isAbsent(count) || (typeof count === "number" && Number.isSafeInteger(count) && count > 0);

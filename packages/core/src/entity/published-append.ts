import { isObject } from "../value/json.ts";
import type { Json } from "../value/json.ts";
import { append } from "./append-only.ts";
import type { Applied, EmittedEvent, EntityOperation, EntityReader, Perform } from "./operation.ts";

export const publishedOperations: ReadonlyMap<string, Perform> = new Map([["published.APPEND", appendEvent]]);

/** In published workspaces whatever is appended with a code is an event, and gates ask for it by that code. */
function appendEvent(operation: EntityOperation, reader: EntityReader, atMs: number): Applied {
  const applied = append(operation, reader, atMs);
  const event = applied.journal === undefined ? undefined : eventIn(applied.journal, atMs);
  return event === undefined ? applied : { ...applied, event };
}

/** The event that a line of a published log is, if it is one. */
export function eventIn(line: Json, atMs: number): EmittedEvent | undefined {
  if (!isObject(line)) return undefined;
  const { record } = line;
  for (const fields of [record, line]) {
    if (!isObject(fields)) continue;
    const code = [fields["event_code"], fields["event_type"]].find((text) => typeof text === "string" && text !== "");
    if (typeof code === "string") return { event: publishedEvent(code), fields, atMs };
  }
  return undefined;
}

const publishedStore = "published::";

/** A store of a published workspace, which is its file: whoever names the same file means the same store. */
export const publishedStoreOf = (file: string): string => publishedStore + file;

/** What the lines of a store's file tell when it is taken in: only published logs tell anything. */
export const toldByLines = (store: string, lines: readonly Json[], atMs: number): readonly EmittedEvent[] =>
  store.startsWith(publishedStore) ? lines.flatMap((line) => eventIn(line, atMs) ?? []) : [];

/** Published codes have no namespace, wherever they stand: what comes before one says nothing. */
export const publishedEvent = (code: string): string => `published::${code.slice(code.lastIndexOf(":") + 1)}`;

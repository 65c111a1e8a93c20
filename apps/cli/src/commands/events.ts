import { canonical, err, eventStore, isObject, ok, printable, type JsonObject, type Result } from "@omnibase/core";
import type { JournalLine, Store } from "@omnibase/spi";
import { tenant } from "../data/layout.ts";
import { withStore } from "../data/read-data.ts";
import { count } from "../edge/count.ts";
import { documentOf, type Refused } from "../edge/report.ts";
import type { Command, Given } from "../program/command.ts";
import { openPlace } from "../project/open.ts";
import { askedAgain } from "../text/result-text.ts";

/** What was emitted, in the order of commits, a page at a time. */
export const command: Command = async (given, context) => {
  const query = queryOf(given);
  if (!query.ok) return query;
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const found = await withStore<readonly Told[]>(place.value, [], (store) => pageOf(store, query.value));
  const events = found.map(({ event }) => event);
  const next = found.length === query.value.limit ? (found.at(-1)?.position ?? null) : null;
  const lines = events.map(({ at, event, execution, fields }) =>
    [at, event, execution, fields]
      .map((value) => printable(typeof value === "string" ? value : canonical(value ?? null)))
      .join("  "),
  );
  const more = next === null ? [] : [`omnibase events${askedAgain(given, ["event", "field"])} --after ${String(next)}`];
  const text = lines.length === 0 ? "nothing was emitted" : [...lines, ...more].join("\n");
  return ok({ exit: 0, document: documentOf("omnibase-events/1", { events, next }), text });
};

interface Query {
  readonly after: number;
  readonly limit: number;
  readonly event: string | undefined;
  readonly fields: ReadonlyMap<string, string>;
}

/** An event as the store of events shows it, and where it stands there. */
interface Told {
  readonly position: number;
  readonly event: JsonObject;
}

const limitMax = 1_000;
const linesPerLook = 1_000;

function queryOf(given: Given): Result<Query, Refused> {
  const limit = count(given, "limit", 20);
  if (!limit.ok) return limit;
  const after = count(given, "after", 0);
  if (!after.ok) return after;
  const fields = new Map<string, string>();
  for (const text of given.list("field")) {
    const at = text.indexOf("=");
    if (at < 1) return err({ exit: 2, code: "USAGE_INVALID_VALUE", message: "--field is written NAME=VALUE" });
    fields.set(text.slice(0, at), text.slice(at + 1));
  }
  const query = { after: after.value, limit: Math.min(limit.value, limitMax), event: given.text("event"), fields };
  return ok(query);
}

async function pageOf(store: Store, query: Query): Promise<readonly Told[]> {
  const found: Told[] = [];
  let { after } = query;
  for (;;) {
    const lines = await store.journal(tenant, eventStore, after, linesPerLook);
    found.push(...lines.map(toldBy).filter(({ event }) => isAsked(event, query)));
    if (lines.length < linesPerLook || found.length >= query.limit) return found.slice(0, query.limit);
    after = lines.at(-1)?.position ?? after;
  }
}

function toldBy({ line, position }: JournalLine): Told {
  const event: JsonObject = JSON.parse(line);
  return { position, event };
}

/** A value is written on the command line as JSON, or as the text that it is. */
function isAsked({ event, fields }: JsonObject, asked: Query): boolean {
  if (event !== (asked.event ?? event) || !isObject(fields)) return false;
  return [...asked.fields].every(([name, text]) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return value === text || (value !== undefined && canonical(value) === text);
  });
}

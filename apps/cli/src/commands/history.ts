import { err, executionIdOf, ok, parseIdentifier, printable, type Json, type Result } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import type { EndClass, ExecutionRow, ExecutionStatus, ListQuery } from "@omnibase/spi";
import { followExecutions, followRecords } from "../data/following.ts";
import { tenant } from "../data/layout.ts";
import { executionsDocument, executionsPage, type ListedExecution } from "../data/listing.ts";
import { recorded, withStore } from "../data/read-data.ts";
import { count } from "../edge/count.ts";
import { instant } from "../edge/instant.ts";
import { documentOf, type Refused, type Report } from "../edge/report.ts";
import type { Command, Context, Given } from "../program/command.ts";
import { openPlace, type Place } from "../project/open.ts";
import { recordText } from "../text/record-text.ts";
import { askedAgain, typed } from "../text/result-text.ts";

/** Executions, newest first, a page at a time; or the records of one. With --follow also whatever comes. */
export const command: Command = async (given, context) => {
  const query = queryOf(given);
  if (!query.ok) return query;
  const after = count(given, "after", undefined);
  if (!after.ok) return after;
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const page: Page = { ...query.value, ...(after.value === undefined ? {} : { after: after.value }) };
  const [id] = given.args;
  if (id !== undefined) return recordsOf(id, page, { given, context, place: place.value });
  return given.flag("follow")
    ? following(page, { given, context, place: place.value })
    : pageOf(page, { given, context, place: place.value });
};

type Filters = Omit<ListQuery, "before" | "limit" | "tenant">;

interface Page {
  readonly filters: Filters;
  readonly limit: number;
  readonly after?: number;
}

interface Asked {
  readonly given: Given;
  readonly context: Context;
  readonly place: Place;
}

const listQuery = ({ after, filters, limit }: Page): ListQuery => ({
  tenant,
  ...filters,
  limit,
  ...(after === undefined ? {} : { before: after }),
});

async function pageOf(page: Page, { given, place }: Asked): Promise<Result<Report, Refused>> {
  const rows = await withStore<readonly ExecutionRow[]>(place, [], (store) => store.list(listQuery(page)));
  const listed = executionsPage(rows, page.limit);
  const { executions, next } = listed;
  const more = next === null ? [] : [`omnibase history${askedAgain(given, filterNames)} --after ${String(next)}`];
  const none =
    Object.keys(page.filters).length === 0 && page.after === undefined ? "no executions yet" : "no executions";
  const text = executions.length === 0 ? none : [...executions.map(rowText), ...more].join("\n");
  return ok({ exit: 0, document: executionsDocument(listed), text });
}

function rowText({ class: end, execution, outcome, started_at, status, workflow }: ListedExecution): string {
  const came = end === null ? [] : [`${end} ${String(outcome)}`];
  return [started_at, status.padEnd(8), execution, workflow, ...came].map((text) => printable(text)).join("  ");
}

/** Ends with a signal, and that is success: whoever follows says when it is enough. */
async function following(page: Page, { context, place }: Asked): Promise<Result<Report, Refused>> {
  await untilOver(context, (over) =>
    followExecutions(place, listQuery(page), {
      over,
      tell: (row) => {
        for (const one of executionsPage([row], 1).executions) context.tell({ ...one }, rowText(one));
      },
    }),
  );
  return ok(allTold);
}

const allTold: Report = { exit: 0, document: null, text: "", told: true };

async function untilOver(context: Context, work: (over: AbortSignal) => Promise<void>): Promise<void> {
  const over = new AbortController();
  const forget = context.io.onSignal(() => {
    over.abort();
  });
  try {
    await work(over.signal);
  } finally {
    forget();
  }
}

async function recordsOf(id: string, page: Page, { context, given, place }: Asked): Promise<Result<Report, Refused>> {
  if (Object.keys(page.filters).length > 0) {
    const message = `${id} is one execution, and filters are for a list of them`;
    return err({ exit: 2, code: "USAGE_INVALID_VALUE", message });
  }
  if (given.flag("follow") && given.text("limit") !== undefined) {
    const message = "--limit is for a page, and who follows one execution is told all of its records";
    return err({ exit: 2, code: "USAGE_INVALID_VALUE", message });
  }
  const record = await recorded(place, id);
  if (!record.ok) return record;
  const { execution } = record.value.row;
  const { after = 0, limit } = page;
  if (given.flag("follow")) {
    await untilOver(context, (over) =>
      followRecords(
        place,
        { tenant, execution, after },
        { over, tell: (line) => context.tell(parsed(line), recordText(line)) },
      ),
    );
    return ok(allTold);
  }
  const lines = record.value.lines.slice(after, after + limit);
  const next = after + limit < record.value.lines.length ? after + limit : null;
  const more =
    next === null
      ? []
      : [`omnibase history ${typed(execution)}${askedAgain(given, filterNames)} --after ${String(next)}`];
  const document = documentOf("omnibase-records/1", { execution, records: lines.map(parsed), next });
  return ok({ exit: 0, document, text: [...lines.map(recordText), ...more].join("\n") });
}

function parsed(line: string): Json {
  const record: Json = JSON.parse(line);
  return record;
}

const limitMax = 1_000;

const statuses: readonly ExecutionStatus[] = ["open", "parked", "incident", "ended"];
const classes: readonly EndClass[] = ["completed", "rejected", "failed", "cancelled"];
const filterNames = ["wf", "status", "class", "outcome", "principal", "parent", "since", "until", "idempotency-key"];

function queryOf(given: Given): Result<Page, Refused> {
  const limit = count(given, "limit", 20);
  if (!limit.ok) return limit;
  const workflow = given.text("wf");
  const [space, code] = (workflow ?? "a::b").split("::");
  for (const name of [parseIdentifier(space ?? "", "namespace"), parseIdentifier(code ?? "", "name")]) {
    if (!name.ok) return err({ exit: 2, ...name.error });
  }
  const nowMs = Date.now();
  const since = instant(given, "since", nowMs);
  if (!since.ok) return since;
  const until = instant(given, "until", nowMs);
  if (!until.ok) return until;
  const key = given.text("idempotency-key");
  const filters = {
    execution: key === undefined ? undefined : executionIdOf(tenant, key, sha256),
    workflow,
    status: statuses.find((one) => one === given.text("status")),
    class: classes.find((one) => one === given.text("class")),
    outcome: given.text("outcome"),
    principal: given.text("principal"),
    parent: given.text("parent"),
    sinceMs: since.value,
    untilMs: until.value,
  };
  return ok({ filters: present(filters), limit: Math.min(limit.value, limitMax) });
}

/** Those that are asked for. */
const present = (filters: { readonly [Name in keyof Required<Filters>]: Filters[Name] | undefined }): Filters =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));

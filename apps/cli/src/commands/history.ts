import { err, ok, parseIdentifier, printable, type Result } from "@omnibase/core";
import type { ExecutionRow, ExecutionStatus, ListQuery } from "@omnibase/spi";
import { tenant } from "../data/layout.ts";
import { executionsDocument, executionsPage } from "../data/listing.ts";
import { withStore } from "../data/read-data.ts";
import { count } from "../edge/count.ts";
import type { Refused } from "../edge/report.ts";
import type { Command, Given } from "../program/command.ts";
import { openPlace } from "../project/open.ts";

/** Newest first, a page at a time. */
export const command: Command = async (given, context) => {
  const query = queryOf(given);
  if (!query.ok) return query;
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const rows = await withStore<readonly ExecutionRow[]>(place.value, [], (store) => store.list(query.value));
  const page = executionsPage(rows, query.value.limit);
  const { executions, next } = page;
  const lines = executions.map((one) =>
    [one.started_at, one.status.padEnd(8), one.execution, one.workflow].map((text) => printable(text)).join("  "),
  );
  const more = next === null ? [] : [`omnibase history --before ${String(next)}`];
  const text = lines.length === 0 ? "no executions yet" : [...lines, ...more].join("\n");
  return ok({ exit: 0, document: executionsDocument(page), text });
};

const limitMax = 1_000;

function queryOf(given: Given): Result<ListQuery, Refused> {
  const limit = count(given, "limit", 20);
  if (!limit.ok) return limit;
  const before = count(given, "before", undefined);
  if (!before.ok) return before;
  const workflow = given.text("wf");
  const [space, code] = (workflow ?? "a::b").split("::");
  for (const parsed of [parseIdentifier(space ?? "", "namespace"), parseIdentifier(code ?? "", "name")]) {
    if (!parsed.ok) return err({ exit: 2, ...parsed.error });
  }
  return ok({
    tenant,
    limit: Math.min(limit.value, limitMax),
    ...(before.value === undefined ? {} : { before: before.value }),
    ...(workflow === undefined ? {} : { workflow }),
    ...statusIn(given),
  });
}

const statuses: readonly ExecutionStatus[] = ["open", "parked", "incident", "ended"];

function statusIn(given: Given): { readonly status?: ExecutionStatus } {
  const status = statuses.find((one) => one === given.text("status"));
  return status === undefined ? {} : { status };
}

import { err, instantText, ok, parseIdentifier, printable, type Result } from "@omnibase/core";
import type { Store, TaskQuery, TaskRow } from "@omnibase/spi";
import { tenant } from "../data/layout.ts";
import { withStore } from "../data/read-data.ts";
import { count } from "../edge/count.ts";
import { documentOf, type Refused } from "../edge/report.ts";
import type { Command, Given } from "../program/command.ts";
import { openPlace } from "../project/open.ts";
import { whereGiven } from "../text/result-text.ts";

/** What people and agents are asked to do, oldest first, a page at a time. No log is read for it. */
export const command: Command = async (given, context) => {
  const query = queryOf(given);
  if (!query.ok) return query;
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const rows = await withStore<readonly TaskRow[]>(place.value, [], (store) => pageOf(store, query.value));
  const tasks = rows.map(({ actors, dueMs, execution, number, outcomes, place: where, summary, workflow }) => ({
    number,
    execution,
    workflow,
    place: where,
    summary,
    actors,
    outcomes,
    due_at: dueMs === undefined ? null : instantText(dueMs),
  }));
  const next = rows.length === query.value.limit ? (rows.at(-1)?.number ?? null) : null;
  const lines = tasks.map((task) =>
    [task.due_at ?? "-".padEnd(24), task.execution, task.place, task.outcomes.join("|"), task.summary]
      .map((text) => printable(text))
      .join("  "),
  );
  const more = next === null ? [] : [`omnibase task list --after ${String(next)}${whereGiven(given)}`];
  const text = lines.length === 0 ? "no open tasks" : [...lines, ...more].join("\n");
  return ok({ exit: 0, document: documentOf("omnibase-tasks/1", { tasks, next }), text });
};

interface Query extends TaskQuery {
  readonly actor: string | undefined;
}

const limitMax = 1_000;

function queryOf(given: Given): Result<Query, Refused> {
  const limit = count(given, "limit", 20);
  if (!limit.ok) return limit;
  const after = count(given, "after", 0);
  if (!after.ok) return after;
  const [actor, execution] = [given.text("actor"), given.text("execution")];
  const [space, code] = (actor ?? "a::b").split("::");
  for (const parsed of [
    parseIdentifier(execution ?? "e", "execution"),
    parseIdentifier(space ?? "", "namespace"),
    parseIdentifier(code ?? "", "name"),
  ]) {
    if (!parsed.ok) return err({ exit: 2, ...parsed.error });
  }
  const whose = execution === undefined ? {} : { execution };
  return ok({ tenant, ...whose, after: after.value, limit: Math.min(limit.value, limitMax), actor });
}

/** A task that names no actor is for everyone. */
async function pageOf(store: Store, { actor, ...query }: Query): Promise<readonly TaskRow[]> {
  const found: TaskRow[] = [];
  let { after } = query;
  for (;;) {
    const rows = await store.tasks({ ...query, limit: limitMax, ...(after === undefined ? {} : { after }) });
    found.push(...rows.filter(({ actors }) => actor === undefined || actors.length === 0 || actors.includes(actor)));
    if (rows.length < limitMax || found.length >= query.limit) return found.slice(0, query.limit);
    after = rows.at(-1)?.number ?? after;
  }
}

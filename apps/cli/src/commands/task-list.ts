import { err, ok, parseIdentifier, printable, type Result } from "@omnibase/core";
import { tenant } from "../data/layout.ts";
import { withStore } from "../data/read-data.ts";
import { taskRowsMax, tasksDocument, tasksPage, type TasksAsked, type TasksPage } from "../data/tasks.ts";
import { count } from "../edge/count.ts";
import type { Refused } from "../edge/report.ts";
import type { Command, Given } from "../program/command.ts";
import { openPlace } from "../project/open.ts";
import { askedAgain } from "../text/result-text.ts";

/** What people and agents are asked to do, oldest first, a page at a time. No log is read for it. */
export const command: Command = async (given, context) => {
  const query = queryOf(given);
  if (!query.ok) return query;
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const none: TasksPage = { tasks: [], next: null };
  const page = await withStore(place.value, none, (store) => tasksPage(store, query.value));
  const { next, tasks } = page;
  const lines = tasks.map((task) =>
    [task.due_at ?? "-".padEnd(24), task.execution, task.place, task.outcomes.join("|"), task.summary]
      .map((text) => printable(text))
      .join("  "),
  );
  const more =
    next === null ? [] : [`omnibase task list${askedAgain(given, ["actor", "execution"])} --after ${String(next)}`];
  const text = lines.length === 0 ? "no open tasks" : [...lines, ...more].join("\n");
  return ok({ exit: 0, document: tasksDocument(page), text });
};

function queryOf(given: Given): Result<TasksAsked, Refused> {
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
  return ok({ tenant, ...whose, after: after.value, limit: Math.min(limit.value, taskRowsMax), actor });
}

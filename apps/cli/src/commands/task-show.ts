import {
  canonical,
  err,
  instantText,
  ok,
  placeOf,
  printable,
  type Fields,
  type Graph,
  type Result,
} from "@omnibase/core";
import { graphOf, recorded } from "../data/read-data.ts";
import { standingIn, tasksIn, type TaskRequest } from "../data/standing.ts";
import { documentOf, type Refused } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { openPlace } from "../project/open.ts";
import { refusedByOwner } from "../text/refusals.ts";
import { typed, whereGiven } from "../text/result-text.ts";

/** All that it takes to do a task, and to say what came of it. */
export const command: Command = async (given, context) => {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const record = await recorded(place.value, given.args[0]);
  if (!record.ok) return record;
  const { lines, row } = record.value;
  const graph = await graphOf(place.value, row);
  if (!graph.ok) return graph;
  const open = tasksIn(standingIn(graph.value, lines));
  const task = taskAt(open, given.text("place"), row.execution);
  if (!task.ok) return task;
  const { actors, dueMs, input, outcomes, place: position, summary } = task.value;
  const { execution, workflow } = row;
  const fields = fieldsAt(graph.value, position);
  const due_at = dueMs === undefined ? null : instantText(dueMs);
  const facts = { execution, workflow, place: position, summary, inputs: input, outcomes, fields, actors, due_at };
  const table: readonly (readonly [string, string])[] = [
    ["task", summary],
    ["at", position],
    ["inputs", canonical(input)],
    ["outcomes", outcomes.join(", ")],
    ["with", fieldsText(fields)],
    ["for", actors.length === 0 ? "everyone" : actors.join(", ")],
    ["until", due_at ?? "somebody does it"],
    ["execution", execution],
    ["workflow", workflow],
  ];
  const shown = table.map(([name, value]) => `${name.padEnd(10)} ${printable(value, 2_000)}`);
  const said = [
    `  omnibase task complete ${execution}${whereGiven(given)}`,
    open.length === 1 ? "" : ` --place ${typed(position)}`,
    ` --outcome ${outcomes.join("|")}`,
    Object.keys(fields).length === 0 ? "" : " --output FILE",
    actors[0] === undefined ? "" : ` --as ${actors[0]}`,
  ];
  const text = [...shown, "", "Whoever has done it says so:", said.join("")].join("\n");
  return ok({ exit: 0, document: documentOf("omnibase-task/1", facts), text });
};

function taskAt(
  tasks: readonly TaskRequest[],
  place: string | undefined,
  execution: string,
): Result<TaskRequest, Refused> {
  const asked = place === undefined ? tasks : tasks.filter((task) => task.place === place);
  const [task] = asked;
  if (asked.length > 1) return err(refusedByOwner({ code: "PLACE_AMBIGUOUS", places: asked.map((one) => one.place) }));
  return task === undefined ? err(refusedByOwner({ code: "NO_TASK", execution })) : ok(task);
}

function fieldsAt({ places }: Graph, position: string): Fields {
  const place = places[placeOf(position)];
  return place?.kind === "call" && place.work.kind === "task" ? place.work.fields : {};
}

const fieldsText = (fields: Fields): string => {
  const named = Object.entries(fields).map(
    ([name, { required, type }]) => `${name}: ${type}${required ? "" : ", if there is any"}`,
  );
  return named.length === 0 ? "nothing but the outcome" : named.join("; ");
};

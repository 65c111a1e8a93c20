import { err, instantText, ok, placeOf, type Fields, type Graph, type Json, type Result } from "@omnibase/core";
import type { Store, TaskQuery, TaskRow } from "@omnibase/spi";
import { documentOf, type Refused } from "../edge/report.ts";
import { refusedByOwner } from "../text/refusals.ts";
import type { Recorded } from "./verified-record.ts";
import { standingIn, tasksIn, type TaskRequest } from "./standing.ts";

/** A page of what people and agents are asked to do. */
export interface TasksPage {
  readonly tasks: readonly ListedTask[];
  /** The number behind which the next page begins. */
  readonly next: number | null;
}

interface ListedTask {
  readonly number: number;
  readonly execution: string;
  readonly workflow: string;
  readonly place: string;
  readonly summary: string;
  readonly actors: readonly string[];
  readonly outcomes: readonly string[];
  readonly due_at: string | null;
}

export interface TasksAsked extends TaskQuery {
  readonly actor: string | undefined;
}

export const taskRowsMax = 1_000;

/** Oldest first. No log is read for it. */
export async function tasksPage(store: Store, asked: TasksAsked): Promise<TasksPage> {
  const rows = await rowsOf(store, asked);
  const tasks = rows.map(({ actors, dueMs, execution, number, outcomes, place, summary, workflow }) => ({
    number,
    execution,
    workflow,
    place,
    summary,
    actors,
    outcomes,
    due_at: dueMs === undefined ? null : instantText(dueMs),
  }));
  return { tasks, next: rows.length === asked.limit ? (rows.at(-1)?.number ?? null) : null };
}

export const tasksDocument = ({ next, tasks }: TasksPage): Json => documentOf("omnibase-tasks/1", { tasks, next });

/** A task that names no actor is for everyone. */
async function rowsOf(store: Store, { actor, ...query }: TasksAsked): Promise<readonly TaskRow[]> {
  const found: TaskRow[] = [];
  let { after } = query;
  for (;;) {
    const rows = await store.tasks({ ...query, limit: taskRowsMax, ...(after === undefined ? {} : { after }) });
    found.push(...rows.filter(({ actors }) => actor === undefined || actors.length === 0 || actors.includes(actor)));
    if (rows.length < taskRowsMax || found.length >= query.limit) return found.slice(0, query.limit);
    after = rows.at(-1)?.number ?? after;
  }
}

/** All that it takes to do a task, and to say what came of it. */
export interface ShownTask extends Omit<ListedTask, "number"> {
  readonly inputs: Json;
  readonly fields: Fields;
}

export interface OpenTask {
  readonly task: ShownTask;
  /** Whether it is the only one that is open there. */
  readonly alone: boolean;
}

/** At a place, or the only one. */
export function taskIn({ lines, row }: Recorded, graph: Graph, place: string | undefined): Result<OpenTask, Refused> {
  const open = tasksIn(standingIn(graph, lines));
  const found = taskAt(open, place, row.execution);
  if (!found.ok) return found;
  const { actors, dueMs, input, outcomes, place: position, summary } = found.value;
  const { execution, workflow } = row;
  const fields = fieldsAt(graph, position);
  const due_at = dueMs === undefined ? null : instantText(dueMs);
  const task = { execution, workflow, place: position, summary, inputs: input, outcomes, fields, actors, due_at };
  return ok({ task, alone: open.length === 1 });
}

export const taskDocument = (task: ShownTask): Json => documentOf("omnibase-task/1", task);

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

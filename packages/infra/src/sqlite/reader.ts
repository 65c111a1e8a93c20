import type { Json } from "@omnibase/core";
import type {
  EntityRow,
  ExecutionKey,
  ExecutionRow,
  JournalLine,
  ListQuery,
  OpenTask,
  StoreUsage,
  TaskQuery,
  TaskRow,
  Timer,
} from "@omnibase/spi";
import { named, stored } from "./names.ts";
import type { Statements } from "./statements.ts";
import { usageIn } from "./usage.ts";

/** The questions of a store, answered at once from what was committed. */
export interface Reader {
  read(key: ExecutionKey, after?: number): readonly string[];
  find(key: ExecutionKey): ExecutionRow | undefined;
  list(query: ListQuery): readonly ExecutionRow[];
  open(after: number, limit: number): readonly ExecutionRow[];
  due(untilMs: number, limit: number): readonly Timer[];
  nextDue(): number | undefined;
  tasks(query: TaskQuery): readonly TaskRow[];
  journal(tenant: string, store: string, after?: number, limit?: number): readonly JournalLine[];
  entities(tenant: string, store: string): readonly EntityRow[];
  fileDigests(tenant: string, file: string): readonly string[];
  usage(): Omit<StoreUsage, "bytes">;
}

const ROW =
  "SELECT number, tenant, execution, workflow, snapshot, request, status, started_ms AS startedMs FROM executions";

/** The second half is what lets SQLite use the index of those that are under way. */
const UNDER_WAY = "status = ? AND status <> 'ended'";

export function readerOf(statements: Statements): Reader {
  const rows = (sql: string, ...values: readonly (string | number)[]): readonly ExecutionRow[] =>
    statements(sql)
      .all<ExecutionRow>(...values)
      .map(plainRow);

  return {
    read: ({ tenant, execution }, after = 0) =>
      statements(
        "SELECT line FROM records WHERE revision > ? AND execution = (SELECT number FROM executions WHERE tenant = ? AND execution = ?) ORDER BY revision",
      )
        .all<{ readonly line: string }>(after, stored(tenant), stored(execution))
        .map(({ line }) => line),

    find: ({ tenant, execution }) =>
      rows(`${ROW} WHERE tenant = ? AND execution = ?`, stored(tenant), stored(execution))[0],

    list: ({ tenant, status, workflow, before = Number.MAX_SAFE_INTEGER, limit }) => {
      const conditions = [
        "tenant = ? AND number < ?",
        ...(status === undefined ? [] : [status === "ended" ? "status = ?" : UNDER_WAY]),
        ...(workflow === undefined ? [] : ["workflow = ?"]),
      ].join(" AND ");
      const values = [stored(tenant), before, status, workflow, limit].filter((value) => value !== undefined);
      return rows(`${ROW} WHERE ${conditions} ORDER BY number DESC LIMIT ?`, ...values);
    },

    open: (after, limit) =>
      rows(`${ROW} WHERE ${UNDER_WAY} AND number > ? ORDER BY number LIMIT ?`, "open", after, limit),

    due: (untilMs, limit) =>
      statements(
        "SELECT tenant, e.execution, place, due_ms AS dueMs FROM timers t JOIN executions e ON e.number = t.execution WHERE due_ms <= ? ORDER BY due_ms LIMIT ?",
      )
        .all<Timer>(untilMs, limit)
        .map(({ tenant, execution, place, dueMs }) => ({
          tenant: named(tenant),
          execution: named(execution),
          place: named(place),
          dueMs,
        })),

    nextDue: () =>
      statements("SELECT min(due_ms) AS dueMs FROM timers").get<{ readonly dueMs: number | null }>()?.dueMs ??
      undefined,

    tasks: (query) => (hasTasks(statements) ? tasksIn(statements, query) : []),

    journal: (tenant, store, after = 0, limit = -1) =>
      statements(
        "SELECT position, line FROM journal WHERE position > ? AND store = (SELECT number FROM stores WHERE tenant = ? AND store = ?) ORDER BY position LIMIT ?",
      )
        .all<JournalLine>(after, stored(tenant), stored(store), limit)
        .map(({ position, line }) => ({ position, line })),

    entities: (tenant, store) =>
      statements(
        "SELECT key, value FROM entities WHERE store = (SELECT number FROM stores WHERE tenant = ? AND store = ?)",
      )
        .all<{ readonly key: string; readonly value: string }>(stored(tenant), stored(store))
        .map(({ key, value }) => ({ key: named(key), value: parsed(value) }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1)),

    fileDigests: (tenant, file) =>
      statements("SELECT digest FROM files WHERE tenant = ? AND file = ? ORDER BY position")
        .all<{ readonly digest: string }>(stored(tenant), stored(file))
        .map(({ digest }) => digest),

    usage: () => usageIn(statements),
  };
}

interface StoredTask {
  readonly number: number;
  readonly tenant: string;
  readonly execution: string;
  readonly workflow: string;
  readonly place: string;
  readonly asked: string;
}

const TASK =
  "SELECT t.number, t.tenant, e.execution, workflow, place, asked FROM tasks t JOIN executions e ON e.number = t.execution";

/** A store that nobody has written to since there are tasks has none. */
const hasTasks = (statements: Statements): boolean =>
  statements("SELECT 1 FROM sqlite_schema WHERE name = 'tasks'").get() !== undefined;

function tasksIn(statements: Statements, { tenant, execution, after = 0, limit }: TaskQuery): readonly TaskRow[] {
  const own =
    execution === undefined
      ? ""
      : "t.execution = (SELECT number FROM executions WHERE tenant = ? AND execution = ?) AND";
  const names = execution === undefined ? [] : [stored(tenant), stored(execution)];
  return statements(`${TASK} WHERE ${own} t.tenant = ? AND t.number > ? ORDER BY t.number LIMIT ?`)
    .all<StoredTask>(...names, stored(tenant), after, limit)
    .map(plainTask);
}

function plainTask({ asked, execution, number, place, tenant, workflow }: StoredTask): TaskRow {
  const task: Omit<OpenTask, "place"> = JSON.parse(asked);
  return { number, tenant: named(tenant), execution: named(execution), workflow, place: named(place), ...task };
}

/** Drivers return objects without a prototype, and with names as they are stored. */
const plainRow = (row: ExecutionRow): ExecutionRow => ({
  ...row,
  tenant: named(row.tenant),
  execution: named(row.execution),
});

export function parsed(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}

import type { Json, SealedBox } from "@omnibase/core";
import type {
  Change,
  ChangeQuery,
  EntityRow,
  ExecutionKey,
  JournalLine,
  OpenTask,
  SealedSecrets,
  TaskQuery,
  TaskRow,
  Timer,
  UnderWay,
} from "@omnibase/spi";
import { listingOf } from "./listing.ts";
import type { Listing } from "./listing.ts";
import { named, stored } from "./names.ts";
import { retentionReader } from "./retention-reader.ts";
import type { RetentionReader } from "./retention-reader.ts";
import type { Statements } from "./statements.ts";

/** The questions of a store, answered at once from what was committed. */
export interface Reader extends Listing, RetentionReader {
  read(key: ExecutionKey, after?: number, limit?: number): readonly string[];
  changes(query: ChangeQuery): readonly Change[];
  lastPosition(): number;
  underWay(): UnderWay;
  due(untilMs: number, limit: number): readonly Timer[];
  nextDue(): number | undefined;
  tasks(query: TaskQuery): readonly TaskRow[];
  journal(tenant: string, store: string, after?: number, limit?: number): readonly JournalLine[];
  entities(tenant: string, store: string): readonly EntityRow[];
  fileDigests(tenant: string, file: string): readonly string[];
  secrets(key: ExecutionKey): SealedSecrets | undefined;
}

/** In the order of the records, whatever SQLite thinks of it. */
const CHANGES = `SELECT position, tenant, e.execution, revision, line
  FROM records r CROSS JOIN executions e ON e.number = r.execution
  WHERE position > ? AND +tenant = ? ORDER BY position LIMIT ?`;

export function readerOf(statements: Statements): Reader {
  return {
    ...listingOf(statements),
    ...retentionReader(statements),

    read: ({ tenant, execution }, after = 0, limit = -1) =>
      statements(
        "SELECT line FROM records WHERE revision > ? AND execution = (SELECT number FROM executions WHERE tenant = ? AND execution = ?) ORDER BY revision LIMIT ?",
      )
        .all<{ readonly line: string }>(after, stored(tenant), stored(execution), limit)
        .map(({ line }) => line),

    changes: ({ tenant, after, limit }) =>
      statements(CHANGES)
        .all<Change>(after, stored(tenant), limit)
        .map(({ execution, line, position, revision, tenant: of }) => ({
          tenant: named(of),
          execution: named(execution),
          position,
          revision,
          line,
        })),

    lastPosition: () =>
      statements("SELECT coalesce(max(position), 0) AS last FROM records").get<{ readonly last: number }>()?.last ?? 0,

    underWay: () => underWayIn(statements),

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

    tasks: (query) => (hasTable(statements, "tasks") ? tasksIn(statements, query) : []),

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

    secrets: (key) => (hasTable(statements, "secrets") ? secretsIn(statements, key) : undefined),
  };
}

function underWayIn(statements: Statements): ReturnType<Reader["underWay"]> {
  const counts = statements("SELECT status, count(*) AS count FROM executions WHERE status <> 'ended' GROUP BY status")
    .all<{ readonly status: string; readonly count: number }>()
    .map(({ count, status }) => [status, count]);
  return { open: 0, parked: 0, incident: 0, ...Object.fromEntries(counts) };
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

/** A store that nobody has written to since there is such a table has none. */
const hasTable = (statements: Statements, name: string): boolean =>
  statements("SELECT 1 FROM sqlite_schema WHERE name = ?").get(name) !== undefined;

function secretsIn(statements: Statements, { execution, tenant }: ExecutionKey): SealedSecrets | undefined {
  const found = statements(
    "SELECT number, key FROM secrets JOIN executions e ON e.number = secrets.execution WHERE tenant = ? AND e.execution = ?",
  ).get<{ readonly number: number; readonly key: string }>(stored(tenant), stored(execution));
  if (found === undefined) return undefined;
  const boxes = statements("SELECT revision, pointer, box FROM boxes WHERE execution = ? ORDER BY revision, pointer");
  const sealed = boxes.all<SealedBox>(found.number);
  return { key: found.key, boxes: sealed.map(({ box, pointer, revision }) => ({ revision, pointer, box })) };
}

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

export function parsed(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}

import { canonical, eventStore } from "@omnibase/core";
import type { EntityReader, Json } from "@omnibase/core";
import type {
  Commit,
  Committed,
  Creation,
  ExecutionKey,
  ExecutionRow,
  ListQuery,
  SealedSecrets,
  Store,
  TaskChanges,
  Import,
  UnderWay,
} from "@omnibase/spi";
import { effectsOf } from "../shared/settle.ts";
import { promised } from "./promised.ts";
import { retentionOf } from "./removal.ts";
import { emptyTables, nameOf, pair, rowsOf, timersOf } from "./tables.ts";
import type { Stream, Tables } from "./tables.ts";

/** Keeps everything in maps. For tests and for the first five minutes. */
export function memoryStore(): Store {
  const tables = emptyTables();
  return {
    lacks: { durable: "everything lives in this process" },
    commit: (commit) => promised(() => commitTo(tables, commit)),
    read: (key, after = 0, limit = Infinity) =>
      promised(() => (tables.streams.get(nameOf(key))?.lines ?? []).slice(after, after + limit)),
    find: (key) => promised(() => tables.streams.get(nameOf(key))?.row),
    list: (query) => promised(() => listIn(tables, query)),
    changes: ({ tenant, after, limit }) =>
      promised(() =>
        tables.changes
          .slice(after)
          .filter((change) => change.tenant === tenant && !tables.erased.has(change.position))
          .slice(0, limit),
      ),
    lastPosition: () => promised(() => tables.changes.length),
    open: (after, limit) =>
      promised(() =>
        rowsOf(tables)
          .filter((row) => row.status === "open" && row.number > after)
          .slice(0, limit),
      ),
    underWay: () => promised(() => underWayIn(tables)),
    due: (untilMs, limit) =>
      promised(() =>
        timersOf(tables)
          .filter(({ dueMs }) => dueMs <= untilMs)
          .slice(0, limit),
      ),
    nextDue: () => promised(() => timersOf(tables)[0]?.dueMs),
    tasks: ({ tenant, execution, after = 0, limit }) =>
      promised(() =>
        [...tables.tasks.values()]
          .filter((task) => task.tenant === tenant && (execution ?? task.execution) === task.execution)
          .filter(({ number }) => number > after)
          .slice(0, limit),
      ),
    journal: (tenant, store, after = 0, limit = Infinity) =>
      promised(() =>
        (tables.journals.get(pair(tenant, store)) ?? []).filter(({ position }) => position > after).slice(0, limit),
      ),
    entities: (tenant, store) =>
      promised(() =>
        [...(tables.entities.get(pair(tenant, store)) ?? [])]
          .map(([key, text]) => ({ key, value: parsed(text) }))
          .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      ),
    fileDigests: (tenant, file) => promised(() => [...(tables.files.get(pair(tenant, file)) ?? [])]),
    secrets: (key) => promised(() => secretsOf(tables.streams.get(nameOf(key)))),
    eraseSecrets: (key) =>
      promised(() => {
        const stream = tables.streams.get(nameOf(key));
        if (stream !== undefined) delete stream.secrets;
      }),
    recordFile: (tenant, file, digest) => promised(() => recordFile(tables, pair(tenant, file), digest)),
    ...retentionOf(tables),
    close: () => Promise.resolve(),
  };
}

const listIn = (tables: Tables, query: ListQuery): readonly ExecutionRow[] =>
  rowsOf(tables)
    .filter((row) => isListed(row, query))
    .toReversed()
    .slice(0, query.limit);

function underWayIn(tables: Tables): UnderWay {
  const counts = { open: 0, parked: 0, incident: 0 };
  for (const { status } of rowsOf(tables)) if (status !== "ended") counts[status] += 1;
  return counts;
}

/** Everything that can refuse or throw comes before the first write. */
function commitTo(tables: Tables, commit: Commit): Committed {
  const { key, expected, create, operation } = commit;
  const before = tables.streams.get(nameOf(key));
  if (create !== undefined && before !== undefined) return { kind: "exists", row: before.row };
  const tombstone = create === undefined ? undefined : tables.tombstones.get(nameOf(key));
  if (tombstone !== undefined) return { kind: "removed", tombstone };
  const actual = before?.lines.length ?? 0;
  if (actual !== expected) return { kind: "conflict", actual };
  const stream = before ?? newStream(tables, key, create);
  const imports = commit.imports ?? [];
  const outdated = imports.find((one) => !mayImport(tables, key.tenant, one));
  if (outdated !== undefined) return { kind: "import-outdated", store: outdated.store };
  const { emission, settled } = effectsOf(commit, (store) => readerFor(tables, key.tenant, { store, imports }));

  const { end, status = stream.row.status } = commit;
  stream.row = { ...stream.row, status, ...(end === undefined ? {} : { end }) };
  appendTo(tables, stream, [...commit.records, ...(settled === undefined ? [] : [settled.line])]);
  stream.secrets?.boxes.push(...(commit.boxes ?? []));
  tables.streams.set(nameOf(key), stream);
  for (const place of commit.timers?.clear ?? []) tables.timers.delete(pair(nameOf(key), place));
  for (const timer of commit.timers?.set ?? [])
    tables.timers.set(pair(nameOf(key), timer.place), { tenant: key.tenant, execution: key.execution, ...timer });
  changeTasks(tables, stream.row, commit.tasks);
  for (const { store, file, digest, entities, journal } of imports) {
    tables.entities.delete(pair(key.tenant, store));
    tables.journals.delete(pair(key.tenant, store));
    write(tables, pair(key.tenant, store), { writes: entities, journal });
    recordFile(tables, pair(key.tenant, file), digest);
  }
  if (emission !== undefined) write(tables, pair(key.tenant, eventStore), emission);
  if (operation === undefined || settled === undefined) return { kind: "committed" };
  const { writes, journal } = settled.applied;
  write(tables, pair(key.tenant, operation.operation.store), {
    writes,
    journal: journal === undefined ? [] : [journal],
  });
  return { kind: "committed", settled: settled.operation };
}

function newStream(tables: Tables, { tenant, execution }: ExecutionKey, create: Creation | undefined): Stream {
  if (create === undefined) throw new Error(`impossible: ${execution} begins without a creation`);
  const { key, ...known } = create;
  const row: ExecutionRow = { number: (tables.started += 1), tenant, execution, ...known, status: "open" };
  return { row, lines: [], ...(key === undefined ? {} : { secrets: { key, boxes: [] } }) };
}

/** A copy: what is asked for is not what is kept. */
const secretsOf = (stream: Stream | undefined): SealedSecrets | undefined =>
  stream?.secrets && { key: stream.secrets.key, boxes: [...stream.secrets.boxes] };

function appendTo({ changes }: Tables, { lines, row: { execution, tenant } }: Stream, more: readonly string[]): void {
  for (const line of more) {
    lines.push(line);
    changes.push({ tenant, execution, position: changes.length + 1, revision: lines.length, line });
  }
}

function isListed(row: ExecutionRow, query: ListQuery): boolean {
  const { before = Infinity, sinceMs = -Infinity, untilMs = Infinity } = query;
  const asked = [
    [query.tenant, row.tenant],
    [query.execution, row.execution],
    [query.status, row.status],
    [query.workflow, row.workflow],
    [query.principal, row.principal],
    [query.parent, row.parent],
    [query.class, row.end?.class],
    [query.outcome, row.end?.outcome],
  ] as const;
  if (asked.some(([wanted, is]) => wanted !== undefined && wanted !== is)) return false;
  return row.number < before && row.startedMs >= sinceMs && row.startedMs < untilMs;
}

function mayImport(tables: Tables, tenant: string, { file, replaces, store }: Import): boolean {
  if (replaces === undefined) return isUnknown(tables, pair(tenant, store));
  return (tables.files.get(pair(tenant, file))?.at(-1) ?? "none") === replaces;
}

const isUnknown = ({ entities, journals }: Tables, store: string): boolean =>
  !entities.has(store) && !journals.has(store);

/** A store as it is after the imports of a commit. */
function readerFor(
  tables: Tables,
  tenant: string,
  { imports, store }: { readonly imports: readonly Import[]; readonly store: string },
): EntityReader {
  const imported = imports.find((one) => one.store === store)?.entities;
  return readerOf(
    imported === undefined
      ? (tables.entities.get(pair(tenant, store)) ?? new Map<string, string>())
      : new Map(imported.map((entity) => [entity.key, canonical(entity.value)])),
  );
}

const readerOf = (texts: ReadonlyMap<string, string>): EntityReader => ({
  get: (name) => {
    const text = texts.get(name);
    return text === undefined ? undefined : parsed(text);
  },
  keys: () => [...texts.keys()].toSorted(),
});

function parsed(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}

function changeTasks(tables: Tables, row: ExecutionRow, { clear, set }: TaskChanges = { clear: [], set: [] }): void {
  const { execution, tenant, workflow } = row;
  const nameAt = (place: string): string => pair(nameOf(row), place);
  for (const place of clear) tables.tasks.delete(nameAt(place));
  for (const task of set) {
    const known = tables.tasks.get(nameAt(task.place));
    const number = known?.number ?? (tables.tasksSet += 1);
    tables.tasks.set(nameAt(task.place), { tenant, execution, workflow, number, ...task });
  }
}

interface StoreWrites {
  readonly writes: readonly { readonly key: string; readonly value?: Json }[];
  readonly journal: readonly Json[];
}

function write(tables: Tables, store: string, { writes, journal }: StoreWrites): void {
  const entities = tables.entities.get(store) ?? new Map<string, string>();
  const lines = tables.journals.get(store) ?? [];
  for (const { key, value } of writes) {
    if (value === undefined) entities.delete(key);
    else entities.set(key, canonical(value));
  }
  for (const line of journal) {
    tables.positions += 1;
    lines.push({ position: tables.positions, line: canonical(line) });
  }
  if (writes.length > 0) tables.entities.set(store, entities);
  if (journal.length > 0) tables.journals.set(store, lines);
}

/** The same digest twice in a row is one recording. */
function recordFile({ files }: Tables, file: string, digest: string): void {
  const digests = files.get(file) ?? [];
  if (digests.at(-1) !== digest) digests.push(digest);
  files.set(file, digests);
}

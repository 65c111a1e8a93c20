import { eventStore } from "@omnibase/core";
import type { Commit, Committed, ExecutionEnd, ExecutionKey, ExecutionRow, Failpoint } from "@omnibase/spi";
import { effectsOf } from "../shared/settle.ts";
import type { Effects } from "../shared/settle.ts";
import type { Database } from "./driver.ts";
import { entityWriter } from "./entities.ts";
import type { EntityWriter } from "./entities.ts";
import { stored } from "./names.ts";
import { tombstoneIn } from "./removal.ts";
import { readerOf } from "./reader.ts";
import { statementsOf } from "./statements.ts";
import type { Statements } from "./statements.ts";
import { streamsUpTo } from "./streams.ts";
import type { Stream, Streams } from "./streams.ts";

/** What the one writer holds between groups. */
export interface Writer {
  readonly statements: Statements;
  readonly entities: EntityWriter;
  readonly streams: Streams;
  readonly failpoint: Failpoint;
}

const STREAMS_KEPT = 4_096;

export function writerTo(database: Database, failpoint: Failpoint): Writer {
  const statements = statementsOf(database);
  return { statements, entities: entityWriter(statements, failpoint), streams: streamsUpTo(STREAMS_KEPT), failpoint };
}

const APPEND = "INSERT INTO records (execution, revision, line) VALUES (?, ?, ?)";
/** The next one after all that were ever given. */
const NUMBER = `(SELECT 1 + max(coalesce((SELECT max(number) FROM executions), 0),
  coalesce((SELECT max(number) FROM tombstones), 0)))`;
const CREATE = `INSERT INTO executions (number, tenant, execution, workflow, snapshot, request, status, started_ms,
  principal, parent, end_class, end_outcome, ended_ms)
  VALUES (${NUMBER}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const STREAM = `SELECT number, (SELECT coalesce(max(revision), 0) FROM records WHERE execution = number) AS revision
  FROM executions WHERE tenant = ? AND execution = ?`;
const SET_STATUS = "UPDATE executions SET status = ? WHERE number = ?";
const SET_END = "UPDATE executions SET status = ?, end_class = ?, end_outcome = ?, ended_ms = ? WHERE number = ?";
const SET_TIMER = `INSERT INTO timers (execution, place, due_ms) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET due_ms = excluded.due_ms`;
const SET_TASK = `INSERT INTO tasks (tenant, execution, place, asked) VALUES (?, ?, ?, ?)
  ON CONFLICT (execution, place) DO UPDATE SET asked = excluded.asked`;
const SET_KEY = "INSERT INTO secrets (execution, key) VALUES (?, ?)";
const SET_BOX = "INSERT INTO boxes (execution, revision, pointer, box) VALUES (?, ?, ?, ?)";
const ERASE =
  "DELETE FROM secrets WHERE execution = (SELECT number FROM executions WHERE tenant = ? AND execution = ?)";
const CLEAR_TASK = "DELETE FROM tasks WHERE execution = ? AND place = ?";
const CLEAR_TIMER = "DELETE FROM timers WHERE execution = ? AND place = ?";

/**
 * Writes one commit into the transaction that is open, or refuses it.
 *
 * Everything that refuses is asked before the first write, so a refusal needs no savepoint and leaves its neighbours alone.
 */
export function writeCommit(writer: Writer, commit: Commit): Committed {
  const { key, expected, imports } = commit;
  const stream = streamOf(writer, key);
  if (commit.create !== undefined && stream !== undefined) return { kind: "exists", row: rowOf(writer, key) };
  const tombstone = commit.create === undefined ? undefined : tombstoneIn(writer.statements, key);
  if (tombstone !== undefined) return { kind: "removed", tombstone };
  const actual = stream?.revision ?? 0;
  if (actual !== expected) return { kind: "conflict", actual };
  const outdated = imports?.find((one) => !writer.entities.mayImport(key.tenant, one));
  if (outdated !== undefined) return { kind: "import-outdated", store: outdated.store };
  const effects = effectsOf(commit, (store) => writer.entities.readerFor(key.tenant, store, imports));
  if (stream === undefined) return writeBehind(writer, create(writer, commit), { commit, effects });
  setStatus(writer, stream, commit);
  return writeBehind(writer, stream, { commit, effects });
}

function setStatus({ statements }: Writer, { number }: Stream, { end, status }: Commit): void {
  if (status === undefined) return;
  if (end === undefined) statements(SET_STATUS).run(status, number);
  else statements(SET_END).run(status, ...endIn(end), number);
}

const endIn = (end: ExecutionEnd | undefined): readonly [string | null, string | null, number | null] =>
  end === undefined ? [null, null, null] : [end.class, stored(end.outcome), end.endedMs];

/** An append to a stream that was used lately asks nothing. */
function streamOf({ statements, streams }: Writer, key: ExecutionKey): Stream | undefined {
  const known = streams.get(key);
  if (known !== undefined) return known;
  const found = statements(STREAM).get<Stream>(stored(key.tenant), stored(key.execution));
  if (found === undefined) return undefined;
  const stream = { number: found.number, revision: found.revision };
  streams.set(key, stream);
  return stream;
}

function rowOf({ statements }: Writer, key: ExecutionKey): ExecutionRow {
  const row = readerOf(statements).find(key);
  if (row === undefined) throw new Error(`impossible: ${key.execution} is gone`);
  return row;
}

function create({ statements, streams }: Writer, { key, status = "open", create: creation, end }: Commit): Stream {
  if (creation === undefined) throw new Error(`impossible: ${key.execution} begins without a creation`);
  const { workflow, snapshot, request, startedMs, principal, parent } = creation;
  const names = [stored(key.tenant), stored(key.execution), workflow, snapshot, request] as const;
  const asked = [stored(principal), parent === undefined ? null : stored(parent)] as const;
  const { lastInsertRowid } = statements(CREATE).run(...names, status, startedMs, ...asked, ...endIn(end));
  const stream = { number: Number(lastInsertRowid), revision: 0 };
  streams.set(key, stream);
  if (creation.key !== undefined) statements(SET_KEY).run(stream.number, creation.key);
  return stream;
}

interface Computed {
  readonly commit: Commit;
  readonly effects: Effects;
}

function writeBehind(writer: Writer, stream: Stream, { commit, effects }: Computed): Committed {
  const { statements, entities } = writer;
  const { boxes, key, records, timers, imports, operation } = commit;
  const append = statements(APPEND);
  for (const line of records) {
    stream.revision += 1;
    append.run(stream.number, stream.revision, line);
  }
  writer.failpoint("store.group.record");
  for (const place of timers?.clear ?? []) statements(CLEAR_TIMER).run(stream.number, stored(place));
  for (const { place, dueMs } of timers?.set ?? []) statements(SET_TIMER).run(stream.number, stored(place), dueMs);
  changeTasks(writer, stream, commit);
  for (const { box, pointer, revision } of boxes ?? []) statements(SET_BOX).run(stream.number, revision, pointer, box);
  for (const one of imports ?? []) entities.importInto(key.tenant, one);
  const { emission, settled } = effects;
  if (emission !== undefined) entities.write(key.tenant, eventStore, emission);
  if (operation === undefined || settled === undefined) return { kind: "committed" };
  stream.revision += 1;
  append.run(stream.number, stream.revision, settled.line);
  const { writes, journal } = settled.applied;
  entities.write(key.tenant, operation.operation.store, { writes, journal: journal === undefined ? [] : [journal] });
  return { kind: "committed", settled: settled.operation };
}

function changeTasks({ statements }: Writer, { number }: Stream, { key, tasks }: Commit): void {
  for (const place of tasks?.clear ?? []) statements(CLEAR_TASK).run(number, stored(place));
  for (const { place, ...asked } of tasks?.set ?? []) {
    statements(SET_TASK).run(stored(key.tenant), number, stored(place), JSON.stringify(asked));
  }
}

/** The boxes go with the key. */
export function eraseSecrets({ statements }: Writer, { execution, tenant }: ExecutionKey): void {
  statements(ERASE).run(stored(tenant), stored(execution));
}

import { digestOf } from "@omnibase/core";
import type { ExecutionKey, Extent, ExtentQuery, Removal, Removed, Tidied, TidyBounds, Tombstone } from "@omnibase/spi";
import { sha256 } from "../shared/sha256.ts";
import { listingOf } from "./listing.ts";
import { named, stored } from "./names.ts";
import type { Statements } from "./statements.ts";
import type { Streams } from "./streams.ts";

/** What a removal needs of the writer: its transaction is open. */
interface Removing {
  readonly statements: Statements;
  readonly streams: Streams;
}

/** Older versions would give numbers twice, and begin again what was removed: they are kept out from the first removal on. */
const FORMAT_WITH_TOMBSTONES = 2;

const LAST = "SELECT revision, line FROM records WHERE execution = ? ORDER BY revision DESC LIMIT 1";
const LIVING_FAMILY = `SELECT 1 FROM executions WHERE tenant = ?1 AND status <> 'ended' AND execution = ?3
  UNION ALL SELECT 1 FROM executions WHERE tenant = ?1 AND status <> 'ended' AND parent = ?2`;
const REMEMBER = `INSERT INTO tombstones (number, tenant, execution, parent, until_ms, erased, told)
  VALUES (?, ?, ?, ?, ?, 0, ?)`;

/** The row goes at once, and nobody finds the log any more; its records are erased in the steps that follow. */
export function removeAll(writer: Removing, removals: readonly Removal[]): readonly Removed[] {
  const { statements } = writer;
  const format = statements("PRAGMA user_version").get<{ readonly user_version: number }>()?.user_version ?? 0;
  if (format < FORMAT_WITH_TOMBSTONES) statements(`PRAGMA user_version = ${String(FORMAT_WITH_TOMBSTONES)}`).all();
  return removals.map((removal) => removeOne(writer, removal));
}

function removeOne({ statements, streams }: Removing, removal: Removal): Removed {
  const { head, key, records, untilMs, ...said } = removal;
  const row = listingOf(statements).find(key);
  if (row === undefined) return "gone";
  const { execution: _execution, number, parent = null, status, tenant: _tenant, ...known } = row;
  const last = statements(LAST).get<{ readonly revision: number; readonly line: string }>(number);
  if (last?.revision !== records || digestOf(sha256, last.line) !== head) return "spared";
  const names = [stored(key.tenant), stored(key.execution)] as const;
  const asked = parent === null ? null : stored(parent);
  if (status !== "ended" || statements(LIVING_FAMILY).get(...names, asked) !== undefined) return "spared";
  const told: Told = { ...known, ...said, head, records };
  statements(REMEMBER).run(number, ...names, asked, untilMs ?? null, JSON.stringify(told));
  eraseSecretsOf(statements, number);
  statements("DELETE FROM timers WHERE execution = ?").run(number);
  statements("DELETE FROM tasks WHERE execution = ?").run(number);
  statements("DELETE FROM executions WHERE number = ?").run(number);
  streams.delete(key);
  return "removed";
}

/** A key that is gone must not lie about in free pages. */
function eraseSecretsOf(statements: Statements, number: number): void {
  if (statements("SELECT 1 FROM secrets WHERE execution = ?").get(number) === undefined) return;
  statements("PRAGMA secure_delete = ON").get();
  statements("DELETE FROM secrets WHERE execution = ?").run(number);
  statements("PRAGMA secure_delete = OFF").get();
}

/** What stands in a column of its own is asked for; the rest is only told. */
type Told = Omit<Tombstone, "number" | "tenant" | "execution" | "parent" | "untilMs">;

const UNERASED = "SELECT number FROM tombstones WHERE erased = 0 ORDER BY number LIMIT 1";
const ERASE = `DELETE FROM records WHERE position IN
  (SELECT position FROM records WHERE execution = ? ORDER BY revision LIMIT ?)`;
/** The last position is counted from: it stays, and says nothing any more. No execution has the number 0. */
const ANCHOR = `UPDATE records SET execution = 0, revision = position, line = ''
  WHERE execution = ? AND position = (SELECT max(position) FROM records)`;
/** The greatest number is not forgotten, because the next one is counted from it. */
const FALLEN = `SELECT number FROM tombstones t WHERE until_ms <= ? AND erased = 1
  AND number < (SELECT max(coalesce((SELECT max(number) FROM executions), 0), (SELECT max(number) FROM tombstones)))
  AND NOT EXISTS (SELECT 1 FROM tombstones c WHERE c.tenant = t.tenant AND c.parent = t.execution) LIMIT ?`;

/** One step, inside the transaction that is open: first what is erased, then what falls, then room for others. */
export function tidyStep(statements: Statements, { nowMs, pagesMax, recordsMax }: TidyBounds): Tidied {
  const records = erase(statements, recordsMax);
  const fallen = statements(FALLEN).all<{ readonly number: number }>(nowMs, recordsMax - records);
  for (const { number } of fallen) statements("DELETE FROM tombstones WHERE number = ?").run(number);
  const [free, pageBytes] = [freePages(statements), pragma(statements, "page_size")];
  const shrinks = pragma(statements, "auto_vacuum") === INCREMENTAL;
  // The rows of this pragma are the pages that it moves: it does as much as is read.
  if (shrinks && free > 0) statements(`PRAGMA incremental_vacuum(${String(pagesMax)})`).all();
  const left = freePages(statements);
  const more =
    statements(UNERASED).get() !== undefined || (shrinks && left > 0) || statements(FALLEN).get(nowMs, 1) !== undefined;
  return { records, tombstones: fallen.length, freedBytes: (free - left) * pageBytes, more };
}

function erase(statements: Statements, most: number): number {
  for (let erased = 0; ;) {
    const next = statements(UNERASED).get<{ readonly number: number }>();
    if (next === undefined || erased >= most) return erased;
    statements(ANCHOR).run(next.number);
    const left = most - erased;
    const { changes } = statements(ERASE).run(next.number, left);
    erased += Number(changes);
    if (Number(changes) < left) statements("UPDATE tombstones SET erased = 1 WHERE number = ?").run(next.number);
    statements("DELETE FROM records WHERE execution = 0 AND position < (SELECT max(position) FROM records)").run();
  }
}

const INCREMENTAL = 2;
const freePages = (statements: Statements): number => pragma(statements, "freelist_count");
const pragma = (statements: Statements, name: string): number =>
  statements(`SELECT ${name} AS value FROM pragma_${name}`).get<{ readonly value: number }>()?.value ?? 0;

const TOMBSTONE = `SELECT number, parent, until_ms AS untilMs, told FROM tombstones WHERE tenant = ? AND execution = ?`;

interface StoredTombstone {
  readonly number: number;
  readonly parent: string | null;
  readonly untilMs: number | null;
  readonly told: string;
}

/** A store from which nobody has removed anything since that is possible has none. */
export const hasTombstones = (statements: Statements): boolean =>
  statements("SELECT 1 FROM sqlite_schema WHERE name = 'tombstones'").get() !== undefined;

export function tombstoneIn(statements: Statements, key: ExecutionKey): Tombstone | undefined {
  const row = statements(TOMBSTONE).get<StoredTombstone>(stored(key.tenant), stored(key.execution));
  if (row === undefined) return undefined;
  const { number, parent, untilMs } = row;
  const told: Told = JSON.parse(row.told);
  const asked = parent === null ? {} : { parent: named(parent) };
  return { number, ...key, ...told, ...asked, ...(untilMs === null ? {} : { untilMs }) };
}

const SIZE =
  "SELECT count(*) AS records, coalesce(sum(octet_length(line)), 0) AS bytes FROM records WHERE execution = ?";

type Size = Pick<Extent, "bytes" | "records">;

export const extentsIn = (statements: Statements, query: ExtentQuery): readonly Extent[] =>
  listingOf(statements)
    .after(query)
    .map((row) => {
      const { bytes = 0, records = 0 } = statements(SIZE).get<Size>(row.number) ?? {};
      return Object.assign({}, row, { bytes, records });
    });

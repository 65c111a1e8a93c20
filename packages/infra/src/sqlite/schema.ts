import { closeSync, fsyncSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { StoreFault } from "@omnibase/spi";
import { makeFolders } from "../shared/durable-file.ts";
import { openDatabase } from "./driver.ts";
import type { Database } from "./driver.ts";
import { faultOf } from "./fault.ts";
import { addLater } from "./later.ts";

/** Grows with every change that an older version could not read. It stands in the header of the file. */
export const FORMAT = 2;

/** What a store has from the beginning on: it becomes newer with the first change that an older version could not bear. */
const FORMAT_NEW = 1;

/** "OmBs": whose file it is, for us and for `file`. */
const APPLICATION = 0x4f_6d_42_73;

/**
 * Records are appended in the order of commits, so their table grows at one end; what belongs to an execution is found by
 * the one index. They name no foreign key: the writer looks executions up anyway, and the check would cost on every record.
 */
const TABLES = `
CREATE TABLE executions (
  number INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  execution TEXT NOT NULL,
  workflow TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  request TEXT NOT NULL,
  status TEXT NOT NULL,
  started_ms INTEGER NOT NULL,
  UNIQUE (tenant, execution)
) STRICT;
CREATE INDEX executions_under_way ON executions (status, number) WHERE status <> 'ended';
CREATE TABLE records (
  position INTEGER PRIMARY KEY,
  execution INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  line TEXT NOT NULL,
  UNIQUE (execution, revision)
) STRICT;
CREATE TABLE timers (
  execution INTEGER NOT NULL REFERENCES executions (number),
  place TEXT NOT NULL,
  due_ms INTEGER NOT NULL,
  PRIMARY KEY (execution, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX timers_by_due ON timers (due_ms);
CREATE TABLE stores (
  number INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  store TEXT NOT NULL,
  UNIQUE (tenant, store)
) STRICT;
CREATE TABLE entities (
  store INTEGER NOT NULL REFERENCES stores (number),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (store, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE journal (
  position INTEGER PRIMARY KEY,
  store INTEGER NOT NULL REFERENCES stores (number),
  line TEXT NOT NULL
) STRICT;
CREATE INDEX journal_by_store ON journal (store);
CREATE TABLE files (
  position INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  file TEXT NOT NULL,
  digest TEXT NOT NULL
) STRICT;
CREATE INDEX files_by_name ON files (tenant, file);
PRAGMA application_id = ${String(APPLICATION)};
PRAGMA user_version = ${String(FORMAT_NEW)};
`;

export interface Opening {
  /** For the harness of the kill lane, which proves that its oracles notice a store that does not sync. */
  readonly synchronous?: "FULL" | "OFF";
  /** How long a writer waits for another before it says `STORE_LOCKED`. */
  readonly busyTimeoutMs?: number;
}

/** Opens the one connection that writes. What it promises is set on every open, because SQLite forgets it. */
export function openWriter(file: string, { synchronous = "FULL", busyTimeoutMs = 5_000 }: Opening = {}): Database {
  const firstMade = makeFolders(dirname(file));
  return opened(file, false, (database) => {
    database.exec(
      `PRAGMA busy_timeout = ${String(busyTimeoutMs)}; PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON`,
    );
    const known = formatOf(database, file);
    // Only a file that holds nothing yet takes it; a store that was made without it uses its free pages anew instead.
    if (!known) database.exec("PRAGMA auto_vacuum = INCREMENTAL");
    must(database, "journal_mode = WAL", "wal");
    must(database, `synchronous = ${synchronous}`, synchronous === "FULL" ? 2 : 0);
    if (!known) createTables(database, file);
    addLater(database);
    syncFolders(dirname(file), firstMade);
  });
}

/** Opens a connection that sees what was committed and can change nothing. */
export const openReader = (file: string): Database =>
  opened(file, true, (database) => {
    database.exec("PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF");
    if (!formatOf(database, file)) throw new StoreFault("STORE_FAILED", `no store yet (${file})`, { retryable: true });
  });

function opened(file: string, readOnly: boolean, prepare: (database: Database) => void): Database {
  let database: Database | undefined;
  try {
    database = openDatabase(file, { readOnly });
    prepare(database);
    return database;
  } catch (error) {
    database?.close();
    throw faultOf(error, file);
  }
}

/** Whether there is a store already; a newer one and a stranger's are refused before anything is written. */
function formatOf(database: Database, file: string): boolean {
  const format = pragma(database, "user_version");
  const application = pragma(database, "application_id");
  const tables = database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get();
  if (tables === undefined) return false;
  if (application !== APPLICATION) {
    throw new StoreFault("STORE_DAMAGED", `this file is a database, and not a store of ours (${file})`, {
      retryable: false,
    });
  }
  if (Number(format) > FORMAT) {
    const message = `a newer version wrote this store (format ${String(format)}, this one knows ${String(FORMAT)}): upgrade`;
    throw new StoreFault("STORE_NEWER", `${message} (${file})`, { retryable: false });
  }
  return true;
}

/** All tables or none. Who comes second while another creates them finds them there. */
function createTables(database: Database, file: string): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    if (!formatOf(database, file)) database.exec(TABLES);
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

/** A pragma that does not take effect says nothing, so it is read back. */
function must(database: Database, setting: string, expected: string | number): void {
  database.exec(`PRAGMA ${setting}`);
  const [name = ""] = setting.split(" ");
  const actual = pragma(database, name);
  if (actual === expected) return;
  const message = `SQLite refuses \`${setting}\`: it says ${String(actual)}`;
  throw new StoreFault("STORE_FAILED", message, { retryable: false });
}

const pragma = (database: Database, name: string): string | number | undefined =>
  Object.values(database.prepare(`PRAGMA ${name}`).get<Readonly<Record<string, string | number>>>() ?? {})[0];

/** The folder of the store, the data root, and what that lies in. */
const foldersSynced = 3;

/**
 * A file is durable only when its folder is, and so is a folder that was made for it. Whoever made them may have died
 * before they were, so this is done on every open; where nothing changed it costs less than one commit.
 */
function syncFolders(folder: string, firstMade: string | undefined): void {
  if (process.platform === "win32") return;
  const top = firstMade === undefined ? folder : dirname(firstMade);
  let at = folder;
  for (let count = 0; count < foldersSynced || at.length >= top.length; count += 1) {
    syncFolder(at);
    if (dirname(at) === at) return;
    at = dirname(at);
  }
}

/** A folder that this user may not look into was not made by them. */
function syncFolder(folder: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(folder, "r");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EACCES") return;
    throw error;
  }
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

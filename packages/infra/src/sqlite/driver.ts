import { createRequire } from "node:module";
import { StoreFault } from "@omnibase/spi";

/** The only file that names a driver: Node's own where there is one, else the same interface from a package. */
export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

/** Rows come back as the caller says they are: the columns that it selects are the proof. */
export interface Statement {
  run(...values: readonly Bound[]): Changed;
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the statement's text says what a row is
  get<Row>(...values: readonly Bound[]): Row | undefined;
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as above
  all<Row>(...values: readonly Bound[]): readonly Row[];
}

type Bound = string | number | null;

interface Changed {
  readonly changes: number | bigint;
  readonly lastInsertRowid: number | bigint;
}

interface Driver {
  readonly DatabaseSync: new (file: string, options: { readonly readOnly: boolean }) => Database;
}

interface Opening {
  readonly readOnly: boolean;
}

/** Loads the driver on the first call only, because a command that opens no store should not pay for it. */
export function openDatabase(file: string, opening: Opening): Database {
  const own = quietly(() => process.getBuiltinModule("node:sqlite"));
  return isDriver(own) ? new own.DatabaseSync(file, opening) : openInstalled(file, opening);
}

/**
 * The package finalises statements only when they are collected, and SQLite keeps a connection half open until then. What
 * closing would do to the file is therefore done before.
 */
function openInstalled(file: string, opening: Opening): Database {
  const database = new (installedDriver().DatabaseSync)(file, opening);
  return {
    exec: (sql) => database.exec(sql),
    prepare: (sql) => database.prepare(sql),
    close() {
      try {
        if (!opening.readOnly) database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      } catch {
        // It is only tidied up here: what is committed stands in the log, and is found there.
      }
      database.close();
    },
  };
}

function installedDriver(): Driver {
  try {
    const installed: unknown = createRequire(import.meta.url)("@photostructure/sqlite");
    if (isDriver(installed)) return installed;
  } catch (cause) {
    throw noDriver(cause);
  }
  throw noDriver(undefined);
}

const isDriver = (module: unknown): module is Driver =>
  typeof module === "object" && module !== null && "DatabaseSync" in module;

const noDriver = (cause: unknown): StoreFault =>
  new StoreFault(
    "STORE_FAILED",
    "no SQLite on this Node: use 22.13 or newer, or `npm install @photostructure/sqlite`",
    {
      retryable: false,
      cause,
    },
  );

/** Node 22 calls its SQLite experimental, on the terminal of everyone who runs a command. We pin and test it. */
function quietly<T>(load: () => T): T {
  const loud = Object.getOwnPropertyDescriptor(process, "emitWarning");
  if (loud === undefined) return load();
  Object.defineProperty(process, "emitWarning", { ...loud, value: () => undefined });
  try {
    return load();
  } finally {
    Object.defineProperty(process, "emitWarning", loud);
  }
}

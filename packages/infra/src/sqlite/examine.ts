import type { ExecutionKey } from "@omnibase/spi";
import type { Database } from "./driver.ts";
import { faultOf } from "./fault.ts";
import { named } from "./names.ts";
import { openReader } from "./schema.ts";

export interface StoreExamined {
  /** Of the tables; a store that is older is brought up to date by whoever writes to it next. */
  readonly format: number;
  /** What is not sound, in the words of SQLite; empty where everything is. */
  readonly damage: readonly string[];
}

const damageMax = 5;

/** Reads every page of a store beside whoever writes to it, and says what is not sound. It takes as long as the file is large. */
export const examineStore = (file: string): StoreExamined =>
  reading(file, (database) => {
    const rows = database.prepare(`PRAGMA quick_check(${String(damageMax)})`).all<object>();
    const said = rows.flatMap((row) => Object.values(row).map(String)).filter((line) => line !== "ok");
    const format = database.prepare("PRAGMA user_version").get<{ readonly user_version: number }>();
    return { format: format?.user_version ?? 0, damage: said };
  });

export interface KeysKept {
  /** Executions whose secrets lie in the store. */
  readonly count: number;
  /** The wrapped keys of the newest of them. */
  readonly newest: readonly (ExecutionKey & { readonly wrapped: string })[];
}

const KEPT = `SELECT tenant, e.execution, key AS wrapped FROM secrets s JOIN executions e ON e.number = s.execution
  ORDER BY s.execution DESC LIMIT ?`;

/** Under which keys secrets lie in a store. No box is read for it. */
export const keysKept = (file: string, limit: number): KeysKept =>
  reading(file, (database) => {
    const table = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'secrets'").get();
    if (table === undefined) return { count: 0, newest: [] };
    const all = database.prepare("SELECT count(*) AS count FROM secrets").get<{ readonly count: number }>();
    const rows = database.prepare(KEPT).all<KeysKept["newest"][number]>(limit);
    const newest = rows.map(({ execution, tenant, wrapped }) => ({
      tenant: named(tenant),
      execution: named(execution),
      wrapped,
    }));
    return { count: all?.count ?? 0, newest };
  });

function reading<T>(file: string, ask: (database: Database) => T): T {
  try {
    const database = openReader(file);
    try {
      return ask(database);
    } finally {
      database.close();
    }
  } catch (error) {
    throw faultOf(error, file);
  }
}

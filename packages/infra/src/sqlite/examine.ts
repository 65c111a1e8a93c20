import { faultOf } from "./fault.ts";
import { openReader } from "./schema.ts";

export interface StoreExamined {
  /** Of the tables; a store that is older is brought up to date by whoever writes to it next. */
  readonly format: number;
  /** What is not sound, in the words of SQLite; empty where everything is. */
  readonly damage: readonly string[];
}

const damageMax = 5;

/** Reads every page of a store beside whoever writes to it, and says what is not sound. It takes as long as the file is large. */
export function examineStore(file: string): StoreExamined {
  try {
    const database = openReader(file);
    try {
      const rows = database.prepare(`PRAGMA quick_check(${String(damageMax)})`).all<object>();
      const said = rows.flatMap((row) => Object.values(row).map(String)).filter((line) => line !== "ok");
      const format = database.prepare("PRAGMA user_version").get<{ readonly user_version: number }>();
      return { format: format?.user_version ?? 0, damage: said };
    } finally {
      database.close();
    }
  } catch (error) {
    throw faultOf(error, file);
  }
}

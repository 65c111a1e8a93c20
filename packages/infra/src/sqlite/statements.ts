import type { Database, Statement } from "./driver.ts";

/** Prepares each statement when it is first needed: a command of one commit needs few of them. */
export type Statements = (sql: string) => Statement;

export function statementsOf(database: Database): Statements {
  const prepared = new Map<string, Statement>();
  return (sql) => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
}

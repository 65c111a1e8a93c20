import type { Database } from "./driver.ts";
import type { Statements } from "./statements.ts";

/*
 * What came after the first stores were made. It is added where it is absent, and who does not know it misses nothing: an
 * older version goes on writing, and what it did not say is read off its records when a newer one opens the store.
 */

const TASKS = `
CREATE TABLE IF NOT EXISTS tasks (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  execution INTEGER NOT NULL REFERENCES executions (number),
  place TEXT NOT NULL,
  asked TEXT NOT NULL,
  UNIQUE (execution, place)
) STRICT;
CREATE INDEX IF NOT EXISTS tasks_by_tenant ON tasks (tenant, number);
`;

/** An older version could not go on with an execution that has secrets: it does not know what its graph says of them. */
const SECRETS = `
CREATE TABLE IF NOT EXISTS secrets (
  execution INTEGER PRIMARY KEY REFERENCES executions (number) ON DELETE CASCADE,
  key TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS boxes (
  execution INTEGER NOT NULL REFERENCES secrets (execution) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  pointer TEXT NOT NULL,
  box TEXT NOT NULL,
  PRIMARY KEY (execution, revision, pointer)
) STRICT, WITHOUT ROWID;
`;

/** From the first removal on, older versions are kept out: they would begin again what was removed. */
const TOMBSTONES = `
CREATE TABLE IF NOT EXISTS tombstones (
  number INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  execution TEXT NOT NULL,
  parent TEXT,
  until_ms INTEGER,
  erased INTEGER NOT NULL,
  told TEXT NOT NULL,
  UNIQUE (tenant, execution)
) STRICT;
CREATE INDEX IF NOT EXISTS tombstones_unerased ON tombstones (number) WHERE erased = 0;
CREATE INDEX IF NOT EXISTS tombstones_by_parent ON tombstones (tenant, parent) WHERE parent IS NOT NULL;
CREATE INDEX IF NOT EXISTS tombstones_by_until ON tombstones (until_ms) WHERE until_ms IS NOT NULL;
`;

const COLUMNS = `
ALTER TABLE executions ADD COLUMN principal TEXT;
ALTER TABLE executions ADD COLUMN parent TEXT;
ALTER TABLE executions ADD COLUMN end_class TEXT;
ALTER TABLE executions ADD COLUMN end_outcome TEXT;
ALTER TABLE executions ADD COLUMN ended_ms INTEGER;
`;

/** Executions of which an older version wrote less than we list. */
const UNTOLD = "principal IS NULL OR (status = 'ended' AND end_class IS NULL)";

const INDEXES = `
CREATE INDEX IF NOT EXISTS executions_by_start ON executions (tenant, started_ms);
CREATE INDEX IF NOT EXISTS executions_by_workflow ON executions (tenant, workflow);
CREATE INDEX IF NOT EXISTS executions_by_principal ON executions (tenant, principal);
CREATE INDEX IF NOT EXISTS executions_by_parent ON executions (tenant, parent) WHERE parent IS NOT NULL;
CREATE INDEX IF NOT EXISTS executions_by_class ON executions (tenant, end_class) WHERE end_class IS NOT NULL;
CREATE INDEX IF NOT EXISTS executions_by_outcome ON executions (tenant, end_outcome) WHERE end_outcome IS NOT NULL;
CREATE INDEX IF NOT EXISTS executions_untold ON executions (number) WHERE ${UNTOLD};
`;

/** What the records of an execution say of how it began and ended. A line that is damaged says nothing. */
const BEGUN = "FROM records WHERE execution = number AND revision = 1 AND json_valid(line)";
const ENDED = "FROM records WHERE execution = number AND json_valid(line) ORDER BY revision DESC LIMIT 1";
const IS_CANCELLED = "json_extract(line, '$.type') = 'Cancelled'";
const AT = "json_extract(line, '$.at')";
const AT_MS = `CAST(strftime('%s', ${AT}) AS INTEGER) * 1000 + CAST(substr(${AT}, 21, 3) AS INTEGER)`;

/** The columns that are told off the records, for whoever may only read a store that no newer version has opened. */
export const EXECUTIONS_TOLD: string = `executions AS (SELECT number, tenant, execution, workflow, snapshot, request, status, started_ms,
  (SELECT json_extract(line, '$.body.principal') ${BEGUN}) AS principal,
  (SELECT json_extract(line, '$.body.parent.execution') ${BEGUN}) AS parent,
  iif(status = 'ended', (SELECT iif(${IS_CANCELLED}, 'cancelled', json_extract(line, '$.body.class')) ${ENDED}), NULL) AS end_class,
  iif(status = 'ended', (SELECT iif(${IS_CANCELLED}, 'CANCELLED', json_extract(line, '$.body.outcome')) ${ENDED}), NULL) AS end_outcome,
  iif(status = 'ended', (SELECT ${AT_MS} ${ENDED}), NULL) AS ended_ms
  FROM main.executions)`;

const TELL = `
WITH ${EXECUTIONS_TOLD}
UPDATE main.executions AS untold
  SET principal = coalesce(told.principal, ''), parent = told.parent,
    end_class = iif(told.status = 'ended', coalesce(told.end_class, ''), NULL),
    end_outcome = told.end_outcome, ended_ms = told.ended_ms
  FROM executions AS told
  WHERE told.number = untold.number AND (untold.principal IS NULL OR (untold.status = 'ended' AND untold.end_class IS NULL))`;

const TOLD = "SELECT 1 FROM pragma_table_info('executions') WHERE name = 'ended_ms'";

/** Whether executions have all the columns that are listed. */
export const areTold = (statements: Statements): boolean => statements(TOLD).get() !== undefined;

/** Brings a store up to this version. */
export function addLater(database: Database): void {
  addColumns(database);
  database.exec(`${TASKS}${INDEXES}${TOMBSTONES}${SECRETS}`);
  const untold = database.prepare(`SELECT 1 FROM executions INDEXED BY executions_untold WHERE ${UNTOLD} LIMIT 1`);
  if (untold.get() !== undefined) database.exec(TELL);
}

/** All or none. Who comes second while another adds them finds them there. */
function addColumns(database: Database): void {
  if (areTold((sql) => database.prepare(sql))) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    if (!areTold((sql) => database.prepare(sql))) database.exec(COLUMNS);
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

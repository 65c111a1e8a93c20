import { parentPort, workerData } from "node:worker_threads";
import { openWriter } from "../../packages/infra/src/sqlite/schema.ts";

/** What any program would do that keeps the same rows: a prepared statement for each, one transaction for a group. */
export type RawRow =
  | readonly ["create", execution: number]
  | readonly ["record", execution: number, revision: number, line: string]
  | readonly ["end", execution: number];

const { file }: { readonly file: string } = workerData;
const database = openWriter(file);
const begin = database.prepare("BEGIN IMMEDIATE");
const commit = database.prepare("COMMIT");
const record = database.prepare("INSERT INTO records (execution, revision, line) VALUES (?, ?, ?)");
const create = database.prepare(
  "INSERT INTO executions (number, tenant, execution, workflow, snapshot, request, status, started_ms) VALUES (?, 'default', ?, 'bench::WF_LOAD_V0', ?, ?, 'open', 1)",
);
const end = database.prepare("UPDATE executions SET status = 'ended' WHERE number = ?");
const digest = `sha256:${"0".repeat(64)}`;

parentPort?.on("message", (rows: readonly RawRow[] | "close") => {
  if (rows === "close") {
    database.close();
    process.exit(0);
  }
  begin.run();
  for (const row of rows) {
    if (row[0] === "record") record.run(row[1], row[2], row[3]);
    else if (row[0] === "create") create.run(row[1], `load-${String(row[1])}`, digest, digest);
    else end.run(row[1]);
  }
  commit.run();
  parentPort?.postMessage("committed");
});
parentPort?.postMessage("ready");

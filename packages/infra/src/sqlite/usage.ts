import { statSync } from "node:fs";
import type { ExecutionStatus, StoreUsage } from "@omnibase/spi";
import { hasTombstones } from "./removal.ts";
import type { Statements } from "./statements.ts";

/** How much a database holds, and how much of its file is free. */
export function usageIn(statements: Statements): Omit<StoreUsage, "bytes"> {
  const byStatus = statements("SELECT status, count(*) AS count FROM executions GROUP BY status").all<{
    readonly status: ExecutionStatus;
    readonly count: number;
  }>();
  const executions = { open: 0, parked: 0, incident: 0, ended: 0 };
  for (const { count, status } of byStatus) executions[status] = count;
  const [records, freePages, pageBytes] = [
    statements("SELECT count(*) AS value FROM records WHERE execution > 0"),
    statements("SELECT freelist_count AS value FROM pragma_freelist_count"),
    statements("SELECT page_size AS value FROM pragma_page_size"),
  ].map((statement) => statement.get<{ readonly value: number }>()?.value ?? 0);
  const tombstones = hasTombstones(statements)
    ? statements("SELECT count(*) AS value FROM tombstones").get<{ readonly value: number }>()
    : undefined;
  return {
    executions,
    tombstones: tombstones?.value ?? 0,
    records: records ?? 0,
    freeBytes: (freePages ?? 0) * (pageBytes ?? 0),
  };
}

/** On the disk: the file, and the log of what was committed to it lately. */
export const bytesOn = (file: string): number =>
  [file, `${file}-wal`].reduce((bytes, path) => bytes + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);

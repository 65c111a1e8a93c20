import type { ExecutionKey, Extent, ExtentQuery, StoreUsage, Tombstone } from "@omnibase/spi";
import { extentsIn, hasTombstones, tombstoneIn } from "./removal.ts";
import type { Statements } from "./statements.ts";
import { usageIn } from "./usage.ts";

/** What is asked of a store by whoever decides what stays in it. */
export interface RetentionReader {
  extents(query: ExtentQuery): readonly Extent[];
  tombstone(key: ExecutionKey): Tombstone | undefined;
  snapshotsInUse(): readonly string[];
  usage(): Omit<StoreUsage, "bytes">;
}

export const retentionReader = (statements: Statements): RetentionReader => ({
  extents: (query) => extentsIn(statements, query),
  tombstone: (key) => (hasTombstones(statements) ? tombstoneIn(statements, key) : undefined),
  snapshotsInUse: () =>
    statements("SELECT DISTINCT snapshot FROM executions")
      .all<{ readonly snapshot: string }>()
      .map(({ snapshot }) => snapshot),
  usage: () => usageIn(statements),
});

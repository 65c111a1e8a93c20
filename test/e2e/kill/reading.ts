import { existsSync } from "node:fs";
import { openSqliteStore } from "@omnibase/infra/sqlite";
import type { ExecutionKey, ExecutionRow, JournalLine } from "@omnibase/spi";
import { storeFile } from "./composition.ts";
import { tenant } from "./history.ts";

/** Everything that a data root holds, as a process beside the owner sees it. */
export interface Contents {
  readonly rows: readonly ExecutionRow[];
  readonly logs: ReadonlyMap<string, readonly string[]>;
  readonly journal: readonly JournalLine[];
}

export const nameStore = "kill::STRUCTURE_WORLD_V0/NAMES";

/** Opened for one look and closed again: a reader that stays would keep alive what a loss of power takes. */
export async function readAll(dataRoot: string): Promise<Contents> {
  if (!existsSync(storeFile(dataRoot))) return { rows: [], logs: new Map(), journal: [] };
  const store = await openSqliteStore(storeFile(dataRoot), { readOnly: true });
  try {
    const rows = await store.list({ tenant, limit: 1_000_000 });
    const logs = new Map<string, readonly string[]>();
    for (const row of rows) logs.set(row.execution, await store.read(row));
    return { rows, logs, journal: await store.journal(tenant, nameStore) };
  } finally {
    await store.close();
  }
}

export async function readLog(dataRoot: string, key: ExecutionKey): Promise<readonly string[]> {
  const store = await openSqliteStore(storeFile(dataRoot), { readOnly: true });
  try {
    return await store.read(key);
  } finally {
    await store.close();
  }
}

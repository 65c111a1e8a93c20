import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  archivePaths,
  err,
  ok,
  parseIdentifier,
  printable,
  resultOf,
  type ExecutionResult,
  type Graph,
  type Result,
} from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { openSqliteStore } from "@omnibase/infra/sqlite";
import { StoreFault, type ExecutionKey, type ExecutionRow, type Store, type Tombstone } from "@omnibase/spi";
import type { Refused } from "../edge/report.ts";
import type { Place } from "../project/open.ts";
import { snapshotOf } from "./kept-snapshot.ts";
import { storeFile, tenant } from "./layout.ts";
import { noExecution, verifiedRecord, type Pinned, type Recorded } from "./verified-record.ts";

/**
 * Asks the store without owning it: a connection that can change nothing, beside whoever writes.
 *
 * `absent` is the answer where there is no store yet.
 */
export async function withStore<T>(
  { dataRoot }: Pick<Place, "dataRoot">,
  absent: T,
  ask: (store: Store) => Promise<T>,
): Promise<T> {
  const file = storeFile(dataRoot);
  if (!existsSync(file)) return absent;
  const store = await openToRead(file);
  if (store === undefined) return absent;
  try {
    return await ask(store);
  } finally {
    await store.close();
  }
}

/** Nothing where another process is only making it. */
async function openToRead(file: string): Promise<Store | undefined> {
  try {
    return await openSqliteStore(file, { readOnly: true });
  } catch (error) {
    if (error instanceof StoreFault && error.code === "STORE_FAILED" && error.retryable) return undefined;
    throw error;
  }
}

/** The id of an execution as a person typed it. */
export function executionKey(given: string | undefined): Result<ExecutionKey, Refused> {
  const id = parseIdentifier(given ?? "", "execution");
  return id.ok ? ok({ tenant, execution: id.value }) : err({ exit: 2, ...id.error });
}

export async function recorded(
  project: Pick<Place, "dataRoot" | "trust">,
  given: string | undefined,
): Promise<Result<Recorded, Refused>> {
  const key = executionKey(given);
  if (!key.ok) return key;
  if (existsSync(join(project.dataRoot, archivePaths.manifest))) {
    const { archivedRecord } = await import("./archived-record.ts");
    return archivedRecord(project, key.value);
  }
  const absent = err(noExecution(key.value.execution));
  return withStore<Result<Recorded, Refused>>(project, absent, (store) => recordedIn(store, key.value));
}

export async function recordedIn(store: Store, key: ExecutionKey): Promise<Result<Recorded<ExecutionRow>, Refused>> {
  const row = await store.find(key);
  const [first, ...rest] = await store.read(key);
  if (row !== undefined && first !== undefined) return verifiedRecord(row, [first, ...rest]);
  const tombstone = await store.tombstone(key);
  return err(tombstone === undefined ? noExecution(key.execution) : executionRemoved(tombstone));
}

const executionRemoved = ({ archive, execution, head }: Tombstone): Refused => ({
  exit: 3,
  code: "EXECUTION_REMOVED",
  message: `execution ${printable(execution)} has ended and was removed`,
  hint: "`omnibase show` says when, and by which policy; `show`, `replay`, `trace` and `receipt` take --archive",
  facts: { execution, head, archive: archive ?? null },
});

export async function graphOf(
  project: Pick<Place, "dataRoot" | "trust">,
  { snapshot, workflow }: Pick<Pinned, "snapshot" | "workflow">,
): Promise<Result<Graph, Refused>> {
  const loaded = await snapshotOf(project, snapshot);
  if (!loaded.ok) return loaded;
  const graph = Object.hasOwn(loaded.value.graphs, workflow) ? loaded.value.graphs[workflow] : undefined;
  if (graph !== undefined) return ok(graph);
  return err({ exit: 3, code: "WORKFLOW_NOT_FOUND", message: `snapshot ${snapshot} has no workflow ${workflow}` });
}

export type GraphFor = (row: Pick<Pinned, "snapshot" | "workflow">) => Promise<Result<Graph, Refused>>;

/** Each is loaded once, however many executions are pinned to it. One that is refused is looked for again. */
export function graphsOf(place: Pick<Place, "dataRoot" | "trust">): GraphFor {
  const graphs = new Map<string, Result<Graph, Refused>>();
  return async (row) => {
    const name = `${row.snapshot}\n${row.workflow}`;
    const graph = graphs.get(name) ?? (await graphOf(place, row));
    if (graph.ok) graphs.set(name, graph);
    return graph;
  };
}

/** An execution, and the graph that it goes through. */
export interface WithGraph {
  readonly record: Recorded;
  readonly graph: Graph;
}

export async function withGraph(
  record: Result<Recorded, Refused>,
  graphFor: GraphFor,
): Promise<Result<WithGraph, Refused>> {
  if (!record.ok) return record;
  const graph = await graphFor(record.value.row);
  return graph.ok ? ok({ record: record.value, graph: graph.value }) : graph;
}

export const recordedWithGraph = async (
  place: Pick<Place, "dataRoot" | "trust">,
  given: string | undefined,
): Promise<Result<WithGraph, Refused>> => withGraph(await recorded(place, given), (row) => graphOf(place, row));

export const resultIn = (graph: Graph, { lines }: Recorded, durationMs?: number): ExecutionResult =>
  resultOf({ graph, lines, sha256, ...(durationMs === undefined ? {} : { durationMs }) });

import { watchStore } from "@omnibase/infra/sqlite";
import type { ExecutionKey, ExecutionRow, ListQuery, Store } from "@omnibase/spi";
import type { Place } from "../project/open.ts";
import { storeFile, tenant } from "./layout.ts";
import { withStore } from "./read-data.ts";

/** How long a follower does not look whether anybody has committed: short for a person. */
const lookMs = 200;
/** Records may be large, so only so many are read at once. */
const changesPerLook = 100;
const recordsPerLook = 100;
/** A status may change without a record. Of so many that were under way last, it is asked again. */
const openMax = 100;

export interface Following<T> {
  readonly over: AbortSignal;
  readonly tell: (one: T) => void;
}

/** Asks of a store that is followed. */
type Follow<T> = (store: Store, committed: () => Promise<void>) => Promise<T>;

/** `committed` resolves after the next commit of anybody, or when it is over; until then nothing is read. */
function withFollowed<T>(place: Pick<Place, "dataRoot">, absent: T, over: AbortSignal, follow: Follow<T>): Promise<T> {
  return withStore(place, absent, async (store) => {
    // From before anything is read, so that nothing is missed in between.
    const watch = watchStore(storeFile(place.dataRoot));
    const committed = async (): Promise<void> => {
      do await pause(over);
      while (!over.aborted && !watch.changed());
    };
    try {
      return await follow(store, committed);
    } finally {
      watch.close();
    }
  });
}

/** Waits, unless it is over. */
function pause(over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (over.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      over.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, lookMs);
    over.addEventListener("abort", done);
  });
}

/** The executions of a page, oldest first, and from then on whatever begins or changes and is asked for. */
export async function followExecutions(
  place: Pick<Place, "dataRoot">,
  query: ListQuery,
  following: Following<ExecutionRow>,
): Promise<void> {
  // Where there is no store yet, there will be one as soon as something begins.
  for (let isThere = false; !isThere && !following.over.aborted;) {
    isThere = await withFollowed(place, false, following.over, async (store, committed) => {
      await followIn(store, query, { ...following, committed });
      return true;
    });
    if (!isThere) await pause(following.over);
  }
}

interface FollowingIn extends Following<ExecutionRow> {
  readonly committed: () => Promise<void>;
}

async function followIn(store: Store, query: ListQuery, { committed, over, tell }: FollowingIn): Promise<void> {
  let after = await store.lastPosition();
  const shown = new Map<string, ExecutionRow>();
  const show = (row: ExecutionRow): void => {
    const before = shown.get(row.execution);
    if (before !== undefined && isSame(before, row)) return;
    tell(row);
    if (row.status === "ended") shown.delete(row.execution);
    else shown.set(row.execution, row);
  };
  for (const row of (await store.list(query)).toReversed()) show(row);
  while (!over.aborted) {
    await committed();
    const changed = await changedSince(store, after);
    after = changed.position;
    const open = [...shown.values()].filter(({ status }) => status === "open").slice(-openMax);
    for (const execution of new Set([...changed.executions, ...open.map((row) => row.execution)])) {
      const [row] = await store.list({ ...query, execution, limit: 1 });
      if (row !== undefined) show(row);
    }
  }
}

const isSame = (a: ExecutionRow, b: ExecutionRow): boolean => a.status === b.status;

interface Changed {
  readonly position: number;
  readonly executions: readonly string[];
}

export async function changedSince(store: Store, from: number): Promise<Changed> {
  const executions: string[] = [];
  for (let position = from; ;) {
    const changes = await store.changes({ tenant, after: position, limit: changesPerLook });
    position = changes.at(-1)?.position ?? position;
    executions.push(...changes.map(({ execution }) => execution));
    if (changes.length < changesPerLook) return { position, executions };
  }
}

/** The records of one execution after a revision, and from then on as they come, until it has ended or was removed. */
export async function followRecords(
  place: Pick<Place, "dataRoot">,
  { after, ...key }: ExecutionKey & { readonly after: number },
  { over, tell }: Following<string>,
): Promise<void> {
  await withFollowed<void>(place, undefined, over, async (store, committed) => {
    for (let revision = after; !over.aborted;) {
      const { status = "ended" } = (await store.find(key)) ?? {};
      const lines = await store.read(key, revision, recordsPerLook);
      for (const line of lines) tell(line);
      revision += lines.length;
      if (lines.length === 0 && status === "ended") return;
      if (lines.length === 0) await committed();
    }
  });
}

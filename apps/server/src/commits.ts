import type { Clock, Commit, Committed, ExecutionKey, Store } from "@omnibase/spi";
import type { Metrics } from "./metrics.ts";

/** Whoever follows an execution hears of each commit to it, once it is durable. */
export interface Commits {
  /** How many are under way. */
  readonly waiting: () => number;
  /** Calls back until the answer is called. What it was that happened is for the store to say. */
  follow(key: ExecutionKey, heard: () => void): () => void;
}

export interface Heard {
  /** The store that a host must write through. */
  readonly store: Store;
  readonly commits: Commits;
}

/** A store that tells of its commits. It changes none of them. */
export function heard(store: Store, { clock, metrics }: { readonly clock: Clock; readonly metrics: Metrics }): Heard {
  const followers = new Map<string, Set<() => void>>();
  let waiting = 0;
  const commit = async (one: Commit): Promise<Committed> => {
    const beganMs = clock.monotonicMs();
    waiting += 1;
    try {
      const committed = await store.commit(one);
      note(metrics, one, committed);
      metrics.observe("omnibase_commit_duration_seconds", (clock.monotonicMs() - beganMs) / 1_000);
      if (committed.kind === "committed") for (const tell of followers.get(nameOf(one.key)) ?? []) tell();
      return committed;
    } catch (error) {
      metrics.count("omnibase_commits_total", { result: "failed" });
      throw error;
    } finally {
      waiting -= 1;
    }
  };
  const follow: Commits["follow"] = (key, tell) => {
    const name = nameOf(key);
    const own = followers.get(name) ?? new Set();
    followers.set(name, own.add(tell));
    return () => {
      own.delete(tell);
      if (own.size === 0) followers.delete(name);
    };
  };
  return { store: { ...store, commit }, commits: { waiting: () => waiting, follow } };
}

function note(metrics: Metrics, { create, operation, records, status }: Commit, committed: Committed): void {
  metrics.count("omnibase_commits_total", { result: committed.kind });
  if (committed.kind !== "committed") return;
  metrics.count("omnibase_records_total", {}, records.length + (operation === undefined ? 0 : 1));
  if (create !== undefined) metrics.count("omnibase_executions_started_total");
  if (status !== undefined) metrics.count("omnibase_executions_moved_total", { to: status });
}

const nameOf = ({ execution, tenant }: ExecutionKey): string => `${tenant}/${execution}`;

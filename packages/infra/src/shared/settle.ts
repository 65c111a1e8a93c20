import { apply, digestOf, emit, eventStore, overlaid, settledLine } from "@omnibase/core";
import type { Applied, EmittedEvent, Emission, EntityReader, Json } from "@omnibase/core";
import type { Commit, CommitOperation, SettledOperation } from "@omnibase/spi";
import { sha256 } from "./sha256.ts";

/** What an operation did, its record, and what the committer is told. */
interface Settling {
  readonly applied: Applied;
  readonly line: string;
  readonly operation: SettledOperation;
}

/** What a commit does to stores of our own, beside its imports. */
export interface Effects {
  readonly settled: Settling | undefined;
  /** What it adds to the store of events. */
  readonly emission: Emission | undefined;
}

/**
 * Every adapter computes it like this, before it writes anything. `readerOf` reads a store as it is after the imports of
 * the same commit. What is emitted comes before the operation, which may ask for it; what the operation tells comes last.
 */
export function effectsOf(commit: Commit, readerOf: (store: string) => EntityReader): Effects {
  const { emitted = [], expected, imports = [], key, operation, records } = commit;
  const told = [...emitted, ...imports.flatMap(({ events = [] }) => events)];
  const emissionOf = (events: readonly EmittedEvent[]): Emission | undefined =>
    events.length === 0 ? undefined : emit(events, key.execution, readerOf(eventStore));
  const emission = emissionOf(told);
  if (operation === undefined) return { settled: undefined, emission };
  const { store } = operation.operation;
  const isTold = store === eventStore && emission !== undefined;
  const reader = isTold ? overlaid(readerOf(store), rowsOf(emission)) : readerOf(store);
  const settled = settle(operation, expected + records.length + 1, reader);
  const { event } = settled.applied;
  return { settled, emission: event === undefined ? emission : emissionOf([...told, event]) };
}

const rowsOf = ({ writes }: Emission): ReadonlyMap<string, Json> =>
  new Map(writes.map(({ key, value }) => [key, value]));

function settle(commit: CommitOperation, revision: number, reader: EntityReader): Settling {
  const { place, attempt, atMs, prev } = commit;
  const applied = apply(commit.operation, reader, atMs);
  const { outcome, value } = applied;
  const line = settledLine({ place, attempt, atMs, outcome, value }, prev, revision);
  return { applied, line, operation: { outcome, value, head: digestOf(sha256, line) } };
}

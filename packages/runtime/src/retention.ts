import type { Removal, RemoveRequest, Removed, Reply, Store, TidiedUp } from "@omnibase/spi";
import { nameOf } from "./living.ts";
import type { Living } from "./living.ts";
import { hostLimits } from "./parts.ts";

/** What is in memory is at work, whatever the store knows of it yet. */
export async function remove(living: Living, { removals }: RemoveRequest): Promise<Reply<readonly Removed[]>> {
  const { actors, births, loading, parts } = living;
  const isAtWork = ({ key }: Removal): boolean => [actors, births, loading].some((some) => some.has(nameOf(key)));
  const idle = removals.filter((removal) => !isAtWork(removal));
  const removed = await parts.store.remove(idle);
  const answers = new Map<Removal, Removed>();
  for (const [index, removal] of idle.entries()) {
    const answer = removed[index] ?? "spared";
    answers.set(removal, answer === "gone" ? await goneAs(parts.store, removal) : answer);
  }
  return { ok: true, value: removals.map((removal) => answers.get(removal) ?? "spared") };
}

/** Whoever heard no answer asks again: what went by the very same removal was removed. */
async function goneAs(store: Store, { head, key, removedMs }: Removal): Promise<Removed> {
  const tombstone = await store.tombstone(key);
  return tombstone?.head === head && tombstone.removedMs === removedMs ? "removed" : "gone";
}

/**
 * Snapshots are looked at when nothing else is left to do: by then nothing refers to them. Which were asked for is read
 * right before they go, in one turn, so no start that is under way loses the one that it was given.
 */
export async function tidy({ parts, programs }: Living): Promise<Reply<TidiedUp>> {
  const { clock, snapshots, store } = parts;
  const { tidyPagesMax: pagesMax, tidyRecordsMax: recordsMax } = hostLimits;
  const step = await store.tidy({ nowMs: clock.nowMs(), pagesMax, recordsMax });
  if (step.more) return { ok: true, value: { ...step, swept: { files: 0, bytes: 0 } } };
  const inUse = await store.snapshotsInUse();
  return { ok: true, value: { ...step, swept: await snapshots.sweep(new Set([...inUse, ...programs.asked()])) } };
}

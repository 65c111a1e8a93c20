import type { Removal, RemoveRequest, Removed, Reply, TidiedUp } from "@omnibase/spi";
import { nameOf } from "./living.ts";
import type { Living } from "./living.ts";
import { hostLimits } from "./parts.ts";

/** What is in memory is at work, whatever the store knows of it yet. */
export async function remove(living: Living, { removals }: RemoveRequest): Promise<Reply<readonly Removed[]>> {
  const { actors, births, loading, parts } = living;
  const isAtWork = ({ key }: Removal): boolean => [actors, births, loading].some((some) => some.has(nameOf(key)));
  const idle = removals.filter((removal) => !isAtWork(removal));
  const removed = await parts.store.remove(idle);
  const answers = new Map(idle.map((removal, index) => [removal, removed[index] ?? "spared"]));
  return { ok: true, value: removals.map((removal) => answers.get(removal) ?? "spared") };
}

/** Snapshots are looked at when nothing else is left to do: by then nothing refers to them. */
export async function tidy({ parts, programs }: Living): Promise<Reply<TidiedUp>> {
  const { clock, snapshots, store } = parts;
  const { tidyPagesMax: pagesMax, tidyRecordsMax: recordsMax } = hostLimits;
  const step = await store.tidy({ nowMs: clock.nowMs(), pagesMax, recordsMax });
  if (step.more) return { ok: true, value: { ...step, swept: { files: 0, bytes: 0 } } };
  const needed = new Set([...(await store.snapshotsInUse()), ...programs.asked()]);
  return { ok: true, value: { ...step, swept: await snapshots.sweep(needed) } };
}

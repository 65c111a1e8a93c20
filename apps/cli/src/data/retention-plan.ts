import { statSync } from "node:fs";
import { join } from "node:path";
import { retentionOf, type RetentionVerdict } from "@omnibase/core";
import { namesIn } from "@omnibase/infra/files";
import type { Extent, Store } from "@omnibase/spi";
import type { Place } from "../project/open.ts";
import { diskUse, type DiskUse, type FolderUse } from "./disk-use.ts";
import { snapshotsFolder, tenant } from "./layout.ts";
import { withStore } from "./read-data.ts";
import type { Policy } from "./retention-policy.ts";

/** What a policy would do now. Nothing was changed by finding out. */
export interface RetentionPlan {
  /** Oldest first. */
  readonly goes: readonly Going[];
  readonly stays: Readonly<Partial<Record<Staying, number>>>;
  /** Files that nothing would refer to any more. Those that were kept in the last minutes stay a little longer. */
  readonly snapshots: FolderUse;
  readonly disk: DiskUse;
}

export interface Going extends Extent {
  /** By which rule of the policy, from 0. */
  readonly rule: number;
}

export type Staying = Extract<RetentionVerdict, { readonly goes: false }>["why"];

const extentsPerLook = 1_000;

export async function planRetention(
  place: Pick<Place, "dataRoot">,
  { rules }: Policy,
  nowMs: number,
): Promise<RetentionPlan> {
  const extents = await withStore<readonly Extent[]>(place, [], allExtents);
  const verdicts = retentionOf(rules, extents, nowMs);
  const goes: Going[] = [];
  const stays: Partial<Record<Staying, number>> = {};
  const needed = new Set<string>();
  for (const [index, extent] of extents.entries()) {
    const verdict = verdicts[index];
    if (verdict?.goes === true) goes.push({ ...extent, rule: verdict.rule });
    else if (verdict !== undefined) {
      stays[verdict.why] = (stays[verdict.why] ?? 0) + 1;
      needed.add(`${extent.snapshot.slice("sha256:".length)}.snapshot`);
    }
  }
  return { goes, stays, snapshots: unneededIn(snapshotsFolder(place.dataRoot), needed), disk: await diskUse(place) };
}

async function allExtents(store: Store): Promise<readonly Extent[]> {
  const extents: Extent[] = [];
  for (let more = true; more;) {
    const page = await store.extents({ tenant, after: extents.at(-1)?.number ?? 0, limit: extentsPerLook });
    extents.push(...page);
    more = page.length === extentsPerLook;
  }
  return extents;
}

function unneededIn(folder: string, needed: ReadonlySet<string>): FolderUse {
  const names = namesIn(folder).filter((name) => !needed.has(name));
  const sizes = names.map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** What a tombstone takes up, with what finds it. */
const tombstoneBytes = 900;
/** What a record takes up beside its line, and an execution beside its records. */
const [recordBytes, executionBytes] = [40, 700];

/** About how much the disk has more when it is done. A log that is shorter than its tombstone frees nothing. */
export function freedBytes({ goes, snapshots }: Pick<RetentionPlan, "goes" | "snapshots">): number {
  const own = goes.map(({ bytes, records }) => bytes + records * recordBytes + executionBytes - tombstoneBytes);
  return Math.max(
    0,
    own.reduce((sum, one) => sum + one, snapshots.bytes),
  );
}

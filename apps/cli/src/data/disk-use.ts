import { statSync } from "node:fs";
import { join } from "node:path";
import { namesIn } from "@omnibase/infra/files";
import type { StoreUsage } from "@omnibase/spi";
import type { Place } from "../project/open.ts";
import { implementationsFolder, snapshotsFolder } from "./layout.ts";
import { withStore } from "./read-data.ts";

/** What a data root takes up. */
export interface DiskUse {
  /** Absent where there is no store yet. */
  readonly store: StoreUsage | undefined;
  readonly snapshots: FolderUse;
  /** Transforms that someone wrote, kept under the digests by which snapshots seal them. */
  readonly implementations: FolderUse;
}

export interface FolderUse {
  readonly files: number;
  readonly bytes: number;
}

/** Counts, so it takes as long as there is data. Nothing is changed, and whoever owns the data goes on. */
export async function diskUse(place: Pick<Place, "dataRoot">): Promise<DiskUse> {
  return {
    store: await withStore<StoreUsage | undefined>(place, undefined, (store) => store.usage()),
    snapshots: folderUse(snapshotsFolder(place.dataRoot)),
    implementations: folderUse(implementationsFolder(place.dataRoot)),
  };
}

function folderUse(folder: string): FolderUse {
  const sizes = namesIn(folder).map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

export const totalBytes = ({ implementations, snapshots, store }: DiskUse): number =>
  (store?.bytes ?? 0) + snapshots.bytes + implementations.bytes;

import { readdirSync, watch, type FSWatcher } from "node:fs";
import { join } from "node:path";

/** A folder in which something may change, and whether what lies deeper counts, too. */
export interface Watched {
  readonly folder: string;
  readonly deep: boolean;
}

export interface Watch {
  /** Resolves when something has changed since it was asked last and nothing moves any more; with `false` at the end. */
  changed(): Promise<boolean>;
  close(): void;
}

/** An editor that saves writes, renames and removes in one breath; that is one change. */
const stillMs = 60;
/** Where folders cannot be watched, somebody looks. */
const lookMs = 1_000;
const foldersMax = 2_000;

/**
 * Folders are watched and not files, because editors put a new file in the place of the old one. Which folders there are is
 * asked again after each change.
 */
export function openWatch(roots: () => readonly Watched[], end: AbortSignal): Watch {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let hasChanged = false;
  let tell: (() => void) | undefined;
  const settle = (): void => {
    refresh();
    hasChanged = true;
    tell?.();
  };
  end.addEventListener("abort", () => tell?.(), { once: true });
  const moved = (): void => {
    clearTimeout(timer);
    timer = setTimeout(settle, stillMs);
  };
  const drop = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  function refresh(): void {
    const wanted = new Set(roots().flatMap(foldersOf).slice(0, foldersMax));
    for (const folder of watchers.keys()) if (!wanted.has(folder)) drop(folder);
    for (const folder of wanted) {
      if (watchers.has(folder)) continue;
      const watcher = watchOf(folder, moved);
      if (watcher === undefined) continue;
      watcher.on("error", () => {
        drop(folder);
        moved();
      });
      watchers.set(folder, watcher);
    }
    isBlind = watchers.size < wanted.size;
  }
  let isBlind = false;
  refresh();
  const looking = setInterval(() => {
    if (isBlind) settle();
  }, lookMs);
  return {
    changed: async () => {
      if (!hasChanged && !end.aborted) await new Promise<void>((pass) => (tell = pass));
      hasChanged = false;
      return !end.aborted;
    },
    close: () => {
      clearTimeout(timer);
      clearInterval(looking);
      for (const folder of watchers.keys()) drop(folder);
    },
  };
}

/** Nothing where the platform has no more watchers to give, or the folder went away meanwhile. */
function watchOf(folder: string, moved: () => void): FSWatcher | undefined {
  try {
    return watch(folder, moved);
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

function foldersOf({ deep, folder }: Watched): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    if (!deep) return [folder];
    const below = entries.filter((entry) => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name));
    return [folder, ...below.flatMap(({ name }) => foldersOf({ folder: join(folder, name), deep }))];
  } catch (error) {
    if (error instanceof Error && "code" in error) return [];
    throw error;
  }
}

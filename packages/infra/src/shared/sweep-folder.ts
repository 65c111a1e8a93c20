import { readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import type { Swept } from "@omnibase/spi";
import { codeOf } from "./code-of.ts";

/** What was kept lately is about to be used, whether anything refers to it yet or not. */
const graceMs = 600_000;

/** Removes files of a folder that are told to go, except those that were kept in the last minutes. */
export function sweepFolder(folder: string, goes: (name: string) => boolean): Swept {
  const keptMs = Date.now() - graceMs;
  const swept = { files: 0, bytes: 0 };
  for (const name of namesIn(folder)) {
    const stats = goes(name) ? statSync(join(folder, name), { throwIfNoEntry: false }) : undefined;
    if (stats === undefined || stats.mtimeMs > keptMs) continue;
    rmSync(join(folder, name), { force: true });
    swept.files += 1;
    swept.bytes += stats.size;
  }
  return swept;
}

/** Keeping what is kept already says that it is about to be used. */
export function touch(file: string): void {
  const now = new Date();
  utimesSync(file, now, now);
}

export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}

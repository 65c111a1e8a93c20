import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { makeDirectory, syncDirectory, syncFile } from "../shared/durable-file.ts";
import { namesIn } from "../shared/sweep-folder.ts";

/** One file of a folder, by its path from there. */
export interface FolderFile {
  readonly path: string;
  readonly bytes: Uint8Array | string;
}

/**
 * Makes a folder with these files in it, for its owner alone. Its name appears only when all of them are on the disk, so it
 * is whole or not there. What was being written when a process died lies beside it, and goes with a later call.
 */
export function writeFolder(folder: string, files: readonly FolderFile[], written: () => void): void {
  const above = dirname(folder);
  makeDirectory(above, 0o700);
  removeDrafts(above);
  const draft = join(above, `.${randomUUID()}.draft`);
  try {
    const folders = new Set([draft]);
    mkdirSync(draft, { mode: 0o700 });
    for (const { bytes, path } of files) {
      for (let at = dirname(join(draft, path)); !folders.has(at); at = dirname(at)) folders.add(at);
      mkdirSync(dirname(join(draft, path)), { recursive: true, mode: 0o700 });
      writeFileSync(join(draft, path), bytes, { flag: "wx", mode: 0o600 });
    }
    // After all were written: the first sync takes most of them along.
    for (const { path } of files) syncFile(join(draft, path));
    for (const one of folders) syncDirectory(one);
    written();
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
  syncDirectory(above);
}

/** Nobody writes for so long. */
const draftMsMax = 3_600_000;

function removeDrafts(folder: string): void {
  for (const name of namesIn(folder)) {
    if (!/^\.[\da-f-]{36}\.draft$/.test(name)) continue;
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && stats.mtimeMs < Date.now() - draftMsMax) rmSync(path, { recursive: true, force: true });
  }
}

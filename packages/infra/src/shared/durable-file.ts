import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** Creates a file that was not there, and returns when its bytes are on the disk. Its name is not there yet. */
export function writeNewFile(file: string, bytes: Uint8Array, mode: number): void {
  const descriptor = openSync(file, "wx", mode);
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Puts a file where one may lie already, once its draft is written. Whoever reads it meanwhile sees the one or the other,
 * and no link that lay there is written through.
 */
export function replaceFile(
  file: string,
  write: (draft: string) => void,
  draft: string = `${file}.${randomUUID()}`,
): void {
  try {
    write(draft);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Makes the names in a directory durable. */
export const syncDirectory = (directory: string): void => sync(directory);

/** Makes the bytes of a file durable, whoever wrote them. */
export const syncFile = (file: string): void => sync(file);

function sync(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Creates a directory and whatever it lies in, durably. */
export function makeDirectory(directory: string, mode: number): void {
  const whole = resolve(directory);
  const first = makeFolders(whole, mode);
  if (first === undefined) return;
  const above = dirname(first);
  for (let at = dirname(whole); at.length > above.length; at = dirname(at)) syncDirectory(at);
  syncDirectory(above);
}

/**
 * Creates a directory and whatever it lies in, and says which was the first that was not there.
 *
 * Node's own recursion never returns where a directory takes none, as in /proc: it takes the refusal for a parent that is
 * missing, and finds it there.
 */
export function makeFolders(directory: string, mode = 0o777): string | undefined {
  const missing: string[] = [];
  for (let at = resolve(directory); !isFolder(at); at = dirname(at)) missing.unshift(at);
  let first: string | undefined;
  for (const at of missing) {
    try {
      mkdirSync(at, mode);
      first ??= at;
    } catch (error) {
      if (!isFolder(at)) throw error;
    }
  }
  return first;
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

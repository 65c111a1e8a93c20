import { closeSync, fsyncSync, mkdirSync, openSync, statSync, writeSync } from "node:fs";
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

/** Makes the names in a directory durable. */
export function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, "r");
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

import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
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
  const first = mkdirSync(whole, { recursive: true, mode });
  if (first === undefined) return;
  const above = dirname(first);
  for (let at = dirname(whole); at.length > above.length; at = dirname(at)) syncDirectory(at);
  syncDirectory(above);
}

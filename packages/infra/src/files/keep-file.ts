import { randomUUID } from "node:crypto";
import { renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { makeDirectory, syncDirectory, writeNewFile } from "../shared/durable-file.ts";

/** Puts a text into a file for its owner alone. The name appears only when the bytes are on the disk. */
export function keepFile(file: string, text: string): void {
  const directory = dirname(file);
  makeDirectory(directory, 0o700);
  const draft = `${file}.${randomUUID()}`;
  try {
    writeNewFile(draft, Buffer.from(text), 0o600);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncDirectory(directory);
}

import { dirname } from "node:path";
import { makeDirectory, replaceFile, syncDirectory, writeNewFile } from "../shared/durable-file.ts";

/** Puts a text into a file for its owner alone. The name appears only when the bytes are on the disk. */
export function keepFile(file: string, text: string): void {
  const directory = dirname(file);
  makeDirectory(directory, 0o700);
  replaceFile(file, (draft) => writeNewFile(draft, Buffer.from(text), 0o600));
  syncDirectory(directory);
}

import { closeSync, constants, fstatSync, openSync, readFileSync, statSync, type Stats } from "node:fs";

/** Longer than any log, receipt or snapshot of ours, and still short enough for memory. */
const bytesMaxOfAll = 268_435_456;

/** What cannot be read as a file, under a code as the platform would give it. */
class FileFault extends Error {
  override readonly name = "FileFault";
  readonly code: string;
  readonly path: string;

  constructor(code: "EISDIR" | "EFTYPE" | "EFBIG", path: string) {
    super(`${code}: ${path}`);
    this.code = code;
    this.path = path;
  }
}

/** Reads a file that a person named. Never waits for a pipe or a device, and never reads without end. */
export function readPlainFile(path: string, bytesMax: number = bytesMaxOfAll): Uint8Array {
  // Opening a device may already act on it, so its kind is asked for twice: by name before, by descriptor after.
  mustBePlain(statSync(path), path, bytesMax);
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    mustBePlain(fstatSync(descriptor), path, bytesMax);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function mustBePlain(stats: Stats, path: string, bytesMax: number): void {
  if (stats.isDirectory()) throw new FileFault("EISDIR", path);
  if (!stats.isFile()) throw new FileFault("EFTYPE", path);
  if (stats.size > bytesMax) throw new FileFault("EFBIG", path);
}

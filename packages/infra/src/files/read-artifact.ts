import { closeSync, constants, fstatSync, openSync, readSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { err, limits, ok, type Problem, type Result } from "@omnibase/core";

/**
 * Reads one declared file below a root: at most its bound and one character more, so that a reader of the text sees that
 * it is too large and still says what else is wrong with its beginning.
 *
 * Never waits: a pipe, a device, a directory is refused before it is read. What was opened is compared with the root, not
 * only its name, so no link leads out. Messages carry the relative path alone.
 */
export function readArtifactBytes(root: string, path: string): Result<Uint8Array, readonly Problem[]> {
  const read = attempt(() => readBelow(root, path));
  return read.ok ? ok(read.value) : err([unreadable(path, read.error)]);
}

const unreadable = (path: string, why: string): Problem => ({
  code: "REGISTRY_UNREADABLE",
  severity: "error",
  message: `the file cannot be read: ${why}`,
  at: { file: path, line: 1, column: 1 },
  hint: "a declared file is an ordinary file inside the project that this user may read",
});

/** Why not, in words without paths. */
class Unreadable extends Error {
  override readonly name = "Unreadable";
}

function attempt(read: () => Uint8Array): Result<Uint8Array, string> {
  try {
    return ok(read());
  } catch (error) {
    if (error instanceof Unreadable) return err(error.message);
    if (error instanceof Error && "code" in error) return err(REASONS.get(String(error.code)) ?? String(error.code));
    throw error;
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "it is not there"],
  ["ENOTDIR", "it is not there"],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["ELOOP", "its links form a loop"],
  ["ENAMETOOLONG", "its name is too long"],
]);

function readBelow(root: string, path: string): Uint8Array {
  const base = realpathSync(root);
  const named = join(base, path);
  if (isAbsolute(path) || path.includes("\0") || !isInside(base, named))
    throw new Unreadable("it lies outside the project");
  // Opening a device may already act on it, so its kind is asked for twice: by name before, by descriptor after.
  if (!statSync(named).isFile()) throw new Unreadable("it is not an ordinary file");

  const descriptor = openSync(named, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    const before = fstatSync(descriptor);
    if (!before.isFile()) throw new Unreadable("it is not an ordinary file");
    if (!isInside(base, openedPath(descriptor, named))) throw new Unreadable("it lies outside the project");
    const bytes = readAll(descriptor, before.size);
    const after = fstatSync(descriptor);
    const isSame = before.size === after.size && before.mtimeMs === after.mtimeMs && bytes.length <= before.size;
    if (!isSame) throw new Unreadable("it changed meanwhile");
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}

function isInside(base: string, path: string): boolean {
  const way = relative(base, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Where Linux says that the descriptor leads; elsewhere the name is resolved once more, which leaves a moment between. */
const openedPath = (descriptor: number, named: string): string =>
  process.platform === "linux" ? readlinkSync(`/proc/self/fd/${String(descriptor)}`) : realpathSync(named);

/** A character of UTF-8 has at most four bytes. */
const characterBytesMax = 4;

/** Of hundreds of files each, so it takes no more room than there is to read. */
function readAll(descriptor: number, size: number): Uint8Array {
  const room = new Uint8Array(Math.min(size, limits.artifactBytesMax) + characterBytesMax);
  let length = 0;
  while (length < room.length) {
    const more = readSync(descriptor, room, length, room.length - length, null);
    if (more === 0) break;
    length += more;
  }
  return length <= limits.artifactBytesMax ? room.slice(0, length) : room.slice(0, wholeCharacters(room, length));
}

/** The end of the last whole character beyond the bound, so that the cut alone makes no text malformed. */
function wholeCharacters(bytes: Uint8Array, length: number): number {
  for (let end = limits.artifactBytesMax + 1; end < length; end += 1) {
    if ((Number(bytes[end]) & 0xc0) !== 0x80) return end;
  }
  return length;
}

import { spawnSync } from "node:child_process";
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Builds the library that is preloaded into a victim. */
export function buildShim(source: string, target: string): void {
  const { status, stderr, error } = spawnSync(
    "gcc",
    ["-O2", "-Wall", "-shared", "-fPIC", "-o", target, source, "-ldl", "-lpthread"],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`the shim does not build: ${error?.message ?? stderr}`);
}

/** One change that the shim noted, or one sync; see shim.c for what the letters say. */
type Entry =
  | {
      readonly kind: "bytes";
      readonly inode: string;
      readonly path: string;
      readonly at: number;
      readonly old: Buffer;
      readonly size: number;
    }
  | { readonly kind: "synced"; readonly inode: string }
  | { readonly kind: "made"; readonly path: string; readonly isDirectory: boolean }
  | { readonly kind: "removed"; readonly path: string; readonly backup: string }
  | { readonly kind: "renamed"; readonly from: string; readonly to: string; readonly backup: string }
  | { readonly kind: "directory-synced"; readonly path: string };

export interface PowerLoss {
  readonly changes: number;
  readonly lost: number;
}

/**
 * Takes back what a dead process had not synced. `keep` says of how many of the unsynced changes the disk kept the oldest:
 * 0 is a disk that writes nothing before it must.
 */
export function losePower(journal: string, keep: (unsynced: number) => number): PowerLoss {
  if (!existsSync(journal)) return { changes: 0, lost: 0 };
  const entries = entriesIn(readFileSync(journal));
  const unsynced = unsyncedIn(entries);
  const lost = new Set(unsynced.slice(keep(unsynced.length)));
  const moved = new Map<string, string>();
  for (const [index, entry] of [...entries.entries()].toReversed()) {
    if (lost.has(index)) undo(entry, moved);
    else if (entry.kind === "renamed") moved.set(entry.from, moved.get(entry.to) ?? entry.to);
  }
  for (const entry of entries) {
    if ((entry.kind === "removed" || entry.kind === "renamed") && entry.backup !== "-")
      rmSync(entry.backup, { force: true });
  }
  rmSync(journal, { force: true });
  return { changes: entries.length, lost: lost.size };
}

/** Which changes were followed by no sync of their file, or for a name of its directory. In order. */
function unsyncedIn(entries: readonly Entry[]): readonly number[] {
  const files = new Set<string>();
  const directories = new Set<string>();
  const unsynced: number[] = [];
  for (const [index, entry] of [...entries.entries()].toReversed()) {
    if (entry.kind === "synced") files.add(entry.inode);
    else if (entry.kind === "directory-synced") directories.add(entry.path);
    else if (entry.kind === "bytes" ? !files.has(entry.inode) : !directories.has(directoryOf(entry)))
      unsynced.push(index);
  }
  return unsynced.toReversed();
}

const directoryOf = (entry: Extract<Entry, { readonly kind: "made" | "removed" | "renamed" }>): string =>
  dirname(entry.kind === "renamed" ? entry.to : entry.path);

function undo(entry: Entry, moved: ReadonlyMap<string, string>): void {
  switch (entry.kind) {
    case "bytes": {
      const path = moved.get(entry.path) ?? entry.path;
      if (!existsSync(path)) return;
      const file = openSync(path, "r+");
      if (entry.old.length > 0) writeSync(file, entry.old, 0, entry.old.length, entry.at);
      ftruncateSync(file, entry.size);
      closeSync(file);
      return;
    }
    case "made":
      // What lies in a directory that nobody finds is lost with it, however often it was synced.
      rmSync(entry.path, { recursive: entry.isDirectory, force: true });
      return;
    case "removed":
      if (!existsSync(entry.path)) renameSync(entry.backup, entry.path);
      return;
    case "renamed":
      if (existsSync(entry.to) && !existsSync(entry.from)) renameSync(entry.to, entry.from);
      if (entry.backup !== "-") renameSync(entry.backup, entry.to);
      return;
    case "synced":
    case "directory-synced":
  }
}

function entriesIn(journal: Buffer): readonly Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < journal.length;) {
    const end = journal.indexOf(10, at);
    if (end < 0) break;
    const line = journal.toString("utf8", at, end);
    const { entry, bodyBytes } = entryOf(line, journal, end + 1);
    entries.push(entry);
    at = end + 1 + bodyBytes;
  }
  return entries;
}

function entryOf(line: string, journal: Buffer, at: number): { readonly entry: Entry; readonly bodyBytes: number } {
  const [, kind = "", rest = ""] = /^(\S) (.*)$/s.exec(line) ?? [];
  const [first = "", second = "", third = ""] = rest.split("\t");
  const words = rest.split(" ");
  const number = (index: number): number => Number(words[index]);
  const bytesAt = (
    offset: number,
    length: number,
    size: number,
  ): { readonly entry: Entry; readonly bodyBytes: number } => ({
    entry: {
      kind: "bytes",
      inode: words[0] ?? "",
      path: words.slice(4).join(" "),
      at: offset,
      old: journal.subarray(at, at + length),
      size,
    },
    bodyBytes: length,
  });
  const plain = (entry: Entry): { readonly entry: Entry; readonly bodyBytes: number } => ({ entry, bodyBytes: 0 });
  switch (kind) {
    case "W":
      return bytesAt(number(1), number(2), number(3));
    case "T":
      return bytesAt(Math.min(number(1), number(2)), number(3), number(2));
    case "S":
      return plain({ kind: "synced", inode: words[0] ?? "" });
    case "C":
    case "M":
      return plain({ kind: "made", path: rest, isDirectory: kind === "M" });
    case "U":
      return plain({ kind: "removed", backup: first, path: second });
    case "R":
      return plain({ kind: "renamed", backup: first, from: second, to: third });
    case "D":
      return plain({ kind: "directory-synced", path: rest });
    default:
      throw new Error(`the shim wrote what nobody reads: ${line}`);
  }
}

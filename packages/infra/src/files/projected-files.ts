import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  type Stats,
} from "node:fs";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { StoreFault, type ProjectedFiles } from "@omnibase/spi";
import { codeOf } from "../shared/code-of.ts";
import { filesBelow } from "./list-files.ts";
import { makeDirectory, replaceFile, syncDirectory, writeNewFile } from "../shared/durable-file.ts";

/** Where the store itself lies. No declared path leads there. */
const ownFolder = ".omnibase";

/** A text of the platform is at most twice as long. */
const fileBytesMax = 268_435_456;

/**
 * Files below a data root. Links may lead from one place inside to another; whatever leads outside, or into the store, is
 * a fault that no second try heals.
 *
 * Where the platform shows what a descriptor has open, a directory is opened once, checked, and used through its
 * descriptor, so nobody can put a link in its place between the two.
 */
export function projectedFiles(dataRoot: string): ProjectedFiles {
  return {
    read: async (file) => guarded(file, () => read(dataRoot, file)),
    write: async (file, text) => {
      guarded(file, () => {
        write(dataRoot, file, text);
      });
    },
    list: async (ending) => guarded(dataRoot, () => list(dataRoot, ending)),
  };
}

function list(dataRoot: string, ending: string): readonly string[] {
  const files = filesBelow(dataRoot, ending);
  if (files === undefined) throw new Denied("holds more than anyone can look through");
  return files;
}

class Denied extends Error {
  override readonly name = "Denied";
}

function read(dataRoot: string, file: string): string | undefined {
  const base = realIfThere(dataRoot);
  if (base === undefined) return undefined;
  // Opening a device may already act on it, so where the name leads is asked before, and again of what is open.
  const path = realIfThere(named(base, file));
  if (path === undefined) return undefined;
  mustBeInside(base, path);
  const descriptor = openIfThere(path);
  if (descriptor === undefined) return undefined;
  try {
    mustBeInside(base, openedPath(descriptor, path));
    const { size } = mustBeFile(fstatSync(descriptor));
    if (size > fileBytesMax) throw new Denied(`is longer than ${String(fileBytesMax)} bytes`);
    return textOf(readFileSync(descriptor));
  } finally {
    closeSync(descriptor);
  }
}

/** A text that is read with replacements would be taken in with them. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Denied("is not UTF-8");
  }
}

function write(dataRoot: string, file: string, text: string): void {
  makeDirectory(dataRoot, 0o755);
  const base = realpathSync(dataRoot);
  const target = targetOf(base, file);
  const directory = dirname(target);
  const descriptor = openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    const opened = openedPath(descriptor, directory);
    if (opened !== base) mustBeInside(base, opened);
    replace(handleOf(descriptor, directory), basename(target), text);
  } finally {
    closeSync(descriptor);
  }
}

/** The file that is to be replaced: behind a link that stays inside, what it leads to. Makes the folders above it. */
function targetOf(base: string, file: string): string {
  const path = named(base, file);
  for (let at = dirname(path); ; at = dirname(at)) {
    const real = realIfThere(at);
    if (real === undefined) continue;
    if (real !== base) mustBeInside(base, real);
    break;
  }
  makeDirectory(dirname(path), 0o755);
  const target = realIfThere(path);
  if (target === undefined) return path;
  mustBeInside(base, target);
  return target;
}

/** The draft has one name, because there is one owner; so a draft that a crash left behind goes with the next write. */
function replace(directory: string, name: string, text: string): void {
  const target = join(directory, name);
  const draft = join(directory, `.${name}.draft`);
  const mode = modeOf(target);
  rmSync(draft, { force: true });
  replaceFile(target, (at) => writeNewFile(at, Buffer.from(text), mode), draft);
  syncDirectory(directory);
}

/** What someone closed to others stays closed. A link that leads nowhere is replaced like nothing. */
function modeOf(target: string): number {
  const stats = ifThere(() => lstatSync(target));
  return stats === undefined || stats.isSymbolicLink() ? 0o644 : mustBeFile(stats).mode & 0o777;
}

function mustBeFile(stats: Stats): Stats {
  if (!stats.isFile()) throw new Denied("is not an ordinary file");
  return stats;
}

function named(base: string, file: string): string {
  if (file.includes("\0") || isAbsolute(file)) throw new Denied("lies outside the data root");
  const path = join(base, file);
  mustBeInside(base, path);
  return path;
}

function mustBeInside(base: string, path: string): void {
  const way = relative(base, path);
  if (way === "" || way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    throw new Denied("lies outside the data root");
  }
  if (way.split(sep)[0] === ownFolder) throw new Denied("lies in the store's own folder");
}

const showsDescriptors = process.platform === "linux";

const openedPath = (descriptor: number, path: string): string =>
  showsDescriptors ? readlinkSync(`/proc/self/fd/${String(descriptor)}`) : realpathSync(path);

const handleOf = (descriptor: number, path: string): string =>
  showsDescriptors ? `/proc/self/fd/${String(descriptor)}` : path;

const realIfThere = (path: string): string | undefined => ifThere(() => realpathSync(path));

/** Never waits for the other end of a pipe, and never becomes the session of a terminal. */
const openIfThere = (path: string): number | undefined =>
  ifThere(() => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY | constants.O_NOFOLLOW));

function ifThere<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Failures of the platform carry a code; anything else is a bug and stays one. */
function guarded<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Denied) throw new StoreFault("STORE_FAILED", `${file} ${error.message}`, { retryable: false });
    const code = codeOf(error);
    if (!(error instanceof Error) || typeof code !== "string") throw error;
    if (code === "ENOSPC" || code === "EDQUOT") {
      throw new StoreFault("STORE_FULL", `no room for ${file}`, { retryable: true, cause: error });
    }
    throw new StoreFault("STORE_FAILED", `${file}: ${error.message}`, { retryable: false, cause: error });
  }
}

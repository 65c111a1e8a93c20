import { chmodSync, lstatSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeDirectory } from "../shared/durable-file.ts";
import { openDatabase } from "./driver.ts";
import type { Database } from "./driver.ts";
import { faultOf } from "./fault.ts";

/** The right to be the one process that writes to a store. The kernel takes it back from a process that dies. */
export interface OwnerLock {
  /** Where the owner listens. */
  readonly socket: string;
  release(): void;
}

const lockFile = "owner.lock";
const socketFile = "owner.sock";

/** A path that the kernel takes for a socket. */
const socketPathBytesMax = 107;

/**
 * Takes the lock of the store in a folder, or finds it taken. It is a write transaction that stays open: there is one at
 * a time, it ends with its process, and others read meanwhile what stands in the file.
 */
export function tryOwnerLock(folder: string): OwnerLock | undefined {
  makeDirectory(folder, 0o700);
  return guarded(folder, (file) => {
    for (;;) {
      const database = openDatabase(file, { readOnly: false });
      if (!begin(database)) {
        database.close();
        return undefined;
      }
      const socket = nearSocket(folder) ?? farSocket(database);
      if (socket !== undefined) return { socket, release: releaserOf(database) };
      // To be read by others the directory must be committed, which gives the lock up; whoever is first then has it.
      nameFarSocket(database);
      database.close();
    }
  });
}

/** Where the owner of the store in a folder listens, if there is one. */
export function ownerSocket(folder: string): string | undefined {
  const near = nearSocket(folder);
  if (near !== undefined) return near;
  return guarded(folder, (file) => {
    const database = openDatabase(file, { readOnly: true });
    try {
      database.exec("PRAGMA busy_timeout = 1000");
      return farSocket(database);
    } finally {
      database.close();
    }
  });
}

function begin(database: Database): boolean {
  try {
    database.exec("PRAGMA busy_timeout = 0; BEGIN IMMEDIATE");
    return true;
  } catch (error) {
    if (error instanceof Error && "errcode" in error && error.errcode === BUSY) return false;
    database.close();
    throw error;
  }
}

const BUSY = 5;

function releaserOf(database: Database): () => void {
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    // Some drivers keep a closed connection until its statements are collected, and the transaction with it.
    database.exec("ROLLBACK");
    database.close();
  };
}

function nearSocket(folder: string): string | undefined {
  const path = join(folder, socketFile);
  return Buffer.byteLength(path) <= socketPathBytesMax ? path : undefined;
}

/** In a directory that is ours alone. One that is gone, or another's, does not count. */
function farSocket(database: Database): string | undefined {
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sockets'").get() === undefined) return undefined;
  const row = database.prepare("SELECT directory FROM sockets").get<{ readonly directory: string }>();
  return row !== undefined && isOurs(row.directory) ? join(row.directory, socketFile) : undefined;
}

function isOurs(directory: string): boolean {
  const stats = lstatSync(directory, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && stats.uid === process.getuid?.() && (stats.mode & 0o077) === 0;
}

function nameFarSocket(database: Database): void {
  const directory = mkdtempSync(join(tmpdir(), "omnibase-"));
  chmodSync(directory, 0o700);
  database.exec("PRAGMA busy_timeout = 1000");
  database.exec("CREATE TABLE IF NOT EXISTS sockets (directory TEXT NOT NULL); DELETE FROM sockets");
  database.prepare("INSERT INTO sockets VALUES (?)").run(directory);
  database.exec("COMMIT");
}

function guarded<T>(folder: string, act: (file: string) => T): T {
  const file = join(folder, lockFile);
  try {
    return act(file);
  } catch (error) {
    throw faultOf(error, file);
  }
}

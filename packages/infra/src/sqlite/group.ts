import { StoreFault } from "@omnibase/spi";
import type { Commit, Committed, ExecutionKey, Failpoint, Removal, Removed, Tidied, TidyBounds } from "@omnibase/spi";
import { committedElsewhere } from "./committed.ts";
import type { Database } from "./driver.ts";
import { faultOf, isOfTheDisk, isPoison } from "./fault.ts";
import { removeAll, tidyStep } from "./removal.ts";
import { eraseSecrets, writeCommit, writerTo } from "./write.ts";
import type { Writer } from "./write.ts";

/** The digest of a projected file, which is recorded in the same groups as commits. */
interface FileRecord {
  readonly tenant: string;
  readonly file: string;
  readonly digest: string;
}

export type GroupWrite = Commit | FileRecord | Erasure | Removals | Tidying;

/** Whose secrets are to be erased. */
interface Erasure {
  readonly erase: ExecutionKey;
}

interface Removals {
  readonly removals: readonly Removal[];
}

interface Tidying {
  readonly tidy: TidyBounds;
}

export type Answered =
  | Committed
  | { readonly kind: "removals"; readonly removed: readonly Removed[] }
  | { readonly kind: "tidied"; readonly tidied: Tidied };

/** An error is one commit's bug, or the fault of the whole group: what has one was not acknowledged. */
export type GroupAnswer = Answered | Error;

/** One transaction, one sync. The answers stand in the order of the writes. */
export type CommitGroup = (writes: readonly GroupWrite[]) => readonly GroupAnswer[];

export interface GroupOptions {
  readonly file: string;
  readonly failpoint: Failpoint;
}

/** Commits groups through one connection, which nobody else writes through. */
export function groupCommitter(database: Database, { file, failpoint }: GroupOptions): CommitGroup {
  const writer = writerTo(database, failpoint);
  /** Then what we remember may be old. */
  const isStale = committedElsewhere(writer.statements);
  let poisoned: Error | undefined;

  /** `done` grows with every answer, so that the catch knows whose write threw. */
  function transact(writes: readonly GroupWrite[], done: GroupAnswer[]): void {
    failpoint("store.group.begin");
    // What is secret is overwritten where it lay, and not only let go; with an execution that is removed go its secrets.
    const erases = writes.some((one) => "erase" in one || "removals" in one);
    if (erases) writer.statements("PRAGMA secure_delete = ON").get();
    writer.statements("BEGIN IMMEDIATE").run();
    if (isStale()) forget(writer);
    for (const one of writes) done.push(answer(writer, one));
    failpoint("store.group.before-commit");
    writer.statements("COMMIT").run();
    failpoint("store.group.after-commit");
    if (erases) writer.statements("PRAGMA secure_delete = OFF").get();
    if (writes.some((one) => "erase" in one) || done.some((one) => "tidied" in one && !one.tidied.more))
      shrinkLog(database);
  }

  return function commitGroup(writes): readonly GroupAnswer[] {
    if (poisoned !== undefined) return failed(writes, poisoned);
    const done: GroupAnswer[] = [];
    try {
      transact(writes, done);
      return done;
    } catch (error) {
      forget(writer);
      rollBack(database);
      const fault = asError(faultOf(error, file));
      if (isPoison(error)) poisoned = fault;
      const culprit = done.length;
      if (isOfTheDisk(error) || error instanceof StoreFault || culprit === writes.length) return failed(writes, fault);
      // What our own code throws is the bug of one commit: the others are committed without it.
      const others = commitGroup(writes.toSpliced(culprit, 1));
      return others.toSpliced(culprit, 0, fault);
    }
  };
}

function answer(writer: Writer, one: GroupWrite): GroupAnswer {
  if ("key" in one) return writeCommit(writer, one);
  if ("removals" in one) return { kind: "removals", removed: removeAll(writer, one.removals) };
  if ("tidy" in one) return { kind: "tidied", tidied: tidyStep(writer.statements, one.tidy) };
  if ("erase" in one) eraseSecrets(writer, one.erase);
  else writer.entities.recordFile(one);
  return { kind: "committed" };
}

/**
 * What was given back, or erased, reaches the disk when the log of commits is taken into the file. Someone who reads just now keeps it
 * from becoming empty; then it is emptied another time, and nobody waits.
 */
function shrinkLog(database: Database): void {
  const timeout = database.prepare("PRAGMA busy_timeout").get<{ readonly timeout: number }>()?.timeout ?? 0;
  database.exec("PRAGMA busy_timeout = 0");
  try {
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    database.exec(`PRAGMA busy_timeout = ${String(timeout)}`);
  }
}

function forget({ streams, entities }: Writer): void {
  streams.clear();
  entities.forget();
}

const failed = (writes: readonly GroupWrite[], fault: Error): readonly Error[] => writes.map(() => fault);

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** SQLite has often done it already, and then says that there is nothing to roll back. */
function rollBack(database: Database): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // Either way no transaction is open.
  }
}

import type { EmittedEvent, EntityOperation, Json, SealedBox } from "@omnibase/core";
import type { EndClass, ExecutionEnd, ExecutionKey, ExecutionRow, ExecutionStatus } from "./execution.ts";
import type { Extent, ExtentQuery, Removal, Removed, Tidied, TidyBounds, Tombstone } from "./removal.ts";

/**
 * The only place where anything is remembered: logs, own entities, timers and start keys, in one commit.
 *
 * What the types cannot say, and the conformance suite in `@omnibase/testkit` checks:
 *
 * 1. **Dense.** Revisions of a stream are 1, 2, 3, … without holes.
 * 2. **All or nothing.** A commit is visible whole or not at all, also after a crash: records, timers, tasks, status,
 *    entity writes, journal lines and the settled record of its operation.
 * 3. **One winner.** Of two commits that expect the same revision, exactly one is committed; the other conflicts.
 * 4. **One start.** Of two commits that create the same (tenant, execution), exactly one does; the other is told `exists`
 *    with what stands there.
 * 5. **Read your writes.** Once `commit` resolves, every later read sees it.
 * 6. **Durable.** Once `commit` resolves, it survives the process and the power.
 * 7. **Exactly once.** The outcome of an operation is computed by core's `apply` inside the transaction, and its settled
 *    record is the last of the commit, chained to what precedes it.
 * 8. **Neighbours.** A commit that is refused never aborts another that shares its group.
 * 9. **Bytes.** A record is read back as the very bytes that were committed.
 * 10. **Strangers.** Two tenants never see each other's executions, entities, timers, tasks or journals.
 * 11. **Timers.** A timer that was set is due exactly until it is cleared or set anew; one per (execution, place).
 * 12. **In order.** Positions of journal lines grow in the order of commits, and never change.
 * 13. **Events.** What a commit emits is stored with it, numbered by core's `emit` in the order of commits, in the store
 *     `eventStore` of the tenant; an operation on that store sees it from the same commit on.
 * 14. **Tasks.** A task that was set is listed exactly until it is cleared, in the order in which tasks were set; one per
 *     (execution, place). Set anew it says what is new, and keeps its number.
 * 15. **Found.** From the commit that says so, an execution is listed under whoever began it and whatever asked for it,
 *     and under the class and the outcome with which it ended; without a look at those that are asked for otherwise.
 * 16. **Followed.** Positions of records grow in the order of commits and are never given twice. So whoever asks for what
 *     was committed after the last position seen misses nothing.
 * 17. **Removed.** A removal takes the log and the row of executions that have ended, and leaves a tombstone for each. What
 *     they wrote into stores and what they emitted stays. Spared is what has not ended, what asked for one that has not or
 *     was asked for by one, and what is another than was meant; its neighbours go. All that go in one call go at once.
 * 18. **Remembered.** While its tombstone stands, an execution is not begun again: whoever creates it is told `removed`.
 *     No number is ever given twice. A tombstone falls when its time is over, and not before those of its children.
 * 19. **Bounded.** A step of `tidy` does no more than it is told, so that commits wait no longer; whatever is left when a
 *     process ends, the next step finds.
 * 20. **Secrets.** A key that a first commit brings, and the boxes of that commit and of later ones, are read back as they
 *     were until they are erased, or the execution is removed. Then they are gone, and everything else stands.
 *
 * A lost race is an everyday answer, so it is returned. A lost disk is not, so it throws {@link StoreFault}, after which
 * nothing that was acknowledged is lost and nothing unacknowledged is claimed.
 */
export interface Store {
  /** Promises this adapter does not keep, each with its reason. */
  readonly lacks: { readonly durable?: string };
  commit(commit: Commit): Promise<Committed>;
  /** The lines of one log, in order, after a revision; all that there are, unless `limit` says how many. */
  read(key: ExecutionKey, after?: number, limit?: number): Promise<readonly string[]>;
  find(key: ExecutionKey): Promise<ExecutionRow | undefined>;
  /** Newest first. `before` is the `number` of the last row of the page before. */
  list(query: ListQuery): Promise<readonly ExecutionRow[]>;
  /** Records of every execution of a tenant, in the order of commits, after a position. */
  changes(query: ChangeQuery): Promise<readonly Change[]>;
  /** The position of the record that was committed last; 0 where there is none. Whoever follows begins here. */
  lastPosition(): Promise<number>;
  /** Executions that someone must drive on: status `open`. Oldest first, after a number. */
  open(after: number, limit: number): Promise<readonly ExecutionRow[]>;
  /** How many executions stand so, of every tenant. What it costs grows with them, not with those that have ended. */
  underWay(): Promise<UnderWay>;
  /** Timers that are due at or before the instant, earliest first. */
  due(untilMs: number, limit: number): Promise<readonly Timer[]>;
  /** When the next timer is due. */
  nextDue(): Promise<number | undefined>;
  /** What people and agents are asked to do, oldest first. `after` is the `number` of the last row of the page before. */
  tasks(query: TaskQuery): Promise<readonly TaskRow[]>;
  /** In order, after a position; all that there are, unless `limit` says how many. */
  journal(tenant: string, store: string, after?: number, limit?: number): Promise<readonly JournalLine[]>;
  entities(tenant: string, store: string): Promise<readonly EntityRow[]>;
  /** Every digest that was ever recorded for a projected file, oldest first. */
  fileDigests(tenant: string, file: string): Promise<readonly string[]>;
  /** Records the digest of a projected file before the file is written. Durable when it resolves. */
  recordFile(tenant: string, file: string, digest: string): Promise<void>;
  /** What opens the secrets of an execution. `undefined`: it has none, or they were erased. */
  secrets(key: ExecutionKey): Promise<SealedSecrets | undefined>;
  /** Durable when it resolves, and gone from the disk. What is not there is erased already. */
  eraseSecrets(key: ExecutionKey): Promise<void>;
  /** Executions as a policy looks at them, oldest first, after a number. */
  extents(query: ExtentQuery): Promise<readonly Extent[]>;
  /** What became of each, in the order in which they were named. */
  remove(removals: readonly Removal[]): Promise<readonly Removed[]>;
  tombstone(key: ExecutionKey): Promise<Tombstone | undefined>;
  /** Every snapshot that an execution of anyone refers to. */
  snapshotsInUse(): Promise<readonly string[]>;
  /** Gives back, in one bounded step, what removals have left. */
  tidy(bounds: TidyBounds): Promise<Tidied>;
  /** How much there is, of all tenants together. It counts, so it is not for the hot path. */
  usage(): Promise<StoreUsage>;
  close(): Promise<void>;
}

export interface Commit {
  readonly key: ExecutionKey;
  /** How many records the stream holds before this commit. */
  readonly expected: number;
  /** Canonical lines without newline, chained, in order. */
  readonly records: readonly string[];
  /** Present in the first commit of an execution. */
  readonly create?: Creation;
  /** Present where the status changes. */
  readonly status?: ExecutionStatus;
  /** Present where the status becomes `ended`. */
  readonly end?: ExecutionEnd;
  readonly timers?: TimerChanges;
  readonly tasks?: TaskChanges;
  readonly operation?: CommitOperation;
  /** A file that is imported into a store that knew nothing, in the same commit. */
  readonly imports?: readonly Import[];
  /** What its records say was emitted. */
  readonly emitted?: readonly EmittedEvent[];
  /** What its records commit to, sealed. Only of an execution that was created with a key. */
  readonly boxes?: readonly SealedBox[];
}

export interface Creation {
  readonly workflow: string;
  readonly snapshot: string;
  /** Digest of workflow and canonical payload as sent: what makes two starts the same. */
  readonly request: string;
  readonly startedMs: number;
  readonly principal: string;
  /** The execution that asked for it. */
  readonly parent?: string;
  /** Present where its secrets are sealed: under which key, wrapped. */
  readonly key?: string;
}

export interface SealedSecrets {
  readonly key: string;
  readonly boxes: readonly SealedBox[];
}

export type UnderWay = { readonly [Status in Exclude<ExecutionStatus, "ended">]: number };

export interface TimerChanges {
  readonly set: readonly { readonly place: string; readonly dueMs: number }[];
  readonly clear: readonly string[];
}

export interface TaskChanges {
  readonly set: readonly OpenTask[];
  readonly clear: readonly string[];
}

/** What someone looks for who wants to know whether there is something to do. What it is told stands in the log. */
export interface OpenTask {
  readonly place: string;
  readonly summary: string;
  /** Who may settle it; everyone, where nobody is named. */
  readonly actors: readonly string[];
  readonly outcomes: readonly string[];
  readonly dueMs?: number;
}

/** The adapter applies the operation and writes the settled record behind `records`. */
export interface CommitOperation {
  readonly place: string;
  readonly attempt: number;
  readonly atMs: number;
  /** The digest of the record before, `sha256:…`. */
  readonly prev: string;
  readonly operation: EntityOperation;
}

/**
 * Without `replaces` it is taken in by a store that knows nothing. With it, it replaces all that the store holds, if that
 * is still the last digest that was recorded for the file (`"none"`: none was). Otherwise the commit is refused.
 */
export interface Import {
  readonly store: string;
  readonly replaces?: string;
  readonly file: string;
  readonly digest: string;
  readonly entities: readonly { readonly key: string; readonly value: Json }[];
  readonly journal: readonly Json[];
  /** What the file tells beside what it holds. It is emitted in the same commit. */
  readonly events?: readonly EmittedEvent[];
}

export type Committed =
  | { readonly kind: "committed"; readonly settled?: SettledOperation }
  | { readonly kind: "conflict"; readonly actual: number }
  | { readonly kind: "exists"; readonly row: ExecutionRow }
  | { readonly kind: "removed"; readonly tombstone: Tombstone }
  /** The store is not what the import was made for; nothing of the commit happened. */
  | { readonly kind: "import-outdated"; readonly store: string };

export interface SettledOperation {
  readonly outcome: string;
  readonly value: Json;
  /** The digest of the settled record: the new head. */
  readonly head: string;
}

/** Everything that is said must be true of an execution. */
export interface ListQuery {
  readonly tenant: string;
  readonly execution?: string;
  readonly status?: ExecutionStatus;
  readonly workflow?: string;
  readonly principal?: string;
  readonly parent?: string;
  readonly class?: EndClass;
  readonly outcome?: string;
  /** Began at this instant or later. */
  readonly sinceMs?: number;
  /** Began before this instant. */
  readonly untilMs?: number;
  readonly before?: number;
  readonly limit: number;
}

export interface ChangeQuery {
  readonly tenant: string;
  readonly after: number;
  readonly limit: number;
}

/** One record, and where it stands among all that were ever committed. */
export interface Change extends ExecutionKey {
  readonly position: number;
  readonly revision: number;
  readonly line: string;
}

export interface Timer extends ExecutionKey {
  readonly place: string;
  readonly dueMs: number;
}

export interface TaskQuery {
  readonly tenant: string;
  readonly execution?: string;
  readonly after?: number;
  readonly limit: number;
}

export interface TaskRow extends ExecutionKey, OpenTask {
  readonly number: number;
  readonly workflow: string;
}

export interface JournalLine {
  readonly position: number;
  readonly line: string;
}

export interface EntityRow {
  readonly key: string;
  readonly value: Json;
}

export interface StoreUsage {
  readonly executions: { readonly [Status in ExecutionStatus]: number };
  readonly records: number;
  readonly tombstones: number;
  /** What the store takes up where it lies, and how much of that is free for what comes next. */
  readonly bytes: number;
  readonly freeBytes: number;
}

export type StoreFaultCode = "STORE_FULL" | "STORE_DAMAGED" | "STORE_LOCKED" | "STORE_FAILED" | "STORE_NEWER";

/** The store is unwell. `retryable` says whether the same call may succeed later. */
export class StoreFault extends Error {
  override readonly name = "StoreFault";
  readonly code: StoreFaultCode;
  readonly retryable: boolean;

  constructor(
    code: StoreFaultCode,
    message: string,
    options: { readonly retryable: boolean; readonly cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable;
  }
}

import type { Digest, Result, Snapshot, SnapshotRefusal } from "@omnibase/core";

/**
 * Where a host finds the snapshot that an execution is pinned to.
 *
 * 1. **Verified.** What is loaded was signed by a trusted key, and every hash in it was recomputed.
 * 2. **Exactly that one.** The digest is the one that was asked for, or it is refused.
 * 3. **Kept.** Once `keep` resolves, the snapshot survives the process and the power.
 * 4. **Whole or not at all.** Whoever loads while it is kept, or after a crash, sees all of it or `SNAPSHOT_MISSING`.
 * 5. **Swept.** What nobody needs goes, and nothing else: what was kept lately stays, because whoever kept it is about to
 *    start something.
 *
 * A changed or missing snapshot is an everyday answer, so it is returned. A lost disk is not, so it throws
 * {@link SnapshotFault}.
 */
export interface SnapshotSource {
  load(digest: Digest): Promise<Result<Snapshot, SnapshotRefusal>>;
  /** Keeps a snapshot file as it is. Keeping it again is no change. */
  keep(digest: Digest, text: string): Promise<void>;
  /** Removes those that are not needed. */
  sweep(needed: ReadonlySet<Digest>): Promise<Swept>;
}

export interface Swept {
  readonly files: number;
  readonly bytes: number;
}

/** The snapshots cannot be reached. `retryable` says whether the same call may succeed later. */
export class SnapshotFault extends Error {
  override readonly name = "SnapshotFault";
  readonly retryable: boolean;

  constructor(message: string, options: { readonly retryable: boolean; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.retryable = options.retryable;
  }
}

import { apply, digestOf, settledLine } from "@omnibase/core";
import type { Applied, EntityReader } from "@omnibase/core";
import type { CommitOperation, SettledOperation } from "@omnibase/spi";
import { sha256 } from "./sha256.ts";

/** What an operation did, its record, and what the committer is told. */
export interface Settling {
  readonly applied: Applied;
  readonly line: string;
  readonly operation: SettledOperation;
}

/** Every adapter of the store settles like this, so the same operation on the same entities gives the same bytes. */
export function settle(commit: CommitOperation, revision: number, reader: EntityReader): Settling {
  const { place, attempt, atMs, prev } = commit;
  const applied = apply(commit.operation, reader, atMs);
  const { outcome, value } = applied;
  const line = settledLine({ place, attempt, atMs, outcome, value }, prev, revision);
  return { applied, line, operation: { outcome, value, head: digestOf(sha256, line) } };
}

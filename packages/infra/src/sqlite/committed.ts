import type { Statements } from "./statements.ts";

/**
 * Says whether another connection has committed since it was asked last; the first time nobody knows. SQLite looks at a number
 * in shared memory: no page is read, and no snapshot is held that would keep the owner from checkpointing.
 */
export function committedElsewhere(statements: Statements): () => boolean {
  let seen: number | undefined;
  return () => {
    const before = seen;
    seen = statements("PRAGMA data_version").get<{ readonly data_version: number }>()?.data_version;
    return seen !== before;
  };
}

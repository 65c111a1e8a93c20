import { err, ok, printable, verifyChain, type Chain, type Result } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import type { ExecutionRow } from "@omnibase/spi";
import type { Refused } from "../edge/report.ts";

/** An execution, and what it is pinned to. */
export type Pinned = Pick<ExecutionRow, "tenant" | "execution" | "workflow" | "snapshot">;

/** One execution as it stands, its chain verified. */
export interface Recorded<Row extends Pinned = Pinned> {
  readonly row: Row;
  readonly lines: readonly [string, ...string[]];
  readonly chain: Chain;
}

export function verifiedRecord<Row extends Pinned>(row: Row, lines: Recorded["lines"]): Result<Recorded<Row>, Refused> {
  const chain = verifyChain(lines, { sha256 });
  if (chain.ok) return ok({ row, lines, chain: chain.value });
  const { code, detail, revision } = chain.error;
  return err({
    exit: 5,
    code,
    message: `the log of ${row.execution} does not hold at revision ${String(revision)}: ${detail}`,
    facts: { revision },
  });
}

export const noExecution = (execution: string): Refused => ({
  exit: 3,
  code: "EXECUTION_NOT_FOUND",
  message: `there is no execution ${printable(execution)}`,
  hint: "`omnibase history` lists them",
});

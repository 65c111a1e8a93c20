import { instantText, type Json } from "@omnibase/core";
import type { ExecutionRow } from "@omnibase/spi";
import { documentOf } from "../edge/report.ts";

/** A page of executions, newest first. */
export interface ExecutionsPage {
  readonly executions: readonly ListedExecution[];
  /** The number behind which the next page begins. */
  readonly next: number | null;
}

export interface ListedExecution {
  readonly number: number;
  readonly execution: string;
  readonly workflow: string;
  readonly snapshot: string;
  readonly status: string;
  readonly principal: string;
  readonly parent: string | null;
  readonly class: string | null;
  readonly outcome: string | null;
  readonly started_at: string;
  readonly ended_at: string | null;
}

export function executionsPage(rows: readonly ExecutionRow[], limit: number): ExecutionsPage {
  const executions = rows.map(
    ({ end, execution, number, parent, principal, snapshot, startedMs, status, workflow }) => ({
      number,
      execution,
      workflow,
      snapshot,
      status,
      principal,
      parent: parent ?? null,
      class: end?.class ?? null,
      outcome: end?.outcome ?? null,
      started_at: instantText(startedMs),
      ended_at: end === undefined ? null : instantText(end.endedMs),
    }),
  );
  return { executions, next: rows.length === limit ? (rows.at(-1)?.number ?? null) : null };
}

export const executionsDocument = ({ executions, next }: ExecutionsPage): Json =>
  documentOf("omnibase-history/1", { executions, next });

import { decodeRecord, type ExecutionEvent } from "@omnibase/core";
import type { Recorded } from "./read-data.ts";

/** What stands still, as a person must see it to decide. */
export interface Incident {
  readonly execution: string;
  readonly workflow: string;
  readonly place: string;
  readonly code: string;
  readonly detail: string;
  readonly attempt: number;
  readonly since: string;
  readonly revision: number;
}

/** The incident that is open, read off the log. */
export function incidentIn({ chain, lines, row }: Recorded): Incident | undefined {
  const events = lines.map((line): ExecutionEvent => decodeRecord(line).event);
  const index = events.findLastIndex(({ type }) => type === "IncidentOpened");
  const opened = events[index];
  const isOver = events.slice(index + 1).some(({ type }) => type === "IncidentResolved" || type === "Cancelled");
  if (opened?.type !== "IncidentOpened" || isOver) return undefined;
  const { attempt, code, detail, place } = opened;
  const since = chain.records[index]?.at ?? "";
  const { execution, workflow } = row;
  return { execution, workflow, place, code, detail, attempt, since, revision: index + 1 };
}

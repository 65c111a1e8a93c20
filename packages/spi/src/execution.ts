import type { ExitClass } from "@omnibase/core";

export interface ExecutionKey {
  readonly tenant: string;
  readonly execution: string;
}

export interface ExecutionRow {
  readonly number: number;
  readonly tenant: string;
  readonly execution: string;
  readonly workflow: string;
  readonly snapshot: string;
  readonly request: string;
  readonly status: ExecutionStatus;
  readonly startedMs: number;
  readonly principal: string;
  readonly parent?: string;
  readonly end?: ExecutionEnd;
}

/**
 * `open`: the owner drives it on. `parked`: it waits for a timer. `incident`: it waits for a person. `ended`: it is over.
 */
export type ExecutionStatus = "open" | "parked" | "incident" | "ended";

/** How an execution ended, as whoever looks for it asks. `endedMs` is the `at` of its last record. */
export interface ExecutionEnd {
  readonly class: EndClass;
  readonly outcome: string;
  readonly endedMs: number;
}

export type EndClass = ExitClass | "cancelled";

import type { Report } from "../artifact/spot.ts";

/** What one document may have to know of all. */
export interface Forms {
  readonly namespace: string;
  /** Identity of a workflow → the code of the intent that serves it. */
  readonly intentOf: ReadonlyMap<string, string>;
  readonly report: Report;
}

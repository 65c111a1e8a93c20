import type { TraceProfile } from "@omnibase/core";
import type { Theme } from "@omnibase/infra/picture";

/** What a trace is written as. */
export type TraceForm = "jsonl" | "md" | "svg" | "png";

export interface TraceWanted {
  readonly forms: readonly TraceForm[];
  readonly profile: TraceProfile;
  readonly theme: Theme;
  /** Where the folder of the execution lies. */
  readonly folder: string;
}

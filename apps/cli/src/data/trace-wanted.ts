import type { TraceProfile } from "@omnibase/core";
import type { Theme } from "@omnibase/infra/picture";

/** What a trace is written as. */
export type TraceForm = "jsonl" | "md" | "svg" | "png";

export const textForms: readonly TraceForm[] = ["jsonl", "md"];
export const allForms: readonly TraceForm[] = [...textForms, "svg", "png"];

export interface TraceWanted {
  readonly forms: readonly TraceForm[];
  /** Whether other forms that lie there already are made again, too: then none of them tells of an earlier standing. */
  readonly alsoLying?: true;
  readonly profile: TraceProfile;
  readonly theme: Theme;
  /** Where the folder of the execution lies. */
  readonly folder: string;
}

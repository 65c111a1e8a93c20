import type { TraceEntry } from "../../trace.ts";
import type { Finding } from "../finding.ts";
import { text, type Story } from "../story.ts";

/** Someone did not want it any more. */
export function cancelled({ entries }: Story, end: TraceEntry): Finding {
  const asked = entries.findLast((entry) => text(entry, "audit_type") === "CancelRequested");
  const by = asked === undefined ? "" : ` by ${text(asked, "by")}`;
  const reason = asked === undefined ? "" : `: ${text(asked, "reason")}`;
  return {
    rule: "CANCELLED",
    class: "BUSINESS_VIOLATION",
    node: "",
    reason: `it was cancelled${by}${reason}`,
    revision: (asked ?? end).revision,
    hint: "nothing is to be changed",
    declared: { of: "workflow", keys: [] },
  };
}

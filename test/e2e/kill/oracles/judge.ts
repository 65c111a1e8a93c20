import type { Evidence } from "../campaign.ts";
import { effectViolations } from "./effects.ts";
import { logViolations } from "./logs.ts";
import { nameViolations } from "./names.ts";
import { readEvidence } from "./reading-evidence.ts";
import type { Replayer } from "./reading-evidence.ts";
import { talkViolations } from "./talks.ts";
import { timerViolations } from "./timers.ts";
import type { Violation } from "./violation.ts";

/** Everything that is wrong with what is left of a data root, by those who saw it from outside. */
export function judge(evidence: Evidence, replayer: Replayer): readonly Violation[] {
  const { executions, violations } = readEvidence(evidence);
  return [
    ...evidence.history.complaints.map(violationOf),
    ...violations,
    ...logViolations(evidence, executions, replayer),
    ...nameViolations(evidence, executions),
    ...talkViolations(executions),
    ...executions.flatMap(effectViolations),
    ...executions.flatMap(timerViolations),
  ];
}

/** What the client or the lane saw by itself, on the way. */
function violationOf(complaint: string): Violation {
  const [oracle = "", ...rest] = complaint.split(": ");
  return { oracle: oracle === "lost" ? "lost" : "conduct", detail: `${oracle}: ${rest.join(": ")}` };
}

import { present } from "../../value/present.ts";
import type { Examination, Verdict } from "./examine.ts";
import type { Finding } from "./finding.ts";

/** An examination with those of the executions that it asked for, as far as they are at hand. */
export interface Examined extends Examination {
  readonly examined: readonly Examined[];
  /** What to look at first: in the execution in which it began to go wrong. */
  readonly cause: Cause | null;
}

export interface Cause {
  readonly execution: string;
  readonly workflow: string;
  readonly finding: Finding;
}

/** Puts what children say above what is said of them: whoever waits for a child that stands still stands still, too. */
export function withChildren(own: Examination, examined: readonly Examined[]): Examined {
  const verdicts = new Set([own.verdict, ...examined.map((one) => one.verdict)]);
  const verdict = own.verdict === "clean" ? "clean" : present(order.find((one) => verdicts.has(one)));
  const [finding] = own.findings;
  const mine = finding === undefined ? null : { execution: own.execution, workflow: own.workflow, finding };
  const isTold = finding === undefined || finding.child !== undefined;
  const theirs = examined.flatMap(({ cause }) => cause ?? []);
  return { ...own, verdict, examined, cause: (isTold ? theirs[0] : undefined) ?? mine };
}

const order: readonly Verdict[] = ["structural", "waiting", "business", "clean"];

import type { Expression } from "../../artifact/expression.ts";
import type { Node, WaitEnd } from "../../artifact/node.ts";
import type { At } from "../../artifact/reader.ts";
import { problemAt } from "../../artifact/spot.ts";
import { momentMs } from "../../value/instant.ts";
import { limits } from "../../value/limits.ts";
import type { Problem } from "../../value/problem.ts";
import type { LinkedWorkflow } from "../linked.ts";

/** Whatever goes round or waits does so a bounded number of times, for a bounded time. */
export const boundsAreInRange = ({ nodes }: LinkedWorkflow): readonly Problem[] =>
  [...nodes.values()].flatMap(({ node }) => ofNode(node));

function ofNode(node: Node): readonly Problem[] {
  switch (node.type) {
    case "MAP":
      return [
        ...counted(node.max, { name: "max", to: limits.roundsMax }),
        ...counted(node.parallel, { name: "parallel", to: limits.parallelMax }),
      ];
    case "LOOP":
      return [...counted(node.max, { name: "max", to: limits.roundsMax }), ...timed(node.everyMs, "every")];
    case "WAIT":
      return ofWait(node.end);
    case "TASK":
      return timed(node.timeoutMs, "timeout");
    case "IN":
    case "CC":
    case "CHILD":
    case "EXIT":
      return [];
  }
}

function ofWait(end: WaitEnd): readonly Problem[] {
  if (end.kind === "until") return written(end.instant);
  return end.kind === "for" ? timed(end.forMs, "for") : timed(end.timeoutMs, "timeout");
}

/** An instant that is written out is read now, as the machine would read it then. */
function written(instant: Expression): readonly Problem[] {
  if (instant.kind !== "literal" || (typeof instant.value === "string" && momentMs(instant.value) !== undefined))
    return [];
  const hint = "write it like 2026-01-01T09:00:00+01:00";
  return [problemAt(instant.spot, "POLICY_RANGE", `${JSON.stringify(instant.value)} is no instant`, { hint })];
}

interface Bound {
  readonly name: string;
  readonly to: number;
}

function counted({ spot, value }: At<number>, { name, to }: Bound): readonly Problem[] {
  if (Number.isInteger(value) && value >= 1 && value <= to) return [];
  const message = `${name} is a whole number from 1 to ${String(to)}, not ${String(value)}`;
  return [problemAt(spot, "POLICY_RANGE", message)];
}

/** How long a duration may be was asked when it was read. */
const timed = (given: At<number> | undefined, name: string): readonly Problem[] =>
  given === undefined || given.value > 0 ? [] : [problemAt(given.spot, "POLICY_RANGE", `${name} is no time at all`)];

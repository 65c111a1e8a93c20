import type { At } from "../../artifact/reader.ts";
import { problemAt } from "../../artifact/spot.ts";
import { limits } from "../../value/limits.ts";
import type { Problem } from "../../value/problem.ts";
import { withUndoing, type LinkedContract, type LinkedStep } from "../linked.ts";

/** Nobody waits longer than a day between two attempts, or for one. */
const waitMsMax = 86_400_000;
const factorMax = 100;

interface Range {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** What is tried again is tried a bounded number of times, in bounded time. */
export const policiesAreInRange = ({ steps }: LinkedContract): readonly Problem[] => withUndoing(steps).flatMap(ofStep);

const ofStep = ({ step: { retry, timeoutMs } }: LinkedStep): readonly Problem[] => [
  ...outside(timeoutMs, { name: "timeout in ms", from: 1, to: waitMsMax }),
  ...outside(retry?.attempts, { name: "attempts", from: 1, to: limits.attemptsMax }, Number.isInteger),
  ...outside(retry?.backoffMs, { name: "backoff in ms", from: 1, to: waitMsMax }),
  ...outside(retry?.maxMs, { name: "max in ms", from: 0, to: waitMsMax }),
  ...outside(retry?.factor, { name: "factor", from: 1, to: factorMax }),
];

function outside(
  given: At<number> | undefined,
  { name, from, to }: Range,
  admits: (value: number) => boolean = Number.isFinite,
): readonly Problem[] {
  if (given === undefined || (given.value >= from && given.value <= to && admits(given.value))) return [];
  return [
    problemAt(
      given.spot,
      "POLICY_RANGE",
      `${name} is from ${String(from)} to ${String(to)}, not ${String(given.value)}`,
    ),
  ];
}

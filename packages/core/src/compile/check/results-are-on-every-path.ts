import { pathsOf, type PathExpression } from "../../artifact/expression.ts";
import { problemAt } from "../../artifact/spot.ts";
import { certaintyOf } from "../../graph/certainty.ts";
import { dominatorsOf, orderOf, reachableFrom, shortestCycle } from "../../graph/paths.ts";
import { limits } from "../../value/limits.ts";
import { present } from "../../value/present.ts";
import type { Problem } from "../../value/problem.ts";
import { isUnknown, missingLabel, spelled, type Need, type ScopeView } from "../view.ts";

interface Reading {
  readonly path: PathExpression;
  readonly reader: number;
  readonly need: Need;
}

/** A result is read only where its place has ended, on every path, with an outcome that returns it. */
export function resultsAreOnEveryPath(view: ScopeView): readonly Problem[] {
  const { flow } = view;
  if (shortestCycle(flow).length > 0) return [];
  const order = orderOf(flow);
  const reachable = new Set(order);
  const dominates = dominatorsOf(flow, order);
  const readings = readingsIn(view).filter(({ reader }) => reachable.has(reader));
  const settled = readings.filter(
    ({ need, reader }) => reachable.has(need.of) && need.of !== reader && dominates(need.of, reader),
  );
  const certain = new Set(settled);
  const open = readings.filter((reading) => !certain.has(reading));
  return [...whereTokensMeet(open, view, order), ...withoutTheOutcome(settled, view)];
}

/** What not every path passes may still be certain behind a join. */
function whereTokensMeet(open: readonly Reading[], view: ScopeView, order: readonly number[]): readonly Problem[] {
  const { flow, joins } = view;
  if (open.length === 0 || joins.size === 0 || joins.size > limits.forksMax) {
    return open.map((reading) => notOnEveryPath(reading, view));
  }
  const reachable = new Set(order);
  const certain = certaintyOf(view, order);
  return open.flatMap((reading) => {
    const { need, reader } = reading;
    const isPassed = reachable.has(need.of) && certain(need.of, reader, () => false);
    if (!isPassed) return [notOnEveryPath(reading, view)];
    if (certain(need.of, reader, (label) => !need.returns(label))) return [];
    const labels = new Set(present(flow.edges[need.of]).map(({ label }) => label));
    return [
      withoutIt(
        reading,
        [...labels].filter((label) => !need.returns(label)),
        view,
      ),
    ];
  });
}

const readingsIn = ({ sites }: ScopeView): readonly Reading[] =>
  sites.flatMap(({ expression, lookup, reader }) =>
    pathsOf(expression).flatMap((path) => {
      const found = lookup(path);
      return isUnknown(found) || found.need === undefined ? [] : [{ path, reader, need: found.need }];
    }),
  );

/** Grouped by where an outcome leads, so that each such place is searched from once. */
function withoutTheOutcome(readings: readonly Reading[], view: ScopeView): readonly Problem[] {
  const { flow } = view;
  const unserved = new Map<Reading, string[]>();
  for (const [of, ofPlace] of grouped(readings)) {
    for (const { label, to } of present(flow.edges[of])) {
      const lacking = ofPlace.filter(({ need }) => !need.returns(label));
      const within = lacking.length === 0 ? new Set<number>() : reachableFrom(to, flow);
      for (const reading of lacking.filter(({ reader }) => within.has(reader))) {
        unserved.set(reading, [...(unserved.get(reading) ?? []), label]);
      }
    }
  }
  return [...unserved].map(([reading, labels]) => withoutIt(reading, labels, view));
}

function grouped(readings: readonly Reading[]): ReadonlyMap<number, readonly Reading[]> {
  const byPlace = new Map<number, Reading[]>();
  for (const reading of readings) {
    const ofPlace = byPlace.get(reading.need.of);
    if (ofPlace === undefined) byPlace.set(reading.need.of, [reading]);
    else ofPlace.push(reading);
  }
  return byPlace;
}

const notOnEveryPath = ({ path, reader, need }: Reading, { names }: ScopeView): Problem =>
  problemAt(
    path.spot,
    "RESULT_NOT_ON_EVERY_PATH",
    `${spelled(path)}: some path to ${present(names[reader])} does not pass ${present(names[need.of])}`,
  );

function withoutIt({ path, reader, need }: Reading, labels: readonly string[], { names }: ScopeView): Problem {
  const endings = labels.map((label) => (label === missingLabel ? "lacks an input" : `ends with ${label}`));
  return problemAt(
    path.spot,
    "RESULT_NOT_ON_EVERY_PATH",
    `${spelled(path)}: when ${present(names[need.of])} ${endings.join(" or ")}, ${present(names[reader])} is reached without it`,
  );
}

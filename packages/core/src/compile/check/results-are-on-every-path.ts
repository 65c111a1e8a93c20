import { pathsOf, type PathExpression } from "../../artifact/expression.ts";
import { problemAt } from "../../artifact/spot.ts";
import { dominatorsOf, orderOf, reachableFrom, shortestCycle } from "../../graph/paths.ts";
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
  const settled = readings.filter(({ need, reader }) => reachable.has(need.of) && dominates(need.of, reader));
  const certain = new Set(settled);
  return [
    ...readings.filter((reading) => !certain.has(reading)).map((reading) => notOnEveryPath(reading, view)),
    ...withoutTheOutcome(settled, view),
  ];
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

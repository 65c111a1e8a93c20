import { dominatorsOf, reachableFrom, type Flow } from "./paths.ts";
import { backwards, forksIn, type Fork, type Forked } from "./tokens.ts";
import { present } from "../value/present.ts";

/** Labels of the edges by which a place may be left without what is wanted of it. */
type Lacking = (label: string) => boolean;

/**
 * Has a place surely been left before another is reached, and not by a lacking label? Both must be reachable.
 *
 * A path is what one token does, so what lies on every path is certain. Where tokens meet more is: the join waits for
 * every token that may still come, so also for one of a fork that every path to the join takes, as long as that token
 * can neither come to the join nor get away from it without having passed the place.
 */
export type Certain = (of: number, reader: number, lacking: Lacking) => boolean;

export function certaintyOf({ flow, joins }: Forked, order: readonly number[]): Certain {
  const reachable = new Set(order);
  const dominates = dominatorsOf(flow, order);
  const met = [...joins].filter((join) => reachable.has(join)).map((join) => meetingAt(join, flow));
  const onPaths: Certain = (of, reader, lacking) =>
    of !== reader && dominates(of, reader) && !leadsTo(of, reader, lacking, flow);
  const at =
    (of: number, lacking: Lacking) =>
    (meeting: Meeting): boolean =>
      onPaths(of, meeting.join, lacking) || isAwaited(of, lacking, meeting, flow);
  const before = closed(met, (one, other) => dominates(one.join, other.join) || isAwaited(one.join, none, other, flow));
  return (of, reader, lacking) => {
    if (onPaths(of, reader, lacking)) return true;
    const passed = met.filter(({ join }) => dominates(join, reader));
    return met.filter((one) => passed.some((other) => before(one, other))).some(at(of, lacking));
  };
}

const none: Lacking = () => false;

function leadsTo(of: number, reader: number, lacking: Lacking, flow: Flow): boolean {
  return present(flow.edges[of]).some(({ label, to }) => lacking(label) && reachableFrom(to, flow).has(reader));
}

interface Meeting {
  readonly join: number;
  /** From where a token may still come. */
  readonly ways: ReadonlySet<number>;
  /** Forks that every path to the join takes. */
  readonly forks: readonly Fork[];
}

function meetingAt(join: number, flow: Flow): Meeting {
  const ways = reachableFrom(join, backwards(flow));
  const forks = forksIn(flow).filter((fork) => !reachableFrom(flow.start, without(fork, flow)).has(join));
  return { join, ways, forks };
}

const without = ({ from, label }: Fork, { edges, start }: Flow): Flow => ({
  start,
  edges: edges.with(
    from,
    present(edges[from]).filter((edge) => edge.label !== label),
  ),
});

/** Does a token of some fork pass the place, whatever it does, before the join goes on? */
const isAwaited = (of: number, lacking: Lacking, meeting: Meeting, flow: Flow): boolean =>
  of !== meeting.join &&
  meeting.forks.some(({ to }) => to.some((first) => isPassed(of, lacking, { first, meeting, flow })));

interface Way {
  readonly first: number;
  readonly meeting: Meeting;
  readonly flow: Flow;
}

function isPassed(of: number, lacking: Lacking, { first, flow, meeting: { join, ways } }: Way): boolean {
  const seen = new Set([first]);
  for (const at of seen) {
    if (at === join || !ways.has(at)) return false;
    for (const { label, to } of present(flow.edges[at])) if (at !== of || lacking(label)) seen.add(to);
  }
  return true;
}

/** What holds from one to another and from that to a third holds from the first to the third, and of each to itself. */
function closed(
  all: readonly Meeting[],
  holds: (one: Meeting, other: Meeting) => boolean,
): (one: Meeting, other: Meeting) => boolean {
  const direct = new Map(all.map((one) => [one, all.filter((other) => other !== one && holds(one, other))]));
  const reached = new Map(
    all.map((one) => {
      const after = new Set([one]);
      for (const at of after) for (const next of present(direct.get(at))) after.add(next);
      return [one, after];
    }),
  );
  return (one, other) => present(reached.get(one)).has(other);
}

import { present } from "../value/present.ts";
import { reachableFrom, type Flow, type FlowEdge } from "./paths.ts";

/** A flow in which edges of one place with one label are taken together. */
export interface Forked {
  readonly flow: Flow;
  /** Places that wait for every token that may still come. */
  readonly joins: ReadonlySet<number>;
}

/** Edges of one place with one label, where there are several: a token becomes as many. */
export interface Fork {
  readonly from: number;
  readonly label: string;
  readonly to: readonly number[];
}

/** What several tokens may do at once. */
export interface Tokens {
  /** Places at which another token may be while one has come to this place, in their order. */
  readonly beside: (at: number) => readonly number[];
  /** Whether a join ever waits for a token that may still come. */
  readonly waits: (join: number) => boolean;
}

/** In the order of the places. */
export const forksIn = ({ edges }: Flow): readonly Fork[] =>
  edges.flatMap((out, from) =>
    [...grouped(out)].flatMap(([label, to]) => (to.length > 1 ? [{ from, label, to }] : [])),
  );

function grouped(out: readonly FlowEdge[]): ReadonlyMap<string, readonly number[]> {
  const byLabel = new Map<string, number[]>();
  for (const { label, to } of out) {
    const together = byLabel.get(label);
    if (together === undefined) byLabel.set(label, [to]);
    else together.push(to);
  }
  return byLabel;
}

/** Every edge the other way round. */
export function backwards({ edges, start }: Flow): Flow {
  const back: FlowEdge[][] = edges.map(() => []);
  for (const [from, out] of edges.entries())
    for (const { label, to } of out) present(back[to]).push({ label, to: from });
  return { start, edges: back };
}

/**
 * Which places may hold tokens at the same time, by a fixed point over pairs of positions: the targets of a fork are a
 * pair, and where one of a pair moves, the place that it comes to and the other one are. A token that comes to a join
 * waits there for as long as the other may still come; the other, when it comes, is the same token from then on.
 *
 * The flow has no cycle. Positions below the number of places are tokens under way, those above it wait.
 */
export function tokensIn({ flow, joins }: Forked, reachable: ReadonlySet<number>): Tokens {
  const { edges } = flow;
  const size = edges.length;
  const pairs = pairSet(2 * size);
  const back = backwards(flow);
  const leading = new Map([...joins].map((join) => [join, reachableFrom(join, back)]));
  const comesTo = (to: number): number => (joins.has(to) ? size + to : to);

  for (const { from, to } of forksIn(flow)) {
    if (!reachable.has(from)) continue;
    for (const one of to) for (const other of to) pairs.add(comesTo(one), comesTo(other));
  }
  for (let pair = pairs.next(); pair !== undefined; pair = pairs.next()) {
    const [one, other] = pair;
    for (const [moving, standing] of [
      [one, other],
      [other, one],
    ] as const) {
      if (moving < size) for (const { to } of present(edges[moving])) pairs.add(comesTo(to), standing);
      else if (!present(leading.get(moving - size)).has(standing % size)) pairs.add(moving - size, standing);
    }
  }
  const places = [...edges.keys()];
  return {
    beside: (at) => places.filter((other) => pairs.has(at, other)),
    waits: (join) => {
      const ways = present(leading.get(join));
      return places.some(
        (other) => ways.has(other) && (pairs.has(size + join, other) || pairs.has(size + join, size + other)),
      );
    },
  };
}

interface PairSet {
  /** A token beside itself is none. */
  readonly add: (one: number, other: number) => void;
  readonly has: (one: number, other: number) => boolean;
  /** One that was added and not yet given out. */
  readonly next: () => readonly [number, number] | undefined;
}

/** One bit for each pair, because a wide fork into long ways makes millions of them. */
function pairSet(size: number): PairSet {
  const bits = new Uint32Array(Math.ceil((size * size) / 32));
  const left: number[] = [];
  const indexOf = (one: number, other: number): number => Math.min(one, other) * size + Math.max(one, other);
  const bitAt = (index: number): number => present(bits[index >>> 5]) & (1 << (index & 31));
  return {
    add: (one, other) => {
      const index = indexOf(one, other);
      if (one === other || bitAt(index) !== 0) return;
      bits[index >>> 5] = present(bits[index >>> 5]) | (1 << (index & 31));
      left.push(index);
    },
    has: (one, other) => bitAt(indexOf(one, other)) !== 0,
    next: () => {
      const index = left.pop();
      return index === undefined ? undefined : [Math.floor(index / size), index % size];
    },
  };
}

import { present } from "../value/present.ts";

/** A scope as numbers: what is done, and where each outcome leads. */
export interface Flow {
  readonly start: number;
  readonly edges: readonly (readonly FlowEdge[])[];
}

export interface FlowEdge {
  readonly label: string;
  readonly to: number;
}

/** What can be reached from the start: successors come after their predecessors, unless there is a cycle. */
export function orderOf({ start, edges }: Flow): readonly number[] {
  const seen = new Set([start]);
  const finished: number[] = [];
  const trail: { readonly at: number; next: number }[] = [{ at: start, next: 0 }];
  for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
    const edge = present(edges[top.at])[top.next];
    top.next += 1;
    if (edge === undefined) {
      finished.push(top.at);
      trail.pop();
    } else if (!seen.has(edge.to)) {
      seen.add(edge.to);
      trail.push({ at: edge.to, next: 0 });
    }
  }
  return finished.toReversed();
}

/**
 * The shortest cycle, as the places on it; empty where there is none.
 *
 * Reachable or not. A place whose shortest cycle is known is taken away, and with it all that was tangled only through
 * it; so the cost is one search for each place that is left, which in a ring is one.
 */
export function shortestCycle(flow: Flow): readonly number[] {
  const forward = flow.edges.map((out) => out.map(({ to }) => to));
  const back: number[][] = flow.edges.map(() => []);
  for (const [from, out] of forward.entries()) for (const to of out) present(back[to]).push(from);

  const left = new Set(flow.edges.keys());
  let best: readonly number[] = [];
  for (let from = tangled(left, forward, back); from !== undefined; from = tangled(left, forward, back)) {
    const cycle = cycleThrough(from, left, forward);
    if (cycle.length > 0 && (best.length === 0 || cycle.length < best.length)) best = cycle;
    left.delete(from);
  }
  return best;
}

/** Takes sources and sinks away, again and again. What is left lies on cycles or between them; one of it, if any. */
function tangled(
  left: Set<number>,
  forward: readonly (readonly number[])[],
  back: readonly (readonly number[])[],
): number | undefined {
  peel(left, forward, back);
  peel(left, back, forward);
  return left.values().next().value;
}

function peel(left: Set<number>, forward: readonly (readonly number[])[], back: readonly (readonly number[])[]): void {
  const degree = back.map((sources) => sources.filter((source) => left.has(source)).length);
  const free = [...left].filter((at) => degree[at] === 0);
  for (let at = free.pop(); at !== undefined; at = free.pop()) {
    left.delete(at);
    for (const to of present(forward[at])) {
      degree[to] = present(degree[to]) - 1;
      if (degree[to] === 0 && left.has(to)) free.push(to);
    }
  }
}

function cycleThrough(
  from: number,
  within: ReadonlySet<number>,
  forward: readonly (readonly number[])[],
): readonly number[] {
  const cameFrom = new Map<number, number>();
  const queue = [from];
  for (const at of queue) {
    for (const to of present(forward[at])) {
      if (to === from) return trailTo(at, from, cameFrom);
      if (!within.has(to) || cameFrom.has(to)) continue;
      cameFrom.set(to, at);
      queue.push(to);
    }
  }
  return [];
}

function trailTo(end: number, from: number, cameFrom: ReadonlyMap<number, number>): readonly number[] {
  const trail = [end];
  for (let at = end; at !== from; trail.push(at)) at = present(cameFrom.get(at));
  return trail.toReversed();
}

/** Does every path from the start to `reader` lead through `to`? Both must be reachable; the flow has no cycle. */
export type Dominates = (to: number, reader: number) => boolean;

/**
 * Cooper, Harvey and Kennedy's dominators. Without cycles one sweep in order is enough.
 *
 * Places are compared by their rank in the order, which is smaller for whatever comes earlier on a path.
 */
export function dominatorsOf(flow: Flow, order: readonly number[]): Dominates {
  const rank = new Map(order.map((at, index) => [at, index]));
  const sources: number[][] = order.map(() => []);
  for (const [index, at] of order.entries()) {
    for (const { to } of present(flow.edges[at])) present(sources[present(rank.get(to))]).push(index);
  }
  const nearest = [0];
  // From the right: neighbours in the order meet soon.
  for (const before of sources.slice(1)) nearest.push(before.reduceRight((a, b) => meet(a, b, nearest)));
  const { enter, size } = numbered(nearest);
  return (to, reader) => {
    const [above, below] = [present(rank.get(to)), present(rank.get(reader))];
    const inside = present(enter[below]) - present(enter[above]);
    return inside >= 0 && inside < present(size[above]);
  };
}

/** The dominator tree in preorder, so that "is above" is a comparison. A parent's rank is below that of its children. */
function numbered(parents: readonly number[]): { readonly enter: readonly number[]; readonly size: readonly number[] } {
  const size = parents.map(() => 1);
  for (let at = parents.length - 1; at > 0; at -= 1) {
    const parent = present(parents[at]);
    size[parent] = present(size[parent]) + present(size[at]);
  }
  const enter = [0];
  const free = [1];
  for (const [at, parent] of parents.entries()) {
    if (at === 0) continue;
    const start = present(free[parent]);
    enter.push(start);
    free.push(start + 1);
    free[parent] = start + present(size[at]);
  }
  return { enter, size };
}

function meet(one: number, other: number, nearest: readonly number[]): number {
  let [a, b] = [one, other];
  while (a !== b) {
    if (a > b) a = present(nearest[a]);
    else b = present(nearest[b]);
  }
  return a;
}

/** Everything that can still be reached from here, this place included. */
export function reachableFrom(from: number, { edges }: Flow): ReadonlySet<number> {
  const seen = new Set([from]);
  const queue = [from];
  for (const at of queue) {
    for (const { to } of present(edges[at])) {
      if (seen.has(to)) continue;
      seen.add(to);
      queue.push(to);
    }
  }
  return seen;
}

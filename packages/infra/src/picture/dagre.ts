import { createRequire } from "node:module";

/** What we use of the library. The types that it brings do not resolve where imports name files. */
interface Dagre {
  readonly Graph: new (options: { readonly compound: boolean; readonly multigraph: boolean }) => DagreGraph;
  readonly layout: (graph: DagreGraph, options: { readonly constraints: readonly Constraint[] }) => void;
}

/** Two boxes that come to stand side by side. */
interface Constraint {
  readonly left: string;
  readonly right: string;
}

interface DagreGraph {
  setGraph(label: object): void;
  setNode(name: string, label: object): void;
  setParent(name: string, parent: string): void;
  setEdge(from: string, to: string, label: object, name: string): void;
  node(name: string): Point;
  edge(from: string, to: string, name: string): { readonly points: readonly Point[] } & Partial<Point>;
}

/** A box that is to be placed. */
interface Box {
  readonly width: number;
  readonly height: number;
  /** The group that it stands in, by its number. */
  readonly group: number | undefined;
}

interface Line {
  /** Boxes, by their numbers. */
  readonly from: number;
  readonly to: number;
  /** Of its label; nothing: it has none. */
  readonly width: number;
  readonly height: number;
  /** How much it is kept straight. */
  readonly weight: number;
  readonly isUsual: boolean;
}

export interface Placing {
  readonly boxes: readonly Box[];
  /** The group around each group. */
  readonly groups: readonly (number | undefined)[];
  readonly lines: readonly Line[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Placed {
  /** The middle of each box. */
  readonly boxes: readonly Point[];
  readonly lines: readonly { readonly points: readonly Point[]; readonly label: Point }[];
}

/** From top to bottom, with as few crossings as it finds. The same in, the same out. */
export function placed(placing: Placing): Placed {
  const constraints = constraintsOf(placing.boxes.length, placing.lines);
  const kept = constraints.length === 0 ? undefined : keptUnder(placing, constraints);
  return kept ?? placedUnder(placing, []);
}

/** Nothing, where our constraints and those of the library do not get on, which happens to a graph in a thousand. */
function keptUnder(placing: Placing, constraints: readonly Constraint[]): Placed | undefined {
  try {
    const laid = placedUnder(placing, constraints);
    return isTorn(placing, laid.boxes) ? undefined : laid;
  } catch {
    // It has lost a box, and then has a place for none of them.
    return undefined;
  }
}

/** Whether a box stands between those of a group that it is not in. */
function isTorn({ boxes, groups }: Placing, points: readonly Point[]): boolean {
  const groupsAround = (group: number | undefined): readonly number[] =>
    group === undefined ? [] : [group, ...groupsAround(groups[group])];
  const rects = boxes.map(({ group, height, width }, at) => {
    const { x, y } = points[at] ?? { x: 0, y: 0 };
    const rect = { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
    return { ...rect, within: new Set(groupsAround(group)) };
  });
  return [...groups.keys()].some((group) => {
    const inside = rects.filter(({ within }) => within.has(group));
    const [left, right] = [Math.min(...inside.map((box) => box.left)), Math.max(...inside.map((box) => box.right))];
    const [top, bottom] = [Math.min(...inside.map((box) => box.top)), Math.max(...inside.map((box) => box.bottom))];
    return rects.some(
      (box) => !box.within.has(group) && box.left < right && left < box.right && box.top < bottom && top < box.bottom,
    );
  });
}

function placedUnder({ boxes, groups, lines }: Placing, constraints: readonly Constraint[]): Placed {
  const { Graph, layout }: Dagre = createRequire(import.meta.url)("@dagrejs/dagre");
  const graph = new Graph({ compound: true, multigraph: true });
  graph.setGraph({ rankdir: "TB", align: "UL", nodesep: 22, edgesep: 12, ranksep: 54, marginx: 0, marginy: 0 });
  // Numbers for names: the library keeps them as keys of plain objects.
  for (const group of groups.keys()) graph.setNode(`g${String(group)}`, { x: 0, y: 0 });
  for (const [group, around] of groups.entries()) {
    if (around !== undefined) graph.setParent(`g${String(group)}`, `g${String(around)}`);
  }
  for (const [at, { group, height, width }] of boxes.entries()) {
    const box = { x: 0, y: 0, width, height };
    graph.setNode(`b${String(at)}`, box);
    if (group !== undefined) graph.setParent(`b${String(at)}`, `g${String(group)}`);
  }
  for (const [at, { from, height, to, weight, width }] of lines.entries()) {
    const line = { points: [], width, height, weight, labelpos: "c" };
    graph.setEdge(`b${String(from)}`, `b${String(to)}`, line, `l${String(at)}`);
  }
  layout(graph, { constraints });
  return {
    boxes: boxes.map((_, at) => pointOf(graph.node(`b${String(at)}`))),
    lines: lines.map(({ from, to }, at) => {
      const { points, x = 0, y = 0 } = graph.edge(`b${String(from)}`, `b${String(to)}`, `l${String(at)}`);
      return { points: points.map(pointOf), label: { x, y } };
    }),
  };
}

const pointOf = ({ x, y }: Point): Point => ({ x, y });

/**
 * What is usual stands on the left of what is not, so that the way that is expected goes straight down. All constraints
 * lead onwards in one order of the boxes, and none contradicts another.
 */
function constraintsOf(count: number, lines: readonly Line[]): readonly Constraint[] {
  const targets = Array.from({ length: count }, (): number[] => []);
  const usualFirst = lines.toSorted((a, b) => Number(b.isUsual) - Number(a.isUsual));
  for (const { from, to } of usualFirst) targets[from]?.push(to);
  const order = new Map<number, number>();
  const open = [0];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (order.has(at)) continue;
    order.set(at, order.size);
    open.push(...(targets[at] ?? []).toReversed());
  }
  const orderOf = (box: number): number => order.get(box) ?? count;
  return targets.flatMap(([first, ...others]) =>
    others
      .filter((other) => first !== undefined && orderOf(first) < orderOf(other))
      .map((other) => ({ left: `b${String(first)}`, right: `b${String(other)}` })),
  );
}

import type { Point } from "./dagre.ts";
import type { Laid, LaidEdge, LaidNode } from "./layout.ts";

/** A line as it is drawn: it leaves a box at its lower side and comes to one at its upper side. */
export interface Route {
  readonly edge: LaidEdge;
  readonly points: readonly Point[];
  readonly label: Point;
}

/** How far apart lines leave and reach a box. */
const portGap = 16;

/** Gives every line an end of its own at its boxes, from left to right as they come and go, so that none hides another. */
export function routesOf({ edges, nodes }: Laid): readonly Route[] {
  const boxes = new Map(nodes.map((laid) => [laid.node.id, laid]));
  const starts = ports(
    edges,
    ({ edge }) => edge.from,
    ({ points }) => points[1]?.x ?? 0,
  );
  const ends = ports(
    edges,
    ({ edge }) => edge.to,
    ({ points }) => points.at(-2)?.x ?? 0,
  );
  return edges.flatMap((edge) => {
    const [from, to] = [boxes.get(edge.edge.from), boxes.get(edge.edge.to)];
    if (from === undefined || to === undefined) return [];
    const first = { x: portX(from, starts.get(edge)), y: from.rect.bottom };
    const last = { x: portX(to, ends.get(edge)), y: to.rect.top };
    const bends = edge.points.slice(1, -1).map(({ x, y }) => ({ x: straightened(x, first.x, last.x), y }));
    const label = { x: straightened(edge.label.x, first.x, last.x), y: edge.label.y };
    return [{ edge, label, points: [first, ...bends, last] }];
  });
}

/** A bend that is nearly none is none. */
const straightened = (x: number, first: number, last: number): number =>
  [last, first].find((end) => Math.abs(end - x) < 12) ?? x;

interface Port {
  readonly at: number;
  readonly of: number;
}

function ports(
  edges: readonly LaidEdge[],
  boxOf: (edge: LaidEdge) => string,
  towards: (edge: LaidEdge) => number,
): ReadonlyMap<LaidEdge, Port> {
  const byBox = new Map<string, LaidEdge[]>();
  for (const edge of edges) byBox.set(boxOf(edge), [...(byBox.get(boxOf(edge)) ?? []), edge]);
  const found = new Map<LaidEdge, Port>();
  for (const at of byBox.values()) {
    const inOrder = at.toSorted((a, b) => towards(a) - towards(b));
    for (const [index, edge] of inOrder.entries()) found.set(edge, { at: index, of: at.length });
  }
  return found;
}

function portX({ rect: { left, right } }: LaidNode, { at, of }: Port = { at: 0, of: 1 }): number {
  const gap = Math.min(portGap, (right - left - 24) / of);
  return (left + right) / 2 + (at - (of - 1) / 2) * Math.max(0, gap);
}

/** Downwards at every bend, so that lines flow; it ends where the tip of its arrow begins. */
export function pathOf(points: readonly Point[], tip: number): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let [path, x, y] = [`M${at(first.x)} ${at(first.y)}`, first.x, first.y];
  for (const [index, point] of rest.entries()) {
    const end = index === rest.length - 1 ? point.y - tip : point.y;
    const middle = at((y + end) / 2);
    path += x === point.x ? `V${at(end)}` : `C${at(x)} ${middle} ${at(point.x)} ${middle} ${at(point.x)} ${at(end)}`;
    [x, y] = [point.x, end];
  }
  return path;
}

/** Tenths of a pixel are enough, and the same on every machine. */
export const at = (value: number): string => String(Math.round(value * 10) / 10);

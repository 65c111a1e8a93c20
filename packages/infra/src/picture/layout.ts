import { limits, type Picture, type PictureEdge, type PictureGroup, type PictureNode } from "@omnibase/core";
import { placed, type Point } from "./dagre.ts";
import { PictureFault } from "./fault.ts";
import { cardOf, labelHeight, labelWidth, type Card } from "./sizes.ts";

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface LaidNode {
  readonly node: PictureNode;
  readonly card: Card;
  readonly rect: Rect;
}

export interface LaidGroup {
  readonly group: PictureGroup;
  readonly rect: Rect;
  /** How many groups stand around it. */
  readonly depth: number;
}

export interface LaidEdge {
  readonly edge: PictureEdge;
  readonly points: readonly Point[];
  /** The middle of its label. */
  readonly label: Point;
  /** Whether it stays in one group. */
  readonly isInside: boolean;
}

export interface Laid {
  readonly nodes: readonly LaidNode[];
  /** The outer ones first. */
  readonly groups: readonly LaidGroup[];
  readonly edges: readonly LaidEdge[];
  readonly bounds: Rect;
}

/** Room inside a group, and above for what it is called. */
const padding = { side: 16, top: 36, bottom: 14 };

export function layoutOf({ edges, groups, nodes }: Picture): Laid {
  if (nodes.length > limits.pictureNodesMax || edges.length > limits.pictureEdgesMax) {
    const size = `${String(nodes.length)} boxes and ${String(edges.length)} lines`;
    throw new PictureFault("PICTURE_TOO_LARGE", `a picture of ${size} is too large`);
  }
  const cards = nodes.map(cardOf);
  const [boxAt, groupAt] = [numbered(nodes), numbered(groups)];
  const { boxes, lines } = placed({
    boxes: nodes.map(({ group = "" }, at) => ({ ...sizeOf(cards[at]), group: groupAt.get(group) })),
    groups: groups.map(({ parent = "" }) => groupAt.get(parent)),
    lines: edges.map((edge) => ({
      from: boxAt.get(edge.from) ?? 0,
      to: boxAt.get(edge.to) ?? 0,
      width: labelWidth(edge),
      height: labelHeight(edge),
      weight: (edge.isTaken ? 8 : 1) * (edge.isUsual ? 4 : 1),
      isUsual: edge.isUsual,
    })),
  });
  const laid = nodes.map((node, at): LaidNode => {
    const card = cards[at] ?? cardOf(node);
    const { x, y } = boxes[at] ?? { x: 0, y: 0 };
    return { node, card, rect: around({ x, y }, card) };
  });
  const framed = groupsIn(groups, laid);
  const groupOf = new Map(nodes.map(({ group, id }) => [id, group]));
  const drawn = edges.map((edge, at): LaidEdge => {
    const group = groupOf.get(edge.from);
    const isInside = group !== undefined && group === groupOf.get(edge.to);
    return { edge, isInside, ...(lines[at] ?? { points: [], label: { x: 0, y: 0 } }) };
  });
  return { nodes: laid, groups: framed, edges: drawn, bounds: boundsOf(laid, framed, drawn) };
}

const numbered = (named: readonly { readonly id: string }[]): ReadonlyMap<string, number> =>
  new Map(named.map(({ id }, at) => [id, at]));

const sizeOf = (card: Card | undefined): { readonly width: number; readonly height: number } => ({
  width: card?.width ?? 0,
  height: card?.height ?? 0,
});

const around = ({ x, y }: Point, { height, width }: Card): Rect => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - height / 2,
  bottom: y + height / 2,
});

/** A group is as large as what stands in it, and its name above. */
function groupsIn(groups: readonly PictureGroup[], nodes: readonly LaidNode[]): readonly LaidGroup[] {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const depthOf = ({ parent }: PictureGroup): number => {
    const outer = parent === undefined ? undefined : byId.get(parent);
    return outer === undefined ? 0 : 1 + depthOf(outer);
  };
  const rects = new Map<string, Rect>();
  const inner = groups.map((group) => ({ group, depth: depthOf(group) })).toSorted((a, b) => b.depth - a.depth);
  const laid = inner.map(({ depth, group }): LaidGroup => {
    const inside = [
      ...nodes.filter(({ node }) => node.group === group.id).map(({ rect }) => rect),
      ...groups.filter(({ parent }) => parent === group.id).flatMap(({ id }) => rects.get(id) ?? []),
    ];
    const { bottom, left, right, top } = hull(inside);
    const rect = {
      left: left - padding.side,
      right: right + padding.side,
      top: top - padding.top,
      bottom: bottom + padding.bottom,
    };
    rects.set(group.id, rect);
    return { group, depth, rect };
  });
  return laid.toReversed();
}

const hull = (rects: readonly Rect[]): Rect => ({
  left: Math.min(...rects.map(({ left }) => left)),
  right: Math.max(...rects.map(({ right }) => right)),
  top: Math.min(...rects.map(({ top }) => top)),
  bottom: Math.max(...rects.map(({ bottom }) => bottom)),
});

function boundsOf(nodes: readonly LaidNode[], groups: readonly LaidGroup[], edges: readonly LaidEdge[]): Rect {
  const labels = edges.flatMap(({ edge, label: { x, y }, points }) => {
    const [w, h] = [labelWidth(edge) / 2, labelHeight(edge) / 2];
    const bends = points.map((point) => ({ left: point.x, right: point.x, top: point.y, bottom: point.y }));
    return [{ left: x - w, right: x + w, top: y - h, bottom: y + h }, ...bends];
  });
  return hull([...nodes.map(({ rect }) => rect), ...groups.map(({ rect }) => rect), ...labels]);
}

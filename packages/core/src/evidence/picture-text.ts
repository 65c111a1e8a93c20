import { present } from "../value/present.ts";
import type { Picture, PictureEdge, PictureGroup, PictureNode } from "./picture.ts";
import type { PictureState } from "./picture-states.ts";

export interface PictureTextOptions {
  /** Tints what is in a state. Absent: no colours. */
  readonly paint?: (state: PictureState, text: string) => string;
}

/** A picture for terminals: every box on a line with the ways that lead on from it, contracts and rounds with a bracket. */
export function pictureText(picture: Picture, { paint = (_, text) => text }: PictureTextOptions = {}): string {
  const drawing: Drawing = {
    picture,
    paint,
    byId: new Map(picture.nodes.map((node) => [node.id, node])),
    leading: grouped(picture.edges),
  };
  return [picture.workflow, "", ...levelText(drawing, undefined)].join("\n");
}

interface Drawing {
  readonly picture: Picture;
  readonly paint: (state: PictureState, text: string) => string;
  readonly byId: ReadonlyMap<string, PictureNode>;
  /** What leads on from each box. */
  readonly leading: ReadonlyMap<string, readonly PictureEdge[]>;
}

function grouped(edges: readonly PictureEdge[]): ReadonlyMap<string, readonly PictureEdge[]> {
  const found = new Map<string, PictureEdge[]>();
  for (const edge of edges) found.set(edge.from, [...(found.get(edge.from) ?? []), edge]);
  return found;
}

/** Boxes and groups of one level, each where its first box stands. */
function levelText(drawing: Drawing, level: string | undefined): readonly string[] {
  const { groups, nodes } = drawing.picture;
  const parents = new Map(groups.map(({ id, parent }) => [id, parent]));
  const drawn = new Set<string>();
  return nodes.flatMap((node) => {
    if (node.kind === "start" || node.kind === "way") return [];
    if (node.group === level) return nodeLines(drawing, node);
    let at = node.group;
    while (at !== undefined && parents.get(at) !== level) at = parents.get(at);
    const group = groups.find(({ id }) => id === at);
    if (group === undefined || drawn.has(group.id)) return [];
    drawn.add(group.id);
    return groupLines(drawing, group);
  });
}

function nodeLines(drawing: Drawing, { detail, id, note, state, title }: PictureNode): readonly string[] {
  const facts = [detail, note].filter((text) => text !== "").join(" · ");
  const head = `${drawing.paint(state, `${signs[state]} ${title}`)}  ${facts}`.trimEnd();
  return [head, ...(drawing.leading.get(id) ?? []).map((edge) => `    ${edgeText(drawing, edge)}`)];
}

function groupLines(drawing: Drawing, { detail, id, state, title }: PictureGroup): readonly string[] {
  const ways = drawing.picture.nodes.filter(({ group, kind }) => kind === "way" && group === id);
  const lines = ways.map((way, index) => {
    const targets = (drawing.leading.get(way.id) ?? []).map((edge) => nameOf(drawing, edge.to));
    const to = targets.length === 0 ? "the round is over" : targets.join(", ");
    return `${index === 0 ? "└" : " "} ${drawing.paint(way.state, `${signs[way.state]} ${way.title}`)} → ${to}`;
  });
  const inside = levelText(drawing, id).map((line) => `│ ${line}`);
  return [`┌ ${drawing.paint(state, title)}  ${detail}`, ...inside, ...lines];
}

function edgeText(drawing: Drawing, { isTaken, kind, outcomes, to }: PictureEdge): string {
  const target = drawing.byId.get(to);
  const isWay = target?.kind === "way";
  const by = kind === "way" ? outcomes.join(", ") : kind;
  const label = by === "" && isWay ? target.title : by;
  const state = isTaken ? "taken" : "idle";
  const leads = isWay ? (by === "" ? "" : ` → leaves with ${target.title}`) : ` → ${nameOf(drawing, to)}`;
  return `${drawing.paint(state, `${signs[state]} ${label}`)}${leads}`;
}

/** A step by its title where it is told in its group, and by its whole name from elsewhere. */
function nameOf({ byId }: Drawing, id: string): string {
  const { group, title } = present(byId.get(id));
  return group === undefined ? title : `${group}/${title}`;
}

const signs: { readonly [State in PictureState]: string } = {
  idle: "·",
  taken: "✓",
  refused: "–",
  failed: "✗",
  waiting: "…",
  here: "▶",
  "called-off": "⊘",
};

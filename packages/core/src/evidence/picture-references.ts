import { present } from "../value/present.ts";
import type { Picture, PictureEdge, PictureNode } from "./picture.ts";

/** Fewer boxes are seen at a glance, and then every line may be drawn. */
const boxesFew = 30;
/** So many lines to one end are still told apart. */
const linesFew = 3;

/**
 * The same picture for the eye: where many places of a large graph lead to one end, most of them name it beside themselves,
 * and no line crosses everything. What was taken is drawn, and the last line, so that the end stands below.
 */
export function withReferences(picture: Picture): Picture {
  if (picture.nodes.length <= boxesFew) return picture;
  const ends = new Map(picture.nodes.filter(({ kind }) => kind === "exit").map((node) => [node.id, node]));
  const coming = new Map<string, PictureEdge[]>();
  for (const edge of picture.edges) {
    if (ends.has(edge.to)) coming.set(edge.to, [...(coming.get(edge.to) ?? []), edge]);
  }
  const order = new Map(picture.nodes.map(({ id }, at) => [id, at]));
  const orderOf = ({ from }: PictureEdge): number => present(order.get(from));
  const named = new Set<PictureEdge>();
  for (const edges of coming.values()) {
    if (edges.length <= linesFew) continue;
    const inOrder = edges.toSorted((a, b) => orderOf(a) - orderOf(b));
    for (const edge of inOrder.slice(0, -1)) if (!edge.isTaken) named.add(edge);
  }
  return namedBeside(picture, named, ends);
}

type Ends = ReadonlyMap<string, PictureNode>;

/** A way out of a group names its end itself; others have a small box for it. */
function namedBeside({ edges, nodes, ...rest }: Picture, named: ReadonlySet<PictureEdge>, ends: Ends): Picture {
  const titleOf = ({ to }: PictureEdge): string => present(ends.get(to)).title;
  const references: PictureNode[] = [];
  const spoken = new Map<string, readonly PictureEdge[]>();
  for (const { id, kind } of nodes) {
    const leading = kind === "way" ? edges.filter(({ from }) => from === id) : [];
    if (leading.length > 0 && leading.every((edge) => named.has(edge))) spoken.set(id, leading);
  }
  const drawn = edges.flatMap((edge) => {
    if (!named.has(edge)) return [edge];
    if (spoken.has(edge.from)) return [];
    const id = `${edge.from} → ${String(references.length)}`;
    const said = { title: titleOf(edge), detail: "", note: "", names: [edge.to] };
    references.push({ id, kind: "reference", ...said, state: "idle" });
    return [{ ...edge, to: id }];
  });
  const told = nodes.map((node) => {
    const leading = spoken.get(node.id);
    if (leading === undefined) return node;
    const title = `${node.title} → ${leading.map(titleOf).join(", ")}`;
    return { ...node, title, names: leading.map(({ to }) => to) };
  });
  return { ...rest, nodes: [...told, ...references], edges: drawn };
}

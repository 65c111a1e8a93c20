import { present } from "../value/present.ts";
import type { Picture, PictureEdge, PictureGroup, PictureNode } from "./picture.ts";
import type { PictureState } from "./picture-states.ts";

/** A picture in the language of Graphviz, for those who have it. */
export function dotOf({ edges, groups, nodes, workflow }: Picture): string {
  const names = new Map(nodes.map(({ id }, at) => [id, `n${String(at)}`]));
  const inGroup = (group: string | undefined): readonly string[] =>
    nodes.filter((node) => node.group === group).map((node) => nodeText(node, present(names.get(node.id))));
  const groupText = ({ detail, id, state, title }: PictureGroup, at: number): readonly string[] => {
    const inner = groups.flatMap((group, index) => (group.parent === id ? groupText(group, index) : []));
    const label = `label=${quoted(`${title} ${detail}`)} style=rounded color="${colours[state]}"`;
    return [`subgraph cluster_${String(at)} {`, `graph [${label}]`, ...inGroup(id), ...inner, "}"];
  };
  return [
    `digraph ${quoted(workflow)} {`,
    'graph [rankdir=TB fontname="Helvetica" compound=true]',
    'node [shape=box style=rounded fontname="Helvetica" fontsize=11]',
    'edge [fontname="Helvetica" fontsize=10]',
    ...inGroup(undefined),
    ...groups.flatMap((group, at) => (group.parent === undefined ? groupText(group, at) : [])),
    ...edges.map((edge) => `${present(names.get(edge.from))} -> ${present(names.get(edge.to))} [${edgeText(edge)}]`),
    "}",
    "",
  ].join("\n");
}

function nodeText({ detail, kind, note, state, title }: PictureNode, name: string): string {
  if (kind === "start") return `${name} [shape=point width=0.15 color="${colours[state]}"]`;
  const label = quoted([title, detail, note].filter((line) => line !== "").join("\n"));
  const shape = kind === "exit" || kind === "way" ? " shape=oval" : "";
  const strong = state === "idle" ? "" : " penwidth=2";
  return `${name} [label=${label}${shape} color="${colours[state]}"${strong}]`;
}

function edgeText({ isTaken, kind, outcomes }: PictureEdge): string {
  const label = kind === "way" ? outcomes.join(", ") : kind === "start" ? "" : kind;
  const style = kind === "undo" || kind === "round" ? " style=dashed" : "";
  return `label=${quoted(label)}${style} color="${colours[isTaken ? "taken" : "idle"]}"${isTaken ? " penwidth=2.5" : ""}`;
}

const quoted = (text: string): string =>
  `"${text.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll("\n", String.raw`\n`)}"`;

const colours: { readonly [State in PictureState]: string } = {
  idle: "#8a96a6",
  taken: "#0b7a53",
  refused: "#a85f00",
  failed: "#c4262e",
  waiting: "#6546d2",
  here: "#1463c6",
  "called-off": "#6b7686",
};

import { present } from "../value/present.ts";
import type { Picture, PictureEdge, PictureGroup, PictureNode } from "./picture.ts";

/** A picture as a Mermaid flowchart, for documents that draw those. */
export function mermaidOf({ edges, groups, nodes }: Picture): string {
  const names = new Map(nodes.map(({ id }, at) => [id, `n${String(at)}`]));
  const inGroup = (group: string | undefined): readonly string[] =>
    nodes.filter((node) => node.group === group).map((node) => nodeText(node, present(names.get(node.id))));
  const groupText = ({ detail, id, title }: PictureGroup, at: number): readonly string[] => {
    const inner = groups.flatMap((group, index) => (group.parent === id ? groupText(group, index) : []));
    return [`subgraph g${String(at)}["${escaped(`${title} ${detail}`)}"]`, ...inGroup(id), ...inner, "end"];
  };
  return [
    "flowchart TD",
    ...inGroup(undefined),
    ...groups.flatMap((group, at) => (group.parent === undefined ? groupText(group, at) : [])),
    ...edges.map((edge) => `${present(names.get(edge.from))} ${arrowText(edge)} ${present(names.get(edge.to))}`),
    ...classes,
    "",
  ].join("\n");
}

function nodeText({ detail, kind, note, state, title }: PictureNode, name: string): string {
  const text = [title, detail, note].filter((line) => line !== "").map(escaped);
  const label = `"${text.join("<br/>")}"`;
  if (kind === "start") return `${name}(( )):::${classOf(state)}`;
  return kind === "exit" || kind === "way"
    ? `${name}([${label}]):::${classOf(state)}`
    : `${name}[${label}]:::${classOf(state)}`;
}

function arrowText({ isTaken, kind, outcomes }: PictureEdge): string {
  const label = kind === "way" ? outcomes.join(", ") : kind === "start" ? "" : kind;
  const text = label === "" ? "" : `|"${escaped(label)}"|`;
  if (isTaken) return `==>${text}`;
  return kind === "undo" || kind === "round" ? `-.->${text}` : `-->${text}`;
}

const classOf = (state: PictureNode["state"]): string => state.replace("-", "_");

/** Mermaid reads entities in its own spelling. */
const escaped = (text: string): string =>
  text.replaceAll(/[^\w .,:/·()=…-]/gu, (character) => `#${String(character.codePointAt(0))};`);

const classes = [
  "classDef idle stroke:#c8d0db",
  "classDef taken stroke:#0b7a53,stroke-width:2px",
  "classDef refused stroke:#a85f00,stroke-width:2px",
  "classDef failed stroke:#c4262e,stroke-width:2px",
  "classDef waiting stroke:#6546d2,stroke-width:2px",
  "classDef here stroke:#1463c6,stroke-width:2px",
  "classDef called_off stroke:#6b7686,stroke-dasharray:4",
];

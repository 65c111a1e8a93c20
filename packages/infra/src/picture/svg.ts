import { withReferences, type Picture, type PictureState } from "@omnibase/core";
import { boxText, markText } from "./box.ts";
import { layoutOf, type LaidGroup } from "./layout.ts";
import { escaped, rectText, textAt } from "./markup.ts";
import { at, pathOf, routesOf, type Route } from "./route.ts";
import { labelHeight, labelLines, labelWidth, lineOf } from "./sizes.ts";
import { styleOf, type Theme } from "./theme.ts";

export interface SvgOptions {
  readonly theme: Theme;
  /** Below the name of the workflow: which execution, and what it came to. */
  readonly captions: readonly string[];
}

const margin = 28;
const tipLength = 8;

/** A picture as SVG, which needs nothing beside itself. The same picture, the same bytes. */
export function svgOf(whole: Picture, { captions, theme }: SvgOptions): string {
  const picture = withReferences(whole);
  const laid = layoutOf(picture);
  const heading = [lineOf(picture.workflow, "heading", 900), ...captions.map((text) => lineOf(text, "caption", 900))];
  const legend = statesIn(picture);
  const headingHeight = 26 + captions.length * 18;
  const legendHeight = legend.length === 0 ? 0 : 40;
  const { bottom, left, right, top } = laid.bounds;
  const widest = Math.max(right - left, legend.length * 96, ...heading.map(({ width }) => width));
  const width = Math.ceil(widest + 2 * margin);
  const height = Math.ceil(bottom - top + 2 * margin + headingHeight + 10 + legendHeight);
  const moved = { x: (width - (right - left)) / 2 - left, y: margin + headingHeight + 10 - top };
  const routes = routesOf(laid);
  const references = picture.nodes.filter(({ kind }) => kind === "reference");
  const exits = new Map(references.map(({ id, names = [] }) => [id, names.join(" ")]));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${at(width)}" height="${at(height)}" viewBox="0 0 ${at(width)} ${at(height)}" role="img">`,
    `<title>${escaped([picture.workflow, ...captions].join(", "))}</title>`,
    `<style>${styleOf(theme)}</style>`,
    `<rect class="ground" width="${at(width)}" height="${at(height)}"/>`,
    ...heading.map((line, index) => textAt(line, margin, margin + 14 + (index === 0 ? 0 : 4 + index * 18))),
    `<g transform="translate(${at(moved.x)} ${at(moved.y)})">`,
    ...laid.groups.map(groupText),
    // What was taken lies above what was not.
    ...routes
      .toSorted((a, b) => Number(a.edge.edge.isTaken) - Number(b.edge.edge.isTaken))
      .map((route) => lineText(route, exits)),
    ...laid.groups.map(groupName),
    ...routes.map(labelText),
    ...laid.nodes.map(boxText),
    "</g>",
    ...legend.map((state, index) => legendText(state, margin + index * 96, height - margin)),
    "</svg>\n",
  ].join("\n");
}

type Told = Exclude<PictureState, "idle">;

/** Only what is seen is explained. */
function statesIn({ nodes }: Picture): readonly Told[] {
  const seen = new Set(nodes.map(({ state }) => state));
  return stateNames.filter((state) => seen.has(state));
}

const stateNames: readonly Told[] = ["taken", "here", "waiting", "refused", "failed", "called-off"];

const legendText = (state: Told, x: number, y: number): string =>
  `<g>${markText(state, x + 8, y - 4)}${textAt(lineOf(state.replace("-", " "), "label"), x + 22, y)}</g>`;

function groupText({ group: { id, state }, rect }: LaidGroup): string {
  const told = state === "idle" ? "" : ` group-${state}`;
  return `<g data-group="${escaped(id)}" data-state="${state}">${rectText(rect, 14, `group${told}`)}</g>`;
}

/** What a group is called lies above the lines that come in. */
function groupName({ group: { detail, title }, rect }: LaidGroup): string {
  const room = rect.right - rect.left - 28;
  const name = lineOf(title, "title", room);
  const what = lineOf(detail === title ? "" : detail, "detail", Math.max(0, room - name.width - 10));
  const [x, y] = [rect.left + 14, rect.top + 22];
  const width = name.width + (what.text === "" ? 0 : what.width + 10);
  const halo = { left: x - 4, right: x + width + 4, top: y - 13, bottom: y + 5 };
  return `<g>${rectText(halo, 4, "halo-inside")}${textAt(name, x, y)}${textAt(what, x + name.width + 10, y)}</g>`;
}

/** A line to a box that names an exit leads to that exit. */
function lineText({ edge: { edge }, points }: Route, exits: ReadonlyMap<string, string>): string {
  const last = points.at(-1) ?? { x: 0, y: 0 };
  const taken = edge.isTaken ? " line-taken" : "";
  const kind = edge.kind === "undo" || edge.kind === "round" ? ` line-${edge.kind}` : "";
  const tip = `M${at(last.x - 4.5)} ${at(last.y - tipLength - 1)}h9L${at(last.x)} ${at(last.y)}z`;
  return (
    `<g data-from="${escaped(edge.from)}" data-to="${escaped(exits.get(edge.to) ?? edge.to)}" data-kind="${edge.kind}"${edge.isTaken ? ' data-taken="true"' : ""}>` +
    `<path class="line${taken}${kind}" d="${pathOf(points, tipLength)}"/><path class="tip${edge.isTaken ? " tip-taken" : ""}" d="${tip}"/></g>`
  );
}

function labelText({ edge: { edge, isInside }, label: { x, y } }: Route): string {
  const lines = labelLines(edge);
  if (lines.length === 0) return "";
  const [width, height] = [labelWidth(edge) - 4, labelHeight(edge)];
  const rect = { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
  const ink = edge.isTaken ? " ink-taken" : "";
  const texts = lines.map((line, index) => textAt(line, x - line.width / 2, rect.top + 11 + index * 14, ink));
  return `<g>${rectText(rect, 4, isInside ? "halo-inside" : "halo")}${texts.join("")}</g>`;
}

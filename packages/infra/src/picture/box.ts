import type { PictureState } from "@omnibase/core";
import { icons, marks } from "./icons.ts";
import type { LaidNode } from "./layout.ts";
import { escaped, rectText, textAt } from "./markup.ts";
import { at } from "./route.ts";
import { cardPadding } from "./sizes.ts";

/** A box with all that stands in it. Programs find it by its place and its state, and by the exits that it names. */
export function boxText(laid: LaidNode): string {
  const { id, kind, names, state } = laid.node;
  const named = names === undefined ? "" : ` data-names="${escaped(names.join(" "))}"`;
  const facts = `data-kind="${kind}" data-state="${state}"${named}`;
  if (kind === "start") return `<g data-place="" ${facts}>${dotText(laid)}</g>`;
  if (kind === "way") return `<g data-place="${escaped(id)}" ${facts}>${pillText(laid)}</g>`;
  if (kind === "reference") return `<g ${facts}>${pillText(laid)}</g>`;
  return `<g data-place="${escaped(id)}" ${facts}><title>${escaped(id)}</title>${cardText(laid, icons[kind])}</g>`;
}

/** The class that says a state, where there is something to say. */
const inState = (name: string, state: PictureState): string => (state === "idle" ? "" : ` ${name}-${state}`);

const dotText = ({ node: { state }, rect: { bottom, left, right, top } }: LaidNode): string =>
  `<circle class="start${inState("ink", state)}" cx="${at((left + right) / 2)}" cy="${at((top + bottom) / 2)}" r="7"/>`;

function pillText({ card, node: { kind, state }, rect }: LaidNode): string {
  const middle = (rect.left + rect.right) / 2;
  const lines = card.lines.map((line) => textAt(line, middle - line.width / 2, rect.top + 15, inState("ink", state)));
  const told = state === "idle" ? "" : ` told card-${state}`;
  return `${rectText(rect, 11, `card${kind === "reference" ? " reference" : ""}${told}`)}${lines.join("")}`;
}

/** Ends are round, work is not. */
function cardText({ card, node: { kind, state }, rect }: LaidNode, icon: string): string {
  const [isEnd, middle] = [kind === "exit", (rect.top + rect.bottom) / 2];
  const x = rect.left + (isEnd ? 6 : 0);
  const tile = { left: x + 10, right: x + 34, top: middle - 12, bottom: middle + 12 };
  const lines = card.lines.map((line, index) => {
    const y = rect.top + cardPadding.top + 12 + index * cardPadding.line;
    return textAt(line, x + cardPadding.left, y, line.style === "note" ? inState("ink", state) : "");
  });
  return [
    rectText(rect, isEnd ? (rect.bottom - rect.top) / 2 : 10, `card${state === "idle" ? "" : ` told card-${state}`}`),
    rectText(tile, 7, `tile${inState("tile", state)}`),
    `<path class="icon${inState("icon", state)}" transform="translate(${at(tile.left + 4)} ${at(tile.top + 4)})" d="${icon}"/>`,
    ...lines,
    state === "idle" ? "" : markText(state, rect.right - (isEnd ? 10 : 3), rect.top + 3),
  ].join("");
}

/** What happened, at a corner. */
export const markText = (state: Exclude<PictureState, "idle">, x: number, y: number): string =>
  `<circle class="ink-${state}" cx="${at(x)}" cy="${at(y)}" r="8"/><path class="mark" transform="translate(${at(x)} ${at(y)})" d="${marks[state]}"/>`;

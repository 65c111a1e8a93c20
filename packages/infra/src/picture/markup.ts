import type { Rect } from "./layout.ts";
import { at } from "./route.ts";
import type { CardLine } from "./sizes.ts";

export const rectText = ({ bottom, left, right, top }: Rect, radius: number, style: string): string =>
  `<rect class="${style}" x="${at(left)}" y="${at(top)}" width="${at(right - left)}" height="${at(bottom - top)}" rx="${at(radius)}"/>`;

/** It is as wide as it was measured, whichever font it is shown in. */
export function textAt({ style, text, width }: CardLine, x: number, y: number, ink = ""): string {
  if (text === "") return "";
  return `<text class="${style}${ink}" x="${at(x)}" y="${at(y)}" textLength="${at(width)}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`;
}

/** For text and for values of attributes. What no XML may hold is shown as what it is not. */
export const escaped = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
    .replaceAll(/[\u0000-\u001F\u007F\uFFFE\uFFFF\uD800-\uDFFF]/gu, "\uFFFD")
    .replaceAll(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);

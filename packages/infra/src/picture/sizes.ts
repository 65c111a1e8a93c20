import type { NodeKind, PictureEdge, PictureNode } from "@omnibase/core";
import { fitted, widthOf, type Weight } from "./measure.ts";

/** A line of text in a box, and where it begins. */
export interface CardLine {
  readonly text: string;
  readonly style: TextStyle;
  readonly width: number;
}

/** What kinds of text there are, each with its size and weight. */
export type TextStyle = "title" | "detail" | "note" | "label" | "way" | "heading" | "caption";

export const textStyles: { readonly [S in TextStyle]: { readonly size: number; readonly weight: Weight } } = {
  heading: { size: 17, weight: "semibold" },
  caption: { size: 12, weight: "regular" },
  title: { size: 13, weight: "semibold" },
  detail: { size: 11, weight: "regular" },
  note: { size: 11, weight: "semibold" },
  label: { size: 10.5, weight: "regular" },
  way: { size: 10.5, weight: "semibold" },
};

/** A box as it is drawn: its lines, and how large it is for them. */
export interface Card {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly CardLine[];
}

export const cardPadding = { left: 42, right: 14, top: 9, bottom: 9, line: 16 };
const textMost = 220;
const widthLeast = 128;

export function cardOf({ detail, kind, note, title }: Pick<PictureNode, "detail" | "kind" | "note" | "title">): Card {
  if (kind === "start") return { width: 18, height: 18, lines: [] };
  if (kind === "way" || kind === "reference") {
    const line = lineOf(title, kind === "way" ? "way" : "label");
    return { width: Math.max(56, line.width + 26), height: 22, lines: [line] };
  }
  const lines = [lineOf(title, "title"), lineOf(detail, "detail"), lineOf(note, "note")].filter(
    ({ text }) => text !== "",
  );
  const { bottom, left, line, right, top } = cardPadding;
  const widest = Math.max(...lines.map(({ width }) => width));
  return {
    width: Math.max(widthLeast, Math.ceil(widest) + left + right + endRoom(kind)),
    height: top + bottom + lines.length * line,
    lines,
  };
}

/** An end is round, and text stays away from what is round. */
const endRoom = (kind: NodeKind): number => (kind === "exit" ? 12 : 0);

export function lineOf(text: string, style: TextStyle, most: number = textMost): CardLine {
  const { size, weight } = textStyles[style];
  const shown = fitted(text, most, { size, weight });
  return { text: shown, style, width: widthOf(shown, size, weight) };
}

/** The outcomes of a line, one above the other: so a line with many needs no more room than the longest. */
export const labelLines = ({ kind, outcomes }: PictureEdge): readonly CardLine[] => {
  if (kind === "undo") return [lineOf("undo", "label")];
  if (kind === "round") return [lineOf("each round", "label")];
  return outcomes.map((outcome) => lineOf(outcome, "label", 180));
};

const lineHeight = 14;

export const labelHeight = (edge: PictureEdge): number => labelLines(edge).length * lineHeight;

export function labelWidth(edge: PictureEdge): number {
  const lines = labelLines(edge);
  return lines.length === 0 ? 0 : Math.ceil(Math.max(...lines.map(({ width }) => width))) + 12;
}

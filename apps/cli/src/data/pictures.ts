import {
  decodeRecord,
  dotOf,
  mermaidOf,
  pictureOf,
  pictureText,
  resultOf,
  walkOf,
  type ExecutionResult,
  type Graph,
  type Picture,
  type PictureSource,
  type PictureState,
} from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import type { Theme } from "@omnibase/infra/picture";
import { paintFor } from "../text/frame.ts";

export type PictureForm = "text" | "mermaid" | "dot" | "svg" | "png";

/** What is to be drawn: a graph, or a graph with the path that an execution took. */
export interface Subject {
  readonly picture: Picture;
  /** Which execution, and what it came to. */
  readonly captions: readonly string[];
}

type Open = NonNullable<PictureSource["open"]>;

export const declared = (graph: Graph, open: Open = "path"): Subject => ({
  picture: pictureOf({ graph, open }),
  captions: [],
});

export function executed(graph: Graph, lines: readonly [string, ...string[]], open: Open = "path"): Subject {
  const walk = walkOf(graph, lines.map(decodeRecord));
  const result = resultOf({ graph, lines, sha256 });
  return { picture: pictureOf({ graph, walk, open }), captions: [result.execution, headline(result)] };
}

const headline = ({ duration_ms, outcome, started_at, status }: ExecutionResult): string =>
  [status, outcome, started_at, `${String(duration_ms)} ms`].filter((word) => word !== null).join(" · ");

export interface Drawing {
  readonly theme: Theme;
  /** Whether a text may have colours. */
  readonly color?: boolean;
}

/** The libraries that draw are loaded where something is to be drawn with them. */
export async function drawn(
  form: PictureForm,
  subject: Subject,
  { color = false, theme }: Drawing,
): Promise<string | Uint8Array> {
  const { captions, picture } = subject;
  switch (form) {
    case "text":
      return pictureText(picture, { paint: painted(color) });
    case "mermaid":
      return mermaidOf(picture);
    case "dot":
      return dotOf(picture);
    case "svg": {
      const { svgOf } = await import("@omnibase/infra/picture");
      return svgOf(picture, { captions, theme });
    }
    case "png": {
      const { pngOf, svgOf } = await import("@omnibase/infra/picture");
      // A file of dots prefers nothing.
      const svg = svgOf(picture, { captions, theme: theme === "auto" ? "light" : theme });
      return pngOf(svg, bundledFonts());
    }
  }
}

function painted(color: boolean): (state: PictureState, text: string) => string {
  const { bad, bold, dim, warn } = paintFor(color);
  const tints = { idle: dim, taken: bold, refused: warn, failed: bad, waiting: warn, here: bold, "called-off": dim };
  return (state, text) => tints[state](text);
}

/** Beside the bundle, whichever part of it this code went to; sources find the fonts by themselves. */
function bundledFonts(): { readonly fontsUrl?: URL } {
  if (import.meta.url.endsWith(".ts")) return {};
  return { fontsUrl: new URL(import.meta.url.includes("/chunks/") ? "../fonts/" : "./fonts/", import.meta.url) };
}

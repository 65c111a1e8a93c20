import { readFileSync } from "node:fs";
import { decodeRecord, pictureOf, walkOf, type Graph, type Picture } from "@omnibase/core";
import { anyGraph, buildGraph, callTo, effectWork, graphOf, live, seededDice } from "@omnibase/testkit";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { regular, runs, semibold } from "./font-widths.ts";
import { pngOf, svgOf, type Theme } from "./index.ts";
import { layoutOf, type Rect } from "./layout.ts";
import { fitted, widthOf } from "./measure.ts";

const drawn = (picture: Picture, theme: Theme = "light"): string =>
  svgOf(picture, { theme, captions: ["e1", "SUCCESS"] });

const attributes = (svg: string, name: string): readonly string[] =>
  [...svg.matchAll(new RegExp(` ${name}="([^"]*)"`, "g"))].map(([, value = ""]) => value);

const told = (given: { readonly graph: Graph; readonly seed: number; readonly turns: number }): Picture => {
  const walk = walkOf(given.graph, live(given).owner.lines.map(decodeRecord));
  return pictureOf({ graph: given.graph, walk });
};

const over = (a: Rect, b: Rect): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Exits that boxes of this kind name. */
const namedBy = (kind: "way" | "reference", svg: string): readonly string[] =>
  [...svg.matchAll(new RegExp(`data-kind="${kind}" [^>]*data-names="([^"]*)"`, "g"))].map(([, names = ""]) => names);

const small = buildGraph(seededDice(12), 6);
/** The least in which boxes and ways name exits in place of lines to them. */
const large = buildGraph(seededDice(46), 7);

describe("an SVG", () => {
  it("holds every box once, with its state, and every line with where it leads", () => {
    fc.assert(
      fc.property(fc.record({ graph: anyGraph, seed: fc.nat(), turns: fc.nat(8) }), (given) => {
        const picture = told(given);
        const svg = drawn(picture);
        expect(attributes(svg, "data-place")).toEqual(picture.nodes.map(({ id }) => id));
        expect(attributes(svg, "data-group").toSorted()).toEqual(picture.groups.map(({ id }) => id).toSorted());
        expect(attributes(svg, "data-taken")).toHaveLength(picture.edges.filter(({ isTaken }) => isTaken).length);
        const leading = [...attributes(svg, "data-to"), ...namedBy("way", svg).flatMap((names) => names.split(" "))];
        expect(leading.toSorted()).toEqual(picture.edges.map(({ to }) => to).toSorted());
      }),
      { numRuns: 8, examples: [[{ graph: large, seed: 0, turns: 0 }]] },
    );
  });

  it("says where a line leads that ends at the name of an exit", () => {
    const svg = drawn(pictureOf({ graph: large }));
    expect(namedBy("reference", svg)).toEqual(["EXIT_1", "EXIT_1"]);
    expect(namedBy("way", svg)).toEqual(["EXIT_1"]);
    expect(attributes(svg, "data-to").filter((to) => to === "EXIT_1")).toHaveLength(3);
    expect(svg).not.toContain("→ 0");
  });

  it("is the same bytes again", () => {
    expect(drawn(pictureOf({ graph: small }))).toBe(drawn(pictureOf({ graph: small })));
  });

  it("puts no box over another, and every box into its group", () => {
    const { groups, nodes } = layoutOf(pictureOf({ graph: small, open: "all" }));
    const pairs = nodes.flatMap((one, at) => nodes.slice(at + 1).map((other) => [one.rect, other.rect] as const));
    expect(pairs.filter(([one, other]) => over(one, other))).toEqual([]);
    const frames = new Map(groups.map(({ group, rect }) => [group.id, rect]));
    for (const { node, rect } of nodes) {
      const frame = frames.get(node.group ?? "") ?? rect;
      expect([
        rect.left >= frame.left,
        rect.right <= frame.right,
        rect.top >= frame.top,
        rect.bottom <= frame.bottom,
      ]).toEqual([true, true, true, true]);
    }
  });

  it("puts no box into a group of others, also where constraints would make the library tear a group", () => {
    const picture = pictureOf({ graph: buildGraph(seededDice(727), 10), open: "all" });
    const { groups, nodes } = layoutOf(picture);
    const parents = new Map(picture.groups.map(({ id, parent }) => [id, parent]));
    const isIn = (group: string, at: string | undefined): boolean =>
      at !== undefined && (at === group || isIn(group, parents.get(at)));
    const strangers = groups.flatMap(({ group, rect }) =>
      nodes.filter(({ node, rect: box }) => !isIn(group.id, node.group) && over(rect, box)),
    );
    expect(strangers).toEqual([]);
  });

  it("keeps every text inside its box, however long it is", () => {
    const names = [
      "I",
      "W".repeat(90),
      "Überprüfung_ÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅ",
      "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
    ];
    for (const summary of names) {
      const graph = graphOf({ [summary]: callTo({ kind: "task", summary, actors: [], fields: {} }) });
      for (const { card } of layoutOf(pictureOf({ graph })).nodes) {
        for (const { width } of card.lines) expect(width).toBeLessThanOrEqual(card.width - 26);
      }
    }
  });

  it("holds no text that acts", () => {
    const hostile = `<script>alert("1")</script>&amp;]]>\u001b\uFFFE\uD800`;
    const graph = graphOf({ [hostile]: callTo({ kind: "task", summary: hostile, actors: [], fields: {} }) });
    const svg = svgOf(pictureOf({ graph }), { theme: "auto", captions: [hostile] });
    const tags = new Set([...svg.matchAll(/<\/?([a-z]+)/gi)].map(([, tag]) => tag));
    expect(tags).toEqual(new Set(["svg", "title", "style", "rect", "text", "g", "circle", "path"]));
    expect(svg).not.toMatch(/&(?!#\d+;)/);
    // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
    expect(svg).not.toMatch(/[\u0000-\u0009\u000B-\u001F\uFFFE]|[\uD800-\uDFFF]/u);
  });

  it("has the colours of its theme, and both where the reader decides", () => {
    const picture = pictureOf({ graph: small });
    expect(drawn(picture, "light")).not.toContain("@media");
    expect(drawn(picture, "dark")).toContain(".ground,.halo{fill:#0f141b}");
    expect(drawn(picture, "auto")).toContain("@media (prefers-color-scheme:dark){.ground,.halo{fill:#0f141b}");
  });

  it("explains only the states that it shows", () => {
    expect(drawn(pictureOf({ graph: small }))).not.toContain("waiting</text>");
    expect(drawn(told({ graph: small, seed: 5, turns: 0 }))).toContain(">taken</text>");
  });

  it("is refused where it would be too large to look at", () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`E${String(at)}`, callTo(effectWork())]));
    expect(() => drawn(pictureOf({ graph: graphOf(many) }))).toThrow(
      "a picture of 1001 boxes and 501 lines is too large",
    );
  });
});

describe("a PNG", () => {
  it("is drawn with the fonts that are shipped, and the same again", async () => {
    const svg = drawn(told({ graph: small, seed: 5, turns: 6 }));
    const [png, again] = [await pngOf(svg), await pngOf(svg)];
    expect(Buffer.from(png).toString("latin1", 1, 4)).toBe("PNG");
    expect(Buffer.from(png).equals(Buffer.from(again))).toBe(true);
    const blank = await pngOf(svg.replaceAll(/<text.*?<\/text>/g, ""));
    expect(png.length).toBeGreaterThan(blank.length * 1.3);
  });

  it("is not drawn without its fonts", async () => {
    await expect(pngOf("<svg/>", { fontsUrl: new URL("./nowhere/", import.meta.url) })).rejects.toThrow("ENOENT");
  });
});

describe("a text", () => {
  it("is as wide as the fonts say", () => {
    for (const [name, widths] of [
      ["regular", regular],
      ["semibold", semibold],
    ] as const) {
      const advance = advancesIn(readFileSync(new URL(`../../assets/inter-${name}.ttf`, import.meta.url)));
      const points = runs.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at));
      expect(points.map(advance)).toEqual(widths);
    }
  });

  it("is cut with an ellipsis where it does not fit", () => {
    const style = { size: 12, weight: "regular" } as const;
    expect(fitted("short", 100, style)).toBe("short");
    const cut = fitted("a text that is much too long", 60, style);
    expect(cut).toBe("a text th…");
    expect(widthOf(cut, 12, "regular")).toBeLessThanOrEqual(60);
  });
});

/** Reads a TrueType font as its format says: `cmap` of format 4 for the glyphs, `hmtx` for how wide they are. */
function advancesIn(font: Buffer): (point: number) => number {
  const table = (tag: string): number => {
    for (let at = 12; ; at += 16) if (font.toString("latin1", at, at + 4) === tag) return font.readUInt32BE(at + 8);
  };
  const [cmap, hhea, hmtx] = [table("cmap"), table("hhea"), table("hmtx")];
  const metrics = font.readUInt16BE(hhea + 34);
  const subtables = Array.from(
    { length: font.readUInt16BE(cmap + 2) },
    (_, at) => cmap + font.readUInt32BE(cmap + 8 + at * 8),
  );
  const format4 = subtables.find((at) => font.readUInt16BE(at) === 4) ?? 0;
  const segments = font.readUInt16BE(format4 + 6) / 2;
  const field = (part: number, at: number): number => format4 + 14 + part * segments * 2 + at * 2 + (part > 0 ? 2 : 0);
  return (point) => {
    const at =
      Array.from({ length: segments }, (_, index) => index).find(
        (index) => font.readUInt16BE(field(0, index)) >= point,
      ) ?? 0;
    const [first, delta, offset] = [1, 2, 3].map((part) => font.readUInt16BE(field(part, at)));
    const place = field(3, at) + (offset ?? 0) + 2 * (point - (first ?? 0));
    const glyph = offset === 0 ? (point + (delta ?? 0)) & 0xffff : (font.readUInt16BE(place) + (delta ?? 0)) & 0xffff;
    return font.readUInt16BE(hmtx + Math.min(glyph, metrics - 1) * 4);
  };
}

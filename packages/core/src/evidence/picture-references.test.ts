import { describe, expect, it } from "vitest";
import { withReferences } from "./picture-references.ts";
import type { Picture, PictureEdge, PictureNode } from "./picture.ts";

const node = (id: string, changes: Partial<PictureNode> = {}): PictureNode => ({
  id,
  kind: "operate",
  title: id,
  detail: "",
  note: "",
  state: "idle",
  ...changes,
});

const way = (from: string, to: string, isTaken = false): PictureEdge => ({
  from,
  to,
  kind: "way",
  outcomes: ["X"],
  isTaken,
  isUsual: false,
});

const names = Array.from({ length: 30 }, (_, at) => `P${String(at)}`);

/** Thirty boxes of which some lead to one end, and a way out of a group that does so, too. */
const picture = (...leading: readonly PictureEdge[]): Picture => ({
  workflow: "demo::WF_V0",
  nodes: [
    ...names.map((name) => node(name)),
    node("CC BAD", { kind: "way", title: "VIOLATION", group: "CC" }),
    node("BAD", { kind: "exit" }),
    node("OTHER", { kind: "exit" }),
  ],
  groups: [],
  edges: leading,
});

const linesIn = ({ edges }: Picture): readonly string[] => edges.map(({ from, to }) => `${from} > ${to}`);

describe("references", () => {
  it("name an end where most of many lines to it are not drawn", () => {
    const edges = [way("P1", "BAD"), way("P2", "BAD", true), way("P9", "BAD"), way("P3", "BAD"), way("P4", "P5")];
    const seen = withReferences(picture(...edges));
    expect(linesIn(seen)).toEqual(["P1 > P1 → 0", "P2 > BAD", "P9 > BAD", "P3 > P3 → 1", "P4 > P5"]);
    const references = seen.nodes.filter(({ kind }) => kind === "reference");
    expect(references.map((one) => [one.id, one.title, one.names])).toEqual([
      ["P1 → 0", "BAD", ["BAD"]],
      ["P3 → 1", "BAD", ["BAD"]],
    ]);
  });

  it("stand in the name of a way that leads nowhere else", () => {
    const many = [way("P1", "BAD"), way("P2", "BAD"), way("CC BAD", "BAD"), way("BAD", "BAD")];
    const seen = withReferences(picture(...many));
    expect(linesIn(seen)).toEqual(["P1 > P1 → 0", "P2 > P2 → 1", "BAD > BAD"]);
    expect(seen.nodes.find(({ id }) => id === "CC BAD")).toMatchObject({ title: "VIOLATION → BAD", names: ["BAD"] });
    const elsewhere = withReferences(picture(...many, way("CC BAD", "OTHER")));
    expect(linesIn(elsewhere)).toContain("CC BAD > CC BAD → 2");
    expect(elsewhere.nodes.find(({ id }) => id === "CC BAD")?.title).toBe("VIOLATION");
  });

  it("are not needed where few lines lead to an end, nor in a small picture", () => {
    const few = picture(way("P1", "BAD"), way("P2", "BAD"), way("P3", "BAD"));
    expect(withReferences(few)).toEqual(few);
    const { nodes, ...rest } = picture(way("P1", "BAD"), way("P2", "BAD"), way("P3", "BAD"), way("P4", "BAD"));
    const small = { ...rest, nodes: nodes.slice(20) };
    expect(withReferences(small)).toBe(small);
  });
});

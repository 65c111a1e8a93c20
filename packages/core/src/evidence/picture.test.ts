import { anyGraph, callTo, effectWork, fact, graphOf, live, logOf } from "@omnibase/testkit";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeRecord } from "../execution/decode.ts";
import type { ExecutionEvent } from "../execution/events.ts";
import { placeOf } from "../execution/position.ts";
import type { CallPlace, ExitPlace, Graph } from "../graph/graph.ts";
import { pictureOf } from "./picture.ts";
import type { Picture, PictureSource } from "./picture.ts";
import { walkOf } from "./walk.ts";

const { ended, settled, started } = fact;

type Open = NonNullable<PictureSource["open"]>;

const drawn = (graph: Graph, log: readonly ExecutionEvent[] = [], open?: Open): Picture =>
  pictureOf({
    graph,
    ...(log.length === 0 ? {} : { walk: walkOf(graph, logOf(log).map(decodeRecord)) }),
    ...(open === undefined ? {} : { open }),
  });

const nodesIn = ({ nodes }: Picture): Readonly<Record<string, string>> =>
  Object.fromEntries(nodes.map(({ id, note, state }) => [id, note === "" ? state : `${state}: ${note}`]));

const edgesIn = ({ edges }: Picture): readonly string[] =>
  edges.map(({ from, isTaken, kind, outcomes, to }) => {
    const by = kind === "way" ? outcomes.join(",") : kind;
    return `${from} ${isTaken ? "=" : "-"}${by}> ${to}`;
  });

const end: ExitPlace = { kind: "exit", class: "completed", reason: "COMPLETED", outcome: "DONE", outputs: {} };
const make: CallPlace["work"] = { kind: "transform", capability: "std::CT_MAKE_V0", implementation: "make@1" };

/** An intent, a contract of two steps that is left in two ways, a map with what undoes it, and three ends. */
const graph: Graph = {
  format: "omnibase-graph/1",
  workflow: "demo::WF_V0",
  start: "IN",
  places: {
    IN: callTo(
      { kind: "admit", fields: {} },
      { outcomes: ["ACK", "NACK"], edges: { ACK: { to: "CC/make" }, NACK: { to: "BAD" } } },
    ),
    "CC/make": callTo(make, {
      scope: "CC",
      missing: { leave: "VIOLATION" },
      outcomes: ["SUCCESS", "VIOLATION"],
      edges: { SUCCESS: { to: "CC/keep" }, VIOLATION: { leave: "VIOLATION" } },
    }),
    "CC/keep": callTo(effectWork(), {
      scope: "CC",
      edges: { SUCCESS: { leave: "SUCCESS" }, FAILED: { leave: "VIOLATION" }, ERROR: { leave: "VIOLATION" } },
    }),
    EACH: callTo(
      { kind: "map", body: "EACH/do", itemsMax: 3, parallel: 2, succeeds: ["SUCCESS"], stops: true },
      {
        inputs: { over: { kind: "literal", value: [1, 2] } },
        undo: { place: "EACH/undo", on: ["SUCCESS"] },
        edges: { SUCCESS: { to: "END", also: ["OTHER"] }, ITEM_FAILED: { to: "BAD" } },
      },
    ),
    "EACH/do": callTo(make, { scope: "EACH", edges: { SUCCESS: { leave: "SUCCESS" } } }),
    "EACH/undo": callTo(make, { edges: { SUCCESS: { undone: true } } }),
    OTHER: callTo({ kind: "wait", signal: "GO" }, { edges: { RECEIVED: { to: "END" } } }),
    END: { ...end, join: "all" },
    BAD: { ...end, class: "rejected", undoes: true },
  },
  scopes: {
    CC: {
      code: "demo::CC_V0",
      exits: {
        SUCCESS: { outputs: {}, to: "EACH" },
        VIOLATION: { outputs: {}, outcome: "REFUSED", to: "BAD", also: ["END"] },
      },
    },
    EACH: { code: "demo::CC_DO_V0", exits: { SUCCESS: { outputs: {}, back: true } } },
  },
};

describe("a picture of what is declared", () => {
  it("shows every place, contracts as groups, and one line from each way out of a contract", () => {
    const picture = drawn(graph);
    expect(picture.nodes.map(({ group, id, title }) => [id, title, group])).toEqual([
      ["", "", undefined],
      ["IN", "IN", undefined],
      ["CC/make", "make", "CC"],
      ["CC/keep", "keep", "CC"],
      ["EACH", "EACH", undefined],
      ["OTHER", "OTHER", undefined],
      ["EACH/do", "do", "EACH"],
      ["EACH/undo", "EACH/undo", undefined],
      ["END", "END", undefined],
      ["BAD", "BAD", undefined],
      ["CC VIOLATION", "REFUSED", "CC"],
      ["CC SUCCESS", "SUCCESS", "CC"],
      ["EACH SUCCESS", "SUCCESS", "EACH"],
    ]);
    expect(new Set(picture.nodes.map(({ state }) => state))).toEqual(new Set(["idle"]));
    expect(picture.groups).toEqual([
      { id: "CC", title: "CC", detail: "CC_V0", state: "idle" },
      { id: "EACH", title: "EACH", detail: "CC_DO_V0", state: "idle" },
    ]);
    expect(edgesIn(picture).toSorted()).toEqual([
      " -start> IN",
      "CC SUCCESS -> EACH",
      "CC VIOLATION -> BAD",
      "CC VIOLATION -> END",
      "CC/keep -> CC SUCCESS",
      "CC/keep -FAILED,ERROR> CC VIOLATION",
      "CC/make -SUCCESS> CC/keep",
      "CC/make -VIOLATION,INPUT_MISSING> CC VIOLATION",
      "EACH -ITEM_FAILED> BAD",
      "EACH -SUCCESS> END",
      "EACH -SUCCESS> OTHER",
      "EACH -round> EACH/do",
      "EACH -undo> EACH/undo",
      "EACH/do -> EACH SUCCESS",
      "IN -ACK> CC/make",
      "IN -NACK> BAD",
      "OTHER -RECEIVED> END",
    ]);
  });

  it("says what is done at each place", () => {
    const works: readonly CallPlace["work"][] = [
      effectWork(),
      { kind: "operate", capability: "std::CS_KEEP_V0", operation: "registry.REGISTER", store: "demo::S/KEPT" },
      { kind: "wait", forMs: 500 },
      { kind: "wait" },
      { kind: "task", summary: "look ".repeat(20), actors: [], fields: {} },
      { kind: "child", workflow: "demo::WF_SUB_V0" },
      { kind: "loop", body: "WORK/do", roundsMax: 7, again: [] },
      { kind: "loop", body: "WORK/do", roundsMax: 1, again: [] },
    ];
    const details = works.map((work) => {
      const places = { WORK: callTo(work), "WORK/do": callTo(make, { scope: "WORK", edges: {} }) };
      const scopes = { WORK: { code: "demo::CC_V0", exits: {} } };
      return drawn({ ...graphOf(places), scopes }).nodes.find(({ id }) => id === "WORK")?.detail;
    });
    expect(details).toEqual([
      "CS_MAIL · SEND",
      "CS_KEEP_V0 · REGISTER",
      "waits 500 ms",
      "waits until a time",
      "task · look look look look look look look look l…",
      "workflow · WF_SUB_V0",
      "again, at most 7 times",
      "again, at most once",
    ]);
    expect(drawn(graph).nodes.flatMap(({ detail }) => (detail === "" ? [] : [detail]))).toEqual([
      "intent",
      "CT_MAKE_V0",
      "CS_MAIL · SEND",
      "each item, 2 at once",
      "signal · GO",
      "CT_MAKE_V0",
      "CT_MAKE_V0",
      "completed · DONE",
      "rejected, undoes · DONE",
    ]);
  });

  it("closes contracts, and hides rounds behind their map", () => {
    const picture = drawn(graph, [], "none");
    expect(picture.groups).toEqual([]);
    expect(picture.nodes.map(({ detail, id, kind }) => `${id} ${kind} ${detail}`)).toContain("CC contract CC_V0");
    expect(edgesIn(picture).toSorted()).toEqual([
      " -start> IN",
      "CC -REFUSED> BAD",
      "CC -REFUSED> END",
      "CC -SUCCESS> EACH",
      "EACH -ITEM_FAILED> BAD",
      "EACH -SUCCESS> END",
      "EACH -SUCCESS> OTHER",
      "EACH -undo> EACH/undo",
      "IN -ACK> CC",
      "IN -NACK> BAD",
      "OTHER -RECEIVED> END",
    ]);
  });
});

const passed = (...steps: readonly (readonly [string, string])[]): ExecutionEvent => ({
  type: "Passed",
  steps: steps.map(([place, outcome]) => ({ place, outcome })),
});

describe("a picture of an execution", () => {
  const kept: ExecutionEvent = { ...settled, place: "CC/keep" };
  const rounds = passed(["EACH[0]/do", "SUCCESS"], ["EACH[1]/do", "SUCCESS"]);
  const through = [started, passed(["IN", "ACK"], ["CC/make", "SUCCESS"]), kept, rounds];

  it("shows the path, and where it stands", () => {
    const picture = drawn(graph, through);
    expect(nodesIn(picture)).toMatchObject({
      "": "taken",
      IN: "taken",
      "CC/make": "taken",
      "CC/keep": "taken: 1000 ms",
      "CC SUCCESS": "taken",
      "CC VIOLATION": "idle",
      EACH: "taken",
      "EACH/do": "taken: 2 times",
      "EACH/undo": "idle",
      OTHER: "waiting: waits",
      END: "waiting: waits for others",
      BAD: "idle",
    });
    expect(edgesIn(picture).filter((edge) => edge.includes("="))).toEqual([
      " =start> IN",
      "IN =ACK> CC/make",
      "CC/make =SUCCESS> CC/keep",
      "CC/keep => CC SUCCESS",
      "EACH =SUCCESS> END",
      "EACH =SUCCESS> OTHER",
      "EACH =round> EACH/do",
      "EACH/do => EACH SUCCESS",
      "CC SUCCESS => EACH",
    ]);
    expect(picture.groups.map(({ state }) => state)).toEqual(["taken", "taken"]);
  });

  it("adds up what happened in a closed contract", () => {
    const nodes = nodesIn(drawn(graph, through, "none"));
    expect(nodes).toMatchObject({ CC: "taken: 1000 ms", EACH: "taken" });
  });

  it("tells an end that refuses", () => {
    const refused: ExecutionEvent = { ...ended, class: "rejected", exit: "BAD" };
    expect(nodesIn(drawn(graph, [started, passed(["IN", "NACK"]), refused]))).toMatchObject({ BAD: "refused" });
  });

  it("opens of a large graph only the contracts that the path went through", () => {
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [
        `C${String(at)}/do`,
        callTo(effectWork(), { scope: `C${String(at)}`, edges: { SUCCESS: { leave: "SUCCESS" } } }),
      ]),
    );
    const scopes = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [
        `C${String(at)}`,
        { code: "demo::CC_V0", exits: { SUCCESS: { outputs: {}, to: at < 29 ? `C${String(at + 1)}/do` : "END" } } },
      ]),
    );
    const spare = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`E${String(at)}`, end]));
    const large: Graph = { ...graphOf({ ...many, ...spare }), scopes };
    const picture = drawn(large, [started, { ...settled, place: "C0/do" }]);
    expect(picture.groups.map(({ id }) => id)).toEqual(["C0", "C1"]);
    expect(drawn(large).groups).toEqual([]);
    expect(drawn(large, [], "all").groups).toHaveLength(30);
  });
});

describe("of any execution of any graph", () => {
  const fate = fc.record({ graph: anyGraph, seed: fc.nat(), turns: fc.nat(12) });

  it("every place is drawn once, and the lines that are taken are those that the log tells of", () => {
    fc.assert(
      fc.property(fate, (given) => {
        const { owner } = live(given);
        const walk = walkOf(given.graph, owner.lines.map(decodeRecord));
        const picture = pictureOf({ graph: given.graph, walk, open: "all" });
        const works = picture.nodes.filter(({ kind }) => kind !== "start" && kind !== "way").map(({ id }) => id);
        expect(works.toSorted()).toEqual(Object.keys(given.graph.places).toSorted());
        const left = walk.moments.flatMap((moment) =>
          moment.kind === "left" && moment.left !== undefined && given.graph.places[moment.visit.place]?.kind === "call"
            ? [placeOf(moment.visit.position)]
            : [],
        );
        const sources = picture.edges
          .filter(({ isTaken, kind, from }) => isTaken && kind === "way" && given.graph.places[from] !== undefined)
          .map(({ from }) => from);
        const undoing = new Set(picture.edges.filter(({ kind }) => kind === "undo").map(({ to }) => to));
        expect(new Set(sources)).toEqual(new Set(left.filter((place) => !undoing.has(place))));
      }),
      { numRuns: 40 },
    );
  });
});

import { changed, constructsProject, documentsOf, testOptions, type Edit } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { Graph } from "../graph/graph.ts";
import { present } from "../value/present.ts";
import { compile } from "./compile.ts";

function graphOf(edits: readonly Edit[] = []): Graph {
  const { compiled, problems } = compile(documentsOf(changed(constructsProject, edits)), testOptions);
  expect(problems).toEqual([]);
  return present(present(compiled).graphs["demo::WF_ALL_V0"]);
}

const graph = graphOf();
const { places, scopes } = graph;

describe("a map", () => {
  it("goes round its contract, whose every end leads back", () => {
    expect(places["EACH"]).toEqual({
      kind: "call",
      work: { kind: "map", body: "EACH/look", itemsMax: 10, parallel: 2, succeeds: ["SUCCESS", "AGAIN"], stops: false },
      inputs: { over: { kind: "payload", path: ["items"] } },
      required: ["over"],
      outcomes: ["SUCCESS", "ITEM_FAILED", "VIOLATION"],
      edges: { SUCCESS: { to: "MEET" }, ITEM_FAILED: { to: "MEET" }, VIOLATION: { to: "MEET" } },
    });
    expect(scopes["EACH"]?.exits["AGAIN"]).toEqual({
      outputs: { n: { kind: "round", of: "EACH", path: ["item", "n"] } },
      back: true,
    });
    expect(Object.keys(scopes["EACH"]?.exits ?? {})).toEqual(["SUCCESS", "AGAIN", "VIOLATION"]);
  });

  it("binds the item and its index, of which only the index is certain", () => {
    expect(places["EACH/look"]).toMatchObject({
      scope: "EACH",
      inputs: {
        left: { kind: "round", of: "EACH", path: ["item", "n"] },
        right: { kind: "round", of: "EACH", path: ["index"] },
      },
      missing: { leave: "VIOLATION" },
    });
    const byIndex = graphOf([["WF_ALL_V0", "inputs: { n: $.it.n, at", "inputs: { n: $.index, at"]]);
    expect(byIndex.places["EACH/look"]).not.toHaveProperty("missing");
  });

  it("has defaults: one after the other, all that is admitted, and the first failure stops it", () => {
    const edits: readonly Edit[] = [
      ["WF_ALL_V0", "      as: it\n", ""],
      ["WF_ALL_V0", "$.it.n", "$.item.n"],
      [
        "WF_ALL_V0",
        "      parallel: 2\n      max: 10\n      on_failure: continue\n      succeeds: [SUCCESS, AGAIN]\n",
        "",
      ],
    ];
    expect(graphOf(edits).places["EACH"]).toMatchObject({
      work: { itemsMax: 1_000, parallel: 1, succeeds: ["SUCCESS"], stops: true },
    });
  });

  it("ends with a violation where its list may be missing", () => {
    const edits: readonly Edit[] = [["WF_ALL_V0", "over: $.payload.items", "over: $.received.items"]];
    expect(graphOf(edits).places["EACH"]).toMatchObject({ missing: { to: "MEET" } });
  });
});

describe("a loop", () => {
  it("takes what its first round reads, and binds what the last one returned", () => {
    expect(places["POLL"]).toMatchObject({
      work: { kind: "loop", body: "POLL/look", roundsMax: 5, again: ["AGAIN"], everyMs: 1_000 },
      inputs: { n: { kind: "result", of: "ASK", path: ["n"] } },
      outcomes: ["SUCCESS", "VIOLATION", "EXHAUSTED"],
    });
    expect(places["POLL/look"]).toMatchObject({ inputs: { left: { kind: "round", of: "POLL", path: ["last", "n"] } } });
  });

  it("need not pause, nor begin with anything", () => {
    const edits: readonly Edit[] = [
      ["WF_ALL_V0", "      first: { n: $.results.ASK.n }\n      inputs: { n: $.last.n", "      inputs: { n: $.index"],
      ["WF_ALL_V0", "      every: PT1S\n", ""],
    ];
    const { places: others } = graphOf(edits);
    expect(others["POLL"]).toMatchObject({ inputs: {} });
    expect(others["POLL"]).not.toHaveProperty("work.everyMs");
  });
});

it("rounds read what can be read outside, too", () => {
  const edits: readonly Edit[] = [
    ["WF_ALL_V0", "first: { n: $.results.ASK.n }\n      inputs: { n: $.last.n", "inputs: { n: $.results.ASK.n"],
    ["WF_ALL_V0", "inputs: { n: $.it.n, at: $.index }", "inputs: { n: $.it.n, at: $.received.items }"],
  ];
  const { places: others } = graphOf(edits);
  expect(others["POLL/look"]).toMatchObject({ inputs: { left: { kind: "result", of: "ASK", path: ["n"] } } });
  expect(others["EACH/look"]).toMatchObject({ inputs: { right: { kind: "received", path: ["items"] } } });
});

describe("a wait", () => {
  it("is for a time, until an instant, or for a signal", () => {
    expect(places["PAUSE"]).toMatchObject({ work: { kind: "wait", forMs: 1_000 }, inputs: {} });
    expect(places["TILL"]).toMatchObject({
      work: { kind: "wait" },
      inputs: { until: { kind: "result", of: "MEET", path: ["at"] } },
      required: ["until"],
      missing: { to: "LATE" },
    });
    expect(places["MEET"]).toMatchObject({ join: "all", work: { kind: "wait", signal: "GO", forMs: 3_600_000 } });
    expect(graph.signals).toEqual({ GO: { at: { type: "string", required: true } } });
  });

  it("for a signal need not end by itself, nor bring anything", () => {
    const edits: readonly Edit[] = [
      [
        "WF_ALL_V0",
        "      timeout: PT1H\n      next: { RECEIVED: PAUSE, TIMED_OUT: LATE }",
        "      next: { RECEIVED: PAUSE }",
      ],
      ["WF_ALL_V0", "      fields: { at: { type: string, required: true } }\n", ""],
      ["WF_ALL_V0", "until: $.results.MEET.at", 'until: "2030-01-01T00:00:00.000Z"'],
      ["WF_ALL_V0", ", at: $.results.MEET.at", ""],
    ];
    const { places: others, signals } = graphOf(edits);
    expect(others["MEET"]).toMatchObject({ work: { kind: "wait", signal: "GO" }, outcomes: ["RECEIVED"] });
    expect(others["MEET"]).not.toHaveProperty("work.forMs");
    expect(signals).toEqual({ GO: {} });
  });
});

it("a task is for its actors, and has the outcomes that its edges name", () => {
  expect(places["ASK"]).toMatchObject({
    work: {
      kind: "task",
      summary: "Think of a number",
      actors: ["demo::AC_BOSS_V0"],
      fields: { n: { type: "integer", required: true } },
      timeoutMs: 86_400_000,
    },
    inputs: { items: { kind: "payload", path: ["items"] } },
    outcomes: ["YES", "NO", "TIMED_OUT"],
  });
  const edits: readonly Edit[] = [
    [
      "WF_ALL_V0",
      "      timeout: P1D\n      next: { YES: POLL, NO: MEET, TIMED_OUT: MEET }",
      "      next: { YES: POLL }",
    ],
    ["WF_ALL_V0", "      actors: [demo::AC_BOSS_V0]\n", ""],
    ["WF_ALL_V0", "      inputs: { items: $.payload.items }\n", ""],
  ];
  expect(graphOf(edits).places["ASK"]).toMatchObject({ work: { actors: [] }, inputs: {}, outcomes: ["YES"] });
});

it("another workflow is started with what its intent takes, and what it returns is read", () => {
  expect(places["SUB"]).toMatchObject({
    work: { kind: "child", workflow: "demo::WF_SUB_V0" },
    inputs: { n: { kind: "literal", value: 1 } },
    required: [],
    outcomes: ["COMPLETED", "REJECTED", "FAILED", "CANCELLED"],
  });
  expect(places["DONE"]).toMatchObject({
    outputs: { n: { kind: "result", of: "SUB", path: ["outputs", "n"] } },
  });
  const edits: readonly Edit[] = [
    ["WF_ALL_V0", "outputs: { n: $.results.SUB.n, at", "outputs: { n: $.results.SUB.why, at"],
  ];
  expect(graphOf(edits).places["DONE"]).toMatchObject({ outputs: { n: { path: ["outputs", "why"] } } });
});

it("a workflow comes with those that it starts, and with what goes round in it", () => {
  const other = ["WF_OTHER_V0", "wf_code: WF_OTHER_V0\nversion: v0\ncore: {}\n"] as const;
  const documents = documentsOf(changed(constructsProject, [other]));
  const { compiled, problems } = compile(documents, { ...testOptions, only: "demo::WF_ALL_V0" });
  expect(problems).toEqual([]);
  expect(Object.keys(compiled?.graphs ?? {})).toEqual(["demo::WF_ALL_V0", "demo::WF_SUB_V0"]);
  expect(compiled?.authority).toEqual({
    hosts: [],
    stores: {},
    actors: { "demo::AC_BOSS_V0": "human" },
    children: ["demo::WF_SUB_V0"],
    people: ["demo::AC_BOSS_V0"],
  });
});

it("a token becomes several where an outcome leads to several nodes, and one at a join", () => {
  expect(places["ENTER"]).toMatchObject({ edges: { ACK: { to: "EACH", also: ["ASK"] } } });
  expect(places["MEET"]).toMatchObject({ join: "all" });
  const edits: readonly Edit[] = [
    ["WF_ALL_V0", "      join: all\n      signal: GO", "      join: any\n      signal: GO"],
    ["WF_ALL_V0", "ACK: [EACH, ASK]", "ACK: [EACH]"],
    [
      "WF_ALL_V0",
      "      next: { SUCCESS: MEET, ITEM_FAILED: MEET, VIOLATION: MEET }",
      "      next: { SUCCESS: ASK, ITEM_FAILED: ASK, VIOLATION: ASK }",
    ],
  ];
  const alone = graphOf(edits);
  expect(alone.places["ENTER"]).toMatchObject({ edges: { ACK: { to: "EACH" } } });
  expect(alone.places["MEET"]).not.toHaveProperty("join");
});

it("a contract waits at its first step, and an exit waits where it stands", () => {
  const one = "type: CC, code: CC_ONE_V0, inputs: { n: 1, at: 2 }";
  const text = `wf_code: WF_ALL_V0
version: v0
core:
  start_node: ENTER
  nodes:
    ENTER: { type: IN, code: IN_ALL_V0, next: { ACK: [A, B], NACK: DONE } }
    A: { ${one}, next: { SUCCESS: C, AGAIN: DONE, VIOLATION: DONE } }
    B: { ${one}, next: { SUCCESS: C, AGAIN: DONE, VIOLATION: DONE } }
    C: { ${one}, join: all, next: { SUCCESS: DONE, AGAIN: DONE, VIOLATION: DONE } }
    DONE: { type: EXIT, join: all, reason: COMPLETED, class: completed, outcome: DONE }
`;
  const { places: met } = graphOf([["WF_ALL_V0", text]]);
  expect(met["C/look"]).toMatchObject({ join: "all" });
  expect(met["DONE"]).toMatchObject({ join: "all" });
  expect(met["A/look"]).not.toHaveProperty("join");
});

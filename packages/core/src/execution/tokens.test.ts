import { callTo, effectWork, fact, graphOf, inGraph, testWorld } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { CallPlace, Graph } from "../graph/graph.ts";
import { present } from "../value/present.ts";
import { brokenLaws } from "./laws.ts";
import { decodeRecord } from "./decode.ts";
import type { ExecutionEvent } from "./events.ts";
import { machineOf } from "./machine.ts";
import { recordLine } from "./record.ts";
import { inStage, unborn } from "./state.ts";
import type { ExecutionState } from "./state.ts";

const given = inGraph;
const { cancelling, ended, started } = fact;

const stateAfter = (graph: Graph, ...log: readonly ExecutionEvent[]): ExecutionState => {
  const machine = machineOf(graph, testWorld);
  return log.reduce((current, event) => machine.evolve(current, event), unborn);
};

const settled = (place: string, outcome = "SUCCESS", value = 1): ExecutionEvent => ({
  type: "Settled",
  atMs: 2_000,
  place,
  attempt: 1,
  outcome,
  value,
});

const places = (state: ExecutionState): readonly string[] =>
  state.phase === "running" ? state.tokens.map(({ position, stage }) => `${position} ${stage.kind}`) : [state.phase];

const mapping = (changes: Partial<Extract<CallPlace["work"], { kind: "map" }>> = {}): Graph => {
  const graph = graphOf(
    {
      EACH: callTo(
        { kind: "map", body: "EACH/do", itemsMax: 3, parallel: 2, succeeds: ["SUCCESS"], stops: true, ...changes },
        {
          inputs: { over: { kind: "payload", path: ["items"] } },
          required: ["over"],
          outcomes: ["SUCCESS", "ITEM_FAILED", "VIOLATION"],
          edges: { SUCCESS: { to: "END" }, ITEM_FAILED: { to: "END" }, VIOLATION: { to: "END" } },
        },
      ),
      "EACH/do": callTo(effectWork(), {
        scope: "EACH",
        inputs: { item: { kind: "round", of: "EACH", path: ["item"] } },
        outcomes: ["SUCCESS", "DENIED"],
        edges: { SUCCESS: { leave: "SUCCESS" }, DENIED: { leave: "DENIED" } },
      }),
    },
    { each: { kind: "result", of: "EACH", path: [] } },
  );
  const outputs = { did: { kind: "result", of: "EACH/do", path: [] } } as const;
  const back = { outputs, back: true } as const;
  return { ...graph, scopes: { EACH: { code: "test::CC_DO_V0", exits: { SUCCESS: back, DENIED: back } } } };
};

const asked = (graph: Graph, ...log: readonly ExecutionEvent[]): readonly unknown[] =>
  machineOf(graph, testWorld)
    .requests(stateAfter(graph, ...log))
    .map((request) => (request.kind === "effect" ? [request.place, request.input["item"]] : request.kind));
const started3: ExecutionEvent = { ...started, input: { items: ["a", "b", "c"] } };

const paying = (idempotent: boolean): Graph => {
  const graph = graphOf({
    PAY: callTo(effectWork(), { edges: { SUCCESS: { to: "SHIP" } }, undo: { place: "PAY/undo", on: ["SUCCESS"] } }),
    "PAY/undo": callTo(effectWork({ idempotent }), {
      inputs: { was: { kind: "result", of: "PAY", path: [] } },
      required: ["was"],
      edges: { SUCCESS: { undone: true } },
    }),
    SHIP: callTo(effectWork(), {
      outcomes: ["SUCCESS", "DENIED"],
      edges: { SUCCESS: { to: "END" }, DENIED: { to: "SORRY" } },
    }),
  });
  const sorry = {
    kind: "exit",
    class: "failed",
    reason: "FAILED",
    outcome: "SORRY",
    outputs: {},
    undoes: true,
  } as const;
  return { ...graph, places: { ...graph.places, SORRY: sorry } };
};

const answer = (place: string, outcome = "SUCCESS") =>
  ({ type: "Answer", atMs: 2_000, place, attempt: 1, answer: { kind: "done", outcome, value: 1 } }) as const;

const step = (index: number): ExecutionEvent => ({
  type: "Passed",
  steps: [{ place: `EACH[${String(index)}]/do`, outcome: "SUCCESS", digest: "sha256:00" }],
});

describe("a fork", () => {
  const graph = graphOf({
    FORK: callTo(effectWork(), {
      outcomes: ["SUCCESS", "ONE"],
      edges: { SUCCESS: { to: "LEFT", also: ["RIGHT"] }, ONE: { to: "LEFT" } },
    }),
    LEFT: callTo(effectWork(), { edges: { SUCCESS: { to: "MEET" } } }),
    RIGHT: callTo(effectWork(), { edges: { SUCCESS: { to: "MEET" } } }),
    MEET: callTo(effectWork(), { join: "all" }),
  });

  it("goes on in every branch at once, and waits where they meet", () => {
    expect(places(stateAfter(graph, started, settled("FORK")))).toEqual(["LEFT open", "RIGHT open"]);
    expect(places(stateAfter(graph, started, settled("FORK"), settled("LEFT")))).toEqual([
      "MEET joining",
      "RIGHT open",
    ]);
    const both = [settled("FORK"), settled("LEFT"), settled("RIGHT")];
    expect(places(stateAfter(graph, started, ...both))).toEqual(["MEET open"]);
  });

  it("does not wait for a branch that is not gone", () => {
    expect(places(stateAfter(graph, started, settled("FORK", "ONE"), settled("LEFT")))).toEqual(["MEET open"]);
  });

  it("is answered late only where nobody can come any more", () => {
    const late = {
      type: "Answer",
      atMs: 3_000,
      attempt: 1,
      answer: { kind: "done", outcome: "SUCCESS", value: 1 },
    } as const;
    const at = ["MEET", "RIGHT"];
    given(graph, started, settled("FORK"), settled("LEFT"))
      .when({ ...late, place: "LEFT" })
      .refuses({ code: "NOT_WAITING_FOR", place: "LEFT", at });
    const both = [settled("FORK"), settled("LEFT"), settled("RIGHT")];
    given(graph, started, ...both)
      .when({ ...late, place: "LEFT" })
      .expect({ type: "LateAnswer", atMs: 3_000, place: "LEFT", attempt: 1, answer: late.answer });
  });
});

describe("a map", () => {
  it("goes through its items, so many at a time", () => {
    expect(asked(mapping(), started3)).toEqual([
      ["EACH[0]/do", "a"],
      ["EACH[1]/do", "b"],
    ]);
    expect(asked(mapping(), started3, settled("EACH[1]/do"))).toEqual([
      ["EACH[2]/do", "c"],
      ["EACH[0]/do", "a"],
    ]);
  });

  it("returns what its rounds returned in the order of the items, whatever came first", () => {
    const rounds = [settled("EACH[1]/do", "SUCCESS", 11), settled("EACH[2]/do", "SUCCESS", 12)];
    const each = {
      failed: 0,
      outcomes: ["SUCCESS", "SUCCESS", "SUCCESS"],
      results: [{ did: 10 }, { did: 11 }, { did: 12 }],
    };
    given(mapping(), started3, ...rounds)
      .when({
        type: "Answer",
        atMs: 2_000,
        place: "EACH[0]/do",
        attempt: 1,
        answer: { kind: "done", outcome: "SUCCESS", value: 10 },
      })
      .expect(settled("EACH[0]/do", "SUCCESS", 10), { ...ended, outputs: { each } });
  });

  it("begins nothing more after an item that failed, where it is told so", () => {
    const denied = settled("EACH[0]/do", "DENIED");
    expect(asked(mapping(), started3, denied)).toEqual([["EACH[1]/do", "b"]]);
    expect(asked(mapping({ stops: false }), started3, denied)).toEqual([
      ["EACH[2]/do", "c"],
      ["EACH[1]/do", "b"],
    ]);
  });

  it.each<readonly [string, typeof started, string]>([
    ["nothing to go through", { ...started, input: { items: [] } }, "SUCCESS"],
    ["too much to go through", { ...started, input: { items: [1, 2, 3, 4] } }, "VIOLATION"],
    ["no list to go through", { ...started, input: { items: "all" } }, "VIOLATION"],
  ])("is over at once where there is %s", (_, start, outcome) => {
    const decision = machineOf(mapping(), testWorld).decide({ ...start, type: "Start" }, unborn);
    const passed = { type: "Passed", steps: [{ place: "EACH", outcome }] };
    expect(decision).toMatchObject({ value: { events: [{ type: "Started" }, passed, { type: "Completed" }] } });
  });

  it("has a law broken where a value that a round returns is only a digest", () => {
    const graph = mapping();
    const transforming: Graph = {
      ...graph,
      places: {
        ...graph.places,
        "EACH/do": callTo(
          { kind: "transform", capability: "CT", implementation: "test.echo@1" },
          { scope: "EACH", edges: { SUCCESS: { to: "EACH/next" } } },
        ),
        "EACH/next": callTo(effectWork(), {
          scope: "EACH",
          inputs: { did: { kind: "result", of: "EACH/do", path: [] } },
          edges: { SUCCESS: { leave: "SUCCESS" } },
        }),
      },
    };
    const law = "a value that is read after its record stands there, and not its digest";
    expect(brokenLaws([started3, step(0), settled("EACH[0]/next")], transforming)).toContain(law);
    expect(brokenLaws([started3, step(0), settled("EACH[1]/next")], transforming)).not.toContain(law);
  });
});

describe("what can be undone", () => {
  it("is undone before an end that says so, with what was answered then", () => {
    const graph = paying(true);
    const log = [started, settled("PAY"), settled("SHIP", "DENIED")];
    expect(machineOf(graph, testWorld).requests(stateAfter(graph, ...log))).toMatchObject([
      { kind: "effect", place: "PAY/undo", input: { was: 1 } },
    ]);
    given(graph, ...log)
      .when(answer("PAY/undo"))
      .expect(settled("PAY/undo"), { ...ended, class: "failed", exit: "SORRY", outcome: "SORRY" });
  });

  it("is begun on the record where it may not be repeated", () => {
    given(paying(false), started, settled("PAY"))
      .when(answer("SHIP", "DENIED"))
      .expect(settled("SHIP", "DENIED"), { type: "AttemptStarted", place: "PAY/undo", attempt: 1 });
  });

  it("is undone when someone cancels, and nothing is said in between", () => {
    const graph = paying(true);
    const log = [started, settled("PAY"), { ...cancelling, atMs: 2_000 }, settled("SHIP")];
    given(graph, ...log)
      .when(answer("PAY/undo"))
      .expect(settled("PAY/undo"), { type: "Cancelled", reason: "enough" });
    given(graph, started, settled("PAY"), settled("SHIP", "DENIED"))
      .when({ type: "Cancel", atMs: 3_000, by: "ada", reason: "enough" })
      .refuses({ code: "ALREADY_ENDING" });
  });

  it("is not answered for before it is asked for", () => {
    const at = ["SHIP"];
    given(paying(true), started, settled("PAY"))
      .when(answer("PAY/undo"))
      .refuses({ code: "NOT_WAITING_FOR", place: "PAY/undo", at });
  });
});

describe("a child", () => {
  const graph = graphOf({
    ASK: callTo(
      { kind: "child", workflow: "test::WF_OTHER_V0" },
      { outcomes: ["COMPLETED", "FAILED"], edges: { COMPLETED: { to: "END" }, FAILED: { to: "END" } } },
    ),
  });
  const failure = { code: "BUSY", message: "no" };

  it("that could not be started has failed", () => {
    const event = {
      type: "AttemptFailed",
      atMs: 2_000,
      place: "ASK",
      attempt: 1,
      certainty: "not-done",
      failure,
    } as const;
    given(graph, started)
      .when({
        type: "Answer",
        atMs: 2_000,
        place: "ASK",
        attempt: 1,
        answer: { kind: "not-done", failure, retryable: false },
      })
      .expect(event, ended);
    expect(brokenLaws([started, event, ended], graph)).toEqual([]);
    expect(brokenLaws([started, { ...event, retryAtMs: 2_100 }], graph)).not.toEqual([]);
  });

  it("knows who asked for it, to its end", () => {
    const parent = { execution: "p1", place: "ASK[0]/all" };
    const born: ExecutionEvent = { ...started, parent };
    const line = recordLine(born, { atMs: 1_000, prev: undefined, revision: 1 });
    expect(line).toContain('"parent":{"execution":"p1","place":"ASK[0]/all"},"principal"');
    expect(decodeRecord(line).event).toEqual(born);
    expect(() => decodeRecord(line.replace(/"parent":\{[^}]*\}/, '"parent":7'))).toThrow("impossible: ");
    expect(stateAfter(graph, born, settled("ASK", "COMPLETED"), ended)).toMatchObject({ phase: "completed", parent });
    expect(stateAfter(graph, born, cancelling, { type: "Cancelled", reason: "enough" })).toMatchObject({ parent });
  });
});

describe("a wait until a time", () => {
  it.each([7, "soon"])("that is %s is a violation", (until) => {
    const graph = graphOf({
      WAIT: callTo(
        { kind: "wait" },
        {
          inputs: { until: { kind: "literal", value: until } },
          required: ["until"],
          outcomes: ["ELAPSED", "VIOLATION"],
          edges: { ELAPSED: { to: "END" }, VIOLATION: { to: "END" } },
        },
      ),
    });
    expect(machineOf(graph, testWorld).decide({ ...started, type: "Start" }, unborn)).toMatchObject({
      value: { events: [{ type: "Started" }, { steps: [{ outcome: "VIOLATION" }] }, { type: "Completed" }] },
    });
  });
});

describe("a log that cannot be", () => {
  it.each<readonly [string, ExecutionEvent]>([
    ["fires where nothing is set", { type: "TimerFired", atMs: 2_000, place: "WORK" }],
    ["fires where nothing stands", { type: "TimerFired", atMs: 2_000, place: "NOWHERE" }],
  ])("%s is a crash", (_, event) => {
    expect(() => stateAfter(graphOf({ WORK: callTo(effectWork()) }), started, event)).toThrow(/^impossible: /);
  });

  it("speaks of a round of what has none is a crash", () => {
    const state = stateAfter(graphOf({ WORK: callTo(effectWork()) }), started);
    const [token] = state.phase === "running" ? state.tokens : [];
    expect(() => inStage(present(token), "map")).toThrow("impossible: WORK is open and not map");
  });
});

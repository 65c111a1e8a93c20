import { anyGraph, fact, live, secretField, secretly, testSealer, testWorld } from "@omnibase/testkit";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Field, Fields } from "../graph/field.ts";
import type { Graph } from "../graph/graph.ts";
import type { Json } from "../value/json.ts";
import { digestOf } from "../value/sha256.ts";
import { decodeRecord } from "./decode.ts";
import type { ExecutionEvent } from "./events.ts";
import { isGiven } from "./events.ts";
import { evolve } from "./evolve.ts";
import { machineOf } from "./machine.ts";
import { programOf } from "./program.ts";
import { recordLine } from "./record.ts";
import { replay } from "./replay.ts";
import { opener, sealed } from "./sealing.ts";
import type { SealedBox } from "./sealing.ts";
import { exchanged, hasSecrets } from "./secrecy.ts";
import { unborn } from "./state.ts";
import type { ExecutionState } from "./state.ts";

const sealer = testSealer("key");
const treasure = "what nobody shall read";

/** As a host writes it. */
function logOf(graph: Graph, events: readonly ExecutionEvent[]): readonly [readonly string[], readonly SealedBox[]] {
  const [lines, boxes]: [string[], SealedBox[]] = [[], []];
  let atMs = 0;
  for (const event of events) {
    if (isGiven(event)) ({ atMs } = event);
    const revision = lines.length + 1;
    const before = lines.at(-1);
    const recorded = sealed(graph, event, { revision, sealer });
    boxes.push(...recorded.boxes);
    const prev = before === undefined ? undefined : digestOf(testWorld.sha256, before);
    lines.push(recordLine(recorded.event, { atMs, prev, revision }));
  }
  return [lines, boxes];
}

/** A life that begins with a secret. */
const secretLife = (graph: Graph, seed: number): ReturnType<typeof live> =>
  live({ graph, seed, turns: 40 }, (of, world) => {
    const machine = machineOf(of, world);
    return {
      ...machine,
      decide: (command, state) => {
        if (command.type !== "Start") return machine.decide(command, state);
        const input: Json = JSON.parse(JSON.stringify(command.input).replace('"ada"', JSON.stringify(treasure)));
        return machine.decide({ ...command, input }, state);
      },
    };
  });

/** Nothing is known of what is sent where no intent says it. */
const anySecretive: fc.Arbitrary<Graph> = anyGraph.map(secretly).filter(({ places, start }) => {
  const first = places[start];
  return first?.kind === "call" && first.work.kind === "admit";
});

/** Where an execution stands, without what it knows. */
const standing = (state: ExecutionState): unknown =>
  state.phase === "running"
    ? [
        state.tokens.map(({ position, stage }) => [position, stage.kind]),
        [...state.rounds.keys()],
        state.undoable.length,
      ]
    : state.phase;

describe("whatever a graph with secrets comes to", () => {
  it("shows no secret in any record, opens to what happened, and replays to the same bytes", () => {
    let told = 0;
    fc.assert(
      fc.property(anySecretive, fc.nat(), (graph, seed) => {
        const { events } = secretLife(graph, seed).owner;
        const [lines, boxes] = logOf(graph, events);
        expect(lines.join("\n")).not.toContain(treasure);
        const open = opener(graph, { boxes, sealer });
        const clear = events.map((event, at) => recordLine(event, { atMs: 0, prev: undefined, revision: at + 1 }));
        const opened = lines.map((line) => open(decodeRecord(line)));
        expect(opened.map(({ event, revision }) => recordLine(event, { atMs: 0, prev: undefined, revision }))).toEqual(
          clear,
        );
        expect(replay(graph, testWorld, lines, { boxes, sealer }).kind).toBe("same");
        told += Number(clear.slice(1).join("").includes(treasure));
      }),
      { numRuns: 300 },
    );
    // Otherwise nothing was told on.
    expect(told).toBeGreaterThan(5);
  });

  it("stands at the same places for whoever cannot open its records", () => {
    fc.assert(
      fc.property(anySecretive, fc.nat(), (graph, seed) => {
        const { events } = secretLife(graph, seed).owner;
        const [lines] = logOf(graph, events);
        const program = programOf(graph);
        let [state, blind]: [ExecutionState, ExecutionState] = [unborn, unborn];
        for (const [index, event] of events.entries()) {
          state = evolve(program, state, event);
          blind = evolve(program, blind, decodeRecord(lines[index] ?? "").event);
          expect(standing(blind)).toEqual(standing(state));
        }
      }),
      { numRuns: 150 },
    );
  });
});

const pin = { type: "string", required: true, secret: true } as const;
const plain: Field = { type: "string", required: true };
const object = (more: Partial<Field>): Field => ({ type: "object", required: true, ...more });

/** What is left to be read of an input of these fields, and the pointers to what is not. */
function seenOf(fields: Fields, input: Json): readonly [Json, readonly string[]] {
  const graph: Graph = {
    format: "omnibase-graph/1",
    workflow: "test::WF_V0",
    start: "IN",
    places: {
      IN: { kind: "call", work: { kind: "admit", fields }, inputs: {}, required: [], outcomes: [], edges: {} },
    },
    scopes: {},
  };
  const pointers: string[] = [];
  const event = exchanged(graph, { ...fact.started, input }, (pointer) => {
    pointers.push(pointer.slice("/input".length));
    return "?";
  });
  return [event.type === "Started" ? event.input : null, pointers];
}

describe("of what is said, nobody reads", () => {
  it.each<readonly [string, Fields, Json, Json]>([
    ["a field that is secret", { pin, plain }, { pin: "1", plain: "2" }, { pin: "?", plain: "2" }],
    [
      "a field of a field",
      { a: object({ fields: { pin, plain } }) },
      { a: { pin: "1", plain: "2" } },
      { a: { pin: "?", plain: "2" } },
    ],
    [
      "any field of one that is secret",
      { a: object({ secret: true, fields: { plain } }) },
      { a: { plain: "2" } },
      { a: { plain: "?" } },
    ],
    ["an object of which nothing is declared", { a: object({ secret: true }) }, { a: { x: 1 } }, { a: "?" }],
    [
      "an object that may hold others, where it is secret",
      { a: object({ secret: true, fields: {}, others: plain }) },
      { a: { x: 1 } },
      { a: "?" },
    ],
    [
      "others that are secret",
      { a: object({ fields: { plain }, others: pin }) },
      { a: { plain: "1", x: "2" } },
      { a: { plain: "1", x: "?" } },
    ],
    ["others alone that are secret", { a: object({ others: pin }) }, { a: { x: "2" } }, { a: { x: "?" } }],
    [
      "any way to be something, where one is secret",
      { a: { type: "any", required: true, any_of: [pin, plain] } },
      { a: { x: 1 } },
      { a: "?" },
    ],
    [
      "items that are secret",
      { a: { type: "array", required: true, items: pin } },
      { a: ["1", null] },
      { a: ["?", null] },
    ],
    [
      "a list that is secret",
      { a: { type: "array", required: true, secret: true, items: plain } },
      { a: ["1"] },
      { a: "?" },
    ],
    ["a text where a list is declared", { a: { type: "array", required: true, items: pin } }, { a: "1" }, { a: "?" }],
    ["what is not declared beside a secret", { pin }, { pni: "1" }, { pni: "?" }],
    ["what is no object, where one with secrets was wanted", { pin }, "1", "?"],
  ])("%s", (_, fields, input, seen) => {
    expect(seenOf(fields, input)[0]).toEqual(seen);
  });

  it("that there is nothing, which everybody may know", () => {
    expect(seenOf({ pin, a: object({ secret: true }) }, { pin: null, a: null })).toEqual([{ pin: null, a: null }, []]);
  });

  it("nothing of it, where nothing is secret", () => {
    expect(seenOf({ plain }, { plain: "1", x: 2 })).toEqual([{ plain: "1", x: 2 }, []]);
  });

  it("what is named so that it could be taken for another", () => {
    const fields = { "a/b": pin, a: object({ fields: { b: pin } }) };
    expect(seenOf(fields, { "a/b": "1", a: { b: "2" } })[1]).toEqual(["/a~1b", "/a/b"]);
  });
});

describe("a record with secrets", () => {
  const places = {
    WORK: {
      kind: "call",
      work: { kind: "task", summary: "", actors: [], fields: { pin } },
      inputs: {},
      required: [],
      outcomes: [],
      edges: {},
    },
    CALL: {
      kind: "call",
      work: { kind: "wait" },
      inputs: {},
      required: [],
      outcomes: [],
      edges: {},
      answers: { token: secretField },
    },
  } as const;
  const graph: Graph = {
    format: "omnibase-graph/1",
    workflow: "w",
    start: "WORK",
    places,
    scopes: {},
    signals: { SAY: { pin } },
  };
  const given = { atMs: 1, by: "ada" } as const;

  it.each<readonly [ExecutionEvent, string]>([
    [
      { type: "Settled", atMs: 1, place: "CALL[2]", attempt: 1, outcome: "SUCCESS", value: { token: treasure } },
      "/value/token",
    ],
    [
      {
        type: "LateAnswer",
        atMs: 1,
        place: "CALL",
        attempt: 1,
        answer: { kind: "done", outcome: "X", value: { token: treasure } },
      },
      "/answer/value/token",
    ],
    [
      {
        type: "IncidentResolved",
        ...given,
        place: "CALL",
        resolution: { kind: "done", outcome: "X", value: { token: treasure } },
      },
      "/value/token",
    ],
    [{ type: "Signalled", ...given, id: "1", name: "SAY", value: { pin: treasure } }, "/value/pin"],
    [{ type: "TaskSettled", ...given, place: "WORK", outcome: "X", value: { pin: treasure } }, "/value/pin"],
    [
      {
        type: "Passed",
        steps: [
          { place: "WORK", outcome: "X" },
          { place: "CALL", outcome: "X", value: treasure },
        ],
      },
      "/steps/1/value",
    ],
  ])("is opened where it was sealed, and nowhere else: $0.type", (event, pointer) => {
    const recorded = sealed(graph, event, { revision: 3, sealer });
    expect(recorded.boxes.map((box) => [box.revision, box.pointer])).toEqual([[3, pointer]]);
    const record = { revision: 3, prev: undefined, atMs: 1, event: recorded.event };
    expect(JSON.stringify(recorded.event)).not.toContain(treasure);
    expect(opener(graph, { boxes: recorded.boxes, sealer })(record).event).toEqual(event);
    const elsewhere = { ...record, revision: 4 };
    expect(() => opener(graph, { boxes: recorded.boxes, sealer })(elsewhere)).toThrow("was not sealed there");
    expect(() => opener(graph, { boxes: recorded.boxes, sealer: testSealer("other") })(record)).toThrow("impossible");
    expect(() => opener(graph, { boxes: recorded.boxes, sealer })({ ...record, event })).toThrow("impossible");
  });

  it.each<ExecutionEvent>([
    {
      type: "LateAnswer",
      atMs: 1,
      place: "CALL",
      attempt: 1,
      answer: { kind: "unknown", failure: { code: "A", message: "b" } },
    },
    { type: "LateAnswer", atMs: 1, place: "CALL", attempt: 1, answer: 7 },
    { type: "IncidentResolved", ...given, place: "CALL", resolution: { kind: "retry" } },
    { type: "Signalled", ...given, id: "1", name: "toString", value: { pin: treasure } },
    { type: "TaskSettled", ...given, place: "CALL", outcome: "X", value: { pin: treasure } },
    { type: "TaskSettled", ...given, place: "NOWHERE", outcome: "X", value: { pin: treasure } },
    { type: "Settled", atMs: 1, place: "WORK", attempt: 1, outcome: "SUCCESS", value: { token: treasure } },
    { type: "Settled", atMs: 1, place: "NOWHERE", attempt: 1, outcome: "SUCCESS", value: { token: treasure } },
    fact.ended,
  ])("is as it was where nothing is declared to be secret: $type", (event) => {
    expect(sealed(graph, event, { revision: 1, sealer })).toEqual({ event, boxes: [] });
  });

  it("is as it was where nothing can be said", () => {
    const { signals: _, ...silent } = graph;
    const event: ExecutionEvent = { type: "Signalled", ...given, id: "1", name: "SAY", value: { pin: treasure } };
    expect(sealed(silent, event, { revision: 1, sealer })).toEqual({ event, boxes: [] });
  });

  it("is expected of a graph that says so anywhere, and of no other", () => {
    expect(hasSecrets(graph)).toBe(true);
    expect(hasSecrets({ ...graph, signals: {} })).toBe(true);
    expect(hasSecrets({ ...graph, places: { CALL: places.CALL }, signals: {} })).toBe(true);
    expect(hasSecrets({ ...graph, places: {} })).toBe(true);
    const { signals: _, ...silent } = graph;
    expect(hasSecrets({ ...silent, places: { CALL: { ...places.CALL, answers: {} } } })).toBe(true);
    expect(
      hasSecrets({
        ...silent,
        places: { END: { kind: "exit", class: "completed", reason: "", outcome: "", outputs: {} } },
      }),
    ).toBe(false);
  });
});

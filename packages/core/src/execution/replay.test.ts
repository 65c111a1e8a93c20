import { anyGraph, callTo, graphOf, live, newOwner, stepOf, testTransforms, testWorld } from "@omnibase/testkit";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CallPlace, Graph } from "../graph/graph.ts";
import { digestOf } from "../value/sha256.ts";
import type { ExecutionEvent } from "./events.ts";
import { isGiven } from "./events.ts";
import { machineOf } from "./machine.ts";
import { placeOf } from "./position.ts";
import { recordLine } from "./record.ts";
import { replay } from "./replay.ts";
import { TransformFault, type PureTransform, type World } from "./world.ts";

const planted = (implementation: string, transform: PureTransform | undefined): World => ({
  ...testWorld,
  transform: (name) => (name === implementation ? transform : testTransforms.get(name)),
});

const changes: readonly (readonly [string, PureTransform | undefined])[] = [
  ["answers another value", () => ({ outcome: "SUCCESS", value: { planted: true } })],
  ["answers another outcome", () => ({ outcome: "PLANTED", value: null })],
  [
    "throws",
    () => {
      throw new Error("planted");
    },
  ],
  ["is gone", undefined],
];

const transforms: ReadonlySet<string> = new Set([
  "test.echo@1",
  "test.gate@1",
  "test.list@1",
  "test.two@1",
  "test.three@1",
]);

/** The first step of a log that called one of these. */
function firstCall(graph: Graph, events: readonly ExecutionEvent[]): readonly [string, string] | undefined {
  for (const { outcome, place } of events.flatMap((event) => (event.type === "Passed" ? event.steps : []))) {
    const found = graph.places[placeOf(place)];
    const work = found?.kind === "call" ? found.work : undefined;
    if (work?.kind !== "transform" || outcome === "INPUT_MISSING") continue;
    if (transforms.has(work.implementation)) return [place, work.implementation];
  }
  return undefined;
}

/** A log as someone could write it who has no machine. */
function linesOf(events: readonly ExecutionEvent[]): readonly string[] {
  const lines: string[] = [];
  let atMs = 0;
  for (const event of events) {
    if (isGiven(event)) ({ atMs } = event);
    const before = lines.at(-1);
    const prev = before === undefined ? undefined : digestOf(testWorld.sha256, before);
    lines.push(recordLine(event, { atMs, prev, revision: lines.length + 1 }));
  }
  return lines;
}

const transformAt = (name: string, to: string): CallPlace =>
  callTo({ kind: "transform", capability: "CT", implementation: name }, { edges: { SUCCESS: { to } } });

describe("a replay", () => {
  it.each(changes)("names the first step of a transform that %s", (_, transform) => {
    let named = 0;
    fc.assert(
      fc.property(anyGraph, fc.nat(), (graph, seed) => {
        const { owner } = live({ graph, seed, turns: 30 });
        const first = firstCall(graph, owner.events);
        if (first === undefined) return;
        const [place, implementation] = first;
        named += 1;
        expect(replay(graph, planted(implementation, transform), owner.lines)).toMatchObject({
          kind: "different",
          place,
        });
      }),
      { numRuns: 300 },
    );
    expect(named).toBeGreaterThan(40);
  });

  const graph = graphOf({ FIRST: transformAt("test.echo@1", "SECOND"), SECOND: transformAt("test.other@1", "END") });
  const echo = testTransforms.get("test.echo@1");
  const world = { ...testWorld, transform: () => echo };
  const owner = newOwner(machineOf(graph, world));
  owner.hear({
    type: "Start",
    atMs: 1,
    engine: "0.1.0",
    execution: "e1",
    input: null,
    principal: "tester",
    snapshot: "sha256:11",
    tenant: "default",
    workflow: "test::WF_V0",
  });
  const [started, passed, completed] = owner.events;
  if (started?.type !== "Started" || passed?.type !== "Passed" || completed?.type !== "Completed")
    throw new Error("no such log");

  it("says the same of what is the same, and counts", () => {
    expect(replay(graph, world, owner.lines)).toEqual({ kind: "same", records: 3, steps: 2 });
    expect(replay(graph, world, [])).toEqual({ kind: "same", records: 0, steps: 0 });
  });

  it("shows both lines where they differ first", () => {
    const forged = linesOf([started, { ...passed, steps: passed.steps.slice(1) }, completed]);
    expect(replay(graph, world, forged)).toEqual({
      kind: "different",
      revision: 2,
      place: "SECOND",
      recorded: forged[1],
      computed: linesOf([started, { ...passed, steps: passed.steps.slice(0, 1) }])[1],
    });
  });

  it("names the exit where an end was made up", () => {
    const forged = linesOf([started, passed, { ...completed, outcome: "OTHER" }]);
    expect(replay(graph, world, forged)).toMatchObject({ kind: "different", revision: 3, place: "END" });
  });

  it("names a place where a step stands in a log that no machine wrote", () => {
    const lost: ExecutionEvent = { type: "AttemptLost", atMs: 2, place: "FIRST", attempt: 1 };
    expect(replay(graph, world, linesOf([started, lost]))).toMatchObject({ revision: 2, place: "FIRST" });
    expect(replay(graph, world, linesOf([lost]))).toMatchObject({ revision: 1, place: "FIRST" });
  });

  it("names the step whose value was written in another form", () => {
    const [first, ...rest] = passed.steps;
    if (first === undefined) throw new Error("no such log");
    const forged = linesOf([started, { ...passed, steps: [{ ...first, digest: "sha256:00" }, ...rest] }]);
    expect(replay(graph, world, forged)).toMatchObject({ revision: 2, place: "FIRST" });
    const { digest: _, ...bare } = first;
    const value = { echo: {}, weight: 2 };
    const inFull = linesOf([started, { ...passed, steps: [{ ...bare, value }, ...rest] }]);
    expect(replay(graph, world, inFull)).toMatchObject({ revision: 2, place: "FIRST" });
  });

  it("takes in files only at the start", () => {
    const imported = { type: "Imported", atMs: 1, digest: "sha256:00", file: "f", store: "s" } as const;
    expect(replay(graph, world, linesOf([started, imported, passed]))).toMatchObject({ kind: "same" });
    expect(replay(graph, world, linesOf([started, passed, imported]))).toMatchObject({ revision: 3, place: "END" });
  });

  it("names the place of a record that follows from nothing", () => {
    const forged = linesOf([started, completed]);
    expect(replay(stepOf.idempotent, testWorld, forged)).toMatchObject({ revision: 2, place: "END" });
  });

  it("names no place where there is none", () => {
    const cancelled: ExecutionEvent = { type: "Cancelled", reason: "bored" };
    expect(replay(graph, world, linesOf([cancelled]))).toMatchObject({ revision: 1, place: undefined });
  });

  it("takes as given that a host did not let code come to its end, until a person has it called again", () => {
    let calls = 0;
    const stopping: World = {
      ...testWorld,
      transform: () => (input) => {
        calls += 1;
        if (calls === 2) throw new TransformFault("it needed too much");
        return { outcome: "SUCCESS", value: { echo: input } };
      },
    };
    const stopped = newOwner(machineOf(graph, stopping));
    stopped.hear({ ...started, type: "Start" });
    expect(stopped.events.at(-1)).toMatchObject({ type: "IncidentOpened", place: "SECOND", code: "TRANSFORM_LIMIT" });
    stopped.hear({ type: "Resolve", atMs: 2, place: "SECOND", by: "ada", resolution: { kind: "retry" } });
    expect(stopped.events.at(-1)).toMatchObject({ type: "Completed" });
    const honest = {
      ...testWorld,
      transform: (): PureTransform => (input) => ({ outcome: "SUCCESS", value: { echo: input } }),
    };
    expect(replay(graph, honest, stopped.lines)).toMatchObject({ kind: "same", records: stopped.lines.length });
  });

  it("names the step that stands where something else was recorded", () => {
    expect(replay(graph, world, linesOf([started, completed]))).toMatchObject({ revision: 2, place: "FIRST" });
  });
});

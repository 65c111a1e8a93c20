import { callTo, effectWork, fact, graphOf, inGraph, logOf, say, sha256 } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { resultOf } from "../evidence/result.ts";
import type { CallPlace, ExitPlace, Graph } from "../graph/graph.ts";
import type { Json } from "../value/json.ts";
import { brokenLaws } from "./laws.ts";
import { machineOf } from "./machine.ts";
import { unborn } from "./state.ts";
import { outcomeBy } from "./when.ts";

const { started, settled, incident } = fact;

const deciding: Partial<CallPlace> = {
  when: { path: ["gate", "open"], outcomes: { true: "SUCCESS", false: "CLOSED", '"ajar"': "CLOSED", "2": "CLOSED" } },
  outcomes: ["SUCCESS", "CLOSED", "BROKEN"],
  edges: { SUCCESS: { to: "END" }, CLOSED: { to: "NO" }, BROKEN: { to: "END" } },
};
const no: ExitPlace = { kind: "exit", class: "rejected", reason: "EXITED", outcome: "NO", outputs: {} };
const graph: Graph = graphOf({ WORK: callTo(effectWork(), deciding), NO: no });
const gate = (open: Json): Json => ({ gate: { open } });
const answered = (value: Json, outcome = "SUCCESS"): ReturnType<typeof say.answer> =>
  say.answer({ kind: "done", outcome, value });

describe("a field that decides", () => {
  const place = callTo(effectWork(), deciding);
  it.each<readonly [Json, string | undefined]>([
    [gate(true), "SUCCESS"],
    [gate(false), "CLOSED"],
    [gate("ajar"), "CLOSED"],
    [gate(2), "CLOSED"],
    [gate("true"), undefined],
    [gate(null), undefined],
    [gate({}), undefined],
    [{}, undefined],
    ["text", undefined],
  ])("makes of SUCCESS with %j: %s", (value, outcome) => expect(outcomeBy(place, "SUCCESS", value)).toBe(outcome));

  it("changes no other outcome", () => expect(outcomeBy(place, "BROKEN", gate(false))).toBe("BROKEN"));

  it("changes nothing where none is named", () =>
    expect(outcomeBy(callTo(effectWork()), "SUCCESS", gate(false))).toBe("SUCCESS"));
});

describe("an effect whose answer holds a field that decides", () => {
  const ended = { type: "Completed", emitted: [], outputs: {} } as const;
  it.each([
    [true, { ...ended, class: "completed", exit: "END", outcome: "DONE" } as const],
    [false, { ...ended, class: "rejected", exit: "NO", outcome: "NO" } as const],
  ])("keeps the answer as it came and goes where %s leads", (open, end) => {
    const kept = { ...settled, value: gate(open) };
    inGraph(graph, started)
      .when(answered(gate(open)))
      .expect(kept, end);
    expect(brokenLaws([started, kept, end], graph)).toEqual([]);
  });

  it("stops where the field says nothing that was declared", () => {
    const late = { kind: "done", outcome: "SUCCESS", value: {} } as const;
    const detail = "the answer does not say which outcome of WORK it is";
    const facts = [
      { type: "LateAnswer", atMs: 2_000, place: "WORK", attempt: 1, answer: late } as const,
      incident("UNDECLARED_OUTCOME", detail),
    ];
    inGraph(graph, started)
      .when(answered({}))
      .expect(...facts);
    expect(brokenLaws([started, ...facts], graph)).toEqual([]);
  });

  it("is routed alike when the log is read again, and the result names what it came to", () => {
    const kept = { ...settled, value: gate(false) };
    const end = { ...ended, class: "rejected", exit: "NO", outcome: "NO" } as const;
    const [first = "", ...lines] = logOf([started, kept, end]);
    const { route, status } = resultOf({ graph, lines: [first, ...lines], sha256 });
    expect([status, route]).toEqual([
      "FAILED",
      [
        { node: "WORK", outcome: "CLOSED" },
        { node: "NO", outcome: "completed" },
      ],
    ]);
  });

  it("leaves a log broken that kept an answer which leads nowhere", () => {
    const machine = machineOf(graph, { transform: () => undefined, sha256, pause: () => false });
    const begun = machine.evolve(unborn, started);
    expect(() => machine.evolve(begun, { ...settled, value: {} })).toThrow("impossible");
    expect(brokenLaws([started, { ...settled, value: {} }], graph)).toContain(
      "every place follows from one before by an edge of the graph",
    );
  });
});

const asking = (changes: Partial<CallPlace> = {}): Graph =>
  graphOf({
    WORK: callTo(
      { kind: "transform", capability: "CT", implementation: "test.gate@1" },
      { ...deciding, when: { path: ["gate"], outcomes: { true: "SUCCESS", false: "CLOSED" } }, ...changes },
    ),
    NO: no,
  });

describe("a transform whose answer holds a field that decides", () => {
  const exitFor = (input: CallPlace["inputs"], changes: Partial<CallPlace> = {}): readonly string[] => {
    const machine = machineOf(asking({ inputs: input, ...changes }), worldOfGates);
    const decision = machine.decide({ ...started, type: "Start" }, unborn);
    return decision.ok ? decision.value.events.map((event) => ("exit" in event ? event.exit : event.type)) : [];
  };
  const worldOfGates = {
    transform: () => (given: { readonly [name: string]: Json }) => ({
      outcome: "SUCCESS",
      value: { gate: given["open"] ?? null },
    }),
    sha256,
    pause: () => false,
  };

  it("passes with the outcome that the field says", () => {
    expect(exitFor({ open: { kind: "literal", value: true } })).toEqual(["Started", "Passed", "END"]);
    expect(exitFor({ open: { kind: "literal", value: false } })).toEqual(["Started", "Passed", "NO"]);
  });

  it("stops where the field says nothing that was declared", () =>
    expect(exitFor({})).toEqual(["Started", "IncidentOpened"]));

  it("breaks a law where it says SUCCESS with another value", () => {
    const passed = { type: "Passed", steps: [{ place: "WORK", outcome: "SUCCESS", value: { gate: false } }] } as const;
    expect(brokenLaws([started, passed], asking())).toEqual(["a step says SUCCESS only with the value that means it"]);
  });
});

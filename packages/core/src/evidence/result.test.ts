import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ExecutionEvent } from "../execution/events.ts";
import { isGiven } from "../execution/events.ts";
import { recordLine } from "../execution/record.ts";
import type { CallPlace, EffectWork, ExitPlace, Graph } from "../graph/graph.ts";
import type { JsonObject } from "../value/json.ts";
import { resultOf } from "./result.ts";
import type { ExecutionResult } from "./result.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const effect: EffectWork = {
  kind: "effect",
  capability: "std::CS_HTTP_V0",
  handler: "http",
  operation: "CALL",
  configuration: {},
  idempotent: false,
  timeoutMs: 1_000,
  retry: { attemptsMax: 1, backoffMs: 1, factor: 1, backoffMaxMs: 1 },
};
const exit = (exitClass: ExitPlace["class"], reason: string, outcome: string): ExitPlace => ({
  kind: "exit",
  class: exitClass,
  reason,
  outcome,
  outputs: {},
});
const inScope: Pick<CallPlace, "kind" | "scope" | "inputs"> = { kind: "call", scope: "CC_KEEP", inputs: {} };

const graph: Graph = {
  format: "omnibase-graph/1",
  workflow: "demo::WF_GREET_V0",
  start: "IN_GREET_V0",
  places: {
    IN_GREET_V0: {
      kind: "call",
      work: { kind: "admit", fields: { name: { type: "string", required: true, min_length: 1 } } },
      inputs: {},
      required: [],
      outcomes: ["ACK", "NACK"],
      edges: { ACK: { to: "CC_KEEP/id" }, NACK: { to: "EXIT_REJECTED" } },
    },
    "CC_KEEP/id": {
      ...inScope,
      work: { kind: "transform", capability: "std::CT_PURE_GENERATE_ID_V0", implementation: "std.generate_id@1" },
      required: ["data"],
      missing: { leave: "VIOLATION" },
      outcomes: ["SUCCESS"],
      edges: { SUCCESS: { to: "CC_KEEP/keep" } },
    },
    "CC_KEEP/keep": {
      ...inScope,
      work: effect,
      required: [],
      outcomes: ["SUCCESS"],
      edges: { SUCCESS: { leave: "SUCCESS" }, FAILED: { leave: "VIOLATION" } },
    },
    EXIT_NEW: { ...exit("completed", "COMPLETED", "GREETED"), emit: "demo::EV_GREETED_V0" },
    EXIT_REJECTED: exit("rejected", "EXITED", "BAD_INPUT"),
    EXIT_BAD: exit("failed", "FAILED", "BROKEN"),
  },
  scopes: {
    CC_KEEP: {
      code: "demo::CC_KEEP_V0",
      exits: { SUCCESS: { outputs: {}, to: "EXIT_NEW" }, VIOLATION: { outputs: {}, to: "EXIT_BAD" } },
    },
  },
};

const atMs = 1_795_255_200_000;
const started = (input: { readonly name: string }): ExecutionEvent => startedWith(input);
const startedWith = (input: JsonObject): ExecutionEvent => ({
  type: "Started",
  atMs,
  engine: "omnibase/0.1.0",
  execution: "e1",
  input,
  principal: "local",
  snapshot: "sha256:00",
  tenant: "default",
  workflow: graph.workflow,
});
const keep = { place: "CC_KEEP/keep", attempt: 1 } as const;
const toKeep: readonly ExecutionEvent[] = [
  started({ name: "Ada" }),
  {
    type: "Passed",
    steps: [
      { place: "IN_GREET_V0", outcome: "ACK" },
      { place: "CC_KEEP/id", outcome: "SUCCESS", value: { id: "GR_1" } },
    ],
  },
  { type: "AttemptStarted", ...keep },
];
const completed = (node: string, exitClass: ExitPlace["class"], outcome: string): ExecutionEvent => ({
  type: "Completed",
  class: exitClass,
  emitted: node === "EXIT_NEW" ? ["demo::EV_GREETED_V0"] : [],
  exit: node,
  outcome,
  outputs: { id: "GR_1" },
});
const unknown: ExecutionEvent = {
  type: "AttemptFailed",
  atMs: atMs + 2,
  ...keep,
  certainty: "unknown",
  failure: { code: "TIMED_OUT", message: "no answer" },
};
const opened: ExecutionEvent = { type: "IncidentOpened", ...keep, code: "OUTCOME_UNKNOWN", detail: "nobody knows" };
const resolved = (resolution: Extract<ExecutionEvent, { type: "IncidentResolved" }>["resolution"]): ExecutionEvent => ({
  type: "IncidentResolved",
  atMs: atMs + 5,
  place: keep.place,
  by: "ada",
  resolution,
});

function linesOf([first, ...rest]: readonly ExecutionEvent[]): readonly [string, ...string[]] {
  if (first === undefined) throw new Error("a log has a start");
  const lines: [string, ...string[]] = [recordLine(first, { atMs, prev: undefined, revision: 1 })];
  let time = atMs;
  for (const event of rest) {
    if (isGiven(event)) time = event.atMs;
    const prev = `sha256:${sha256(lines.at(-1) ?? "")}`;
    lines.push(recordLine(event, { atMs: time, prev, revision: lines.length + 1 }));
  }
  return lines;
}

const result = (...events: readonly ExecutionEvent[]): ExecutionResult =>
  resultOf({ graph, lines: linesOf(events), sha256 });
const routeOf = ({ route }: ExecutionResult): readonly string[] =>
  route.map(({ node, outcome }) => `${node} ${outcome}`);

describe("the result of an execution", () => {
  it("shows a contract as one node, and the exit as completed", () => {
    const settled: ExecutionEvent = { type: "Settled", atMs: atMs + 1, ...keep, outcome: "SUCCESS", value: {} };
    const lines = linesOf([...toKeep, settled, completed("EXIT_NEW", "completed", "GREETED")]);
    expect(resultOf({ graph, lines, sha256, durationMs: 1.2 })).toEqual({
      schema: "omnibase-result/1",
      execution: "e1",
      workflow: "demo::WF_GREET_V0",
      snapshot: "sha256:00",
      status: "SUCCESS",
      class: "completed",
      exit_node: "EXIT_NEW",
      exit_reason: "COMPLETED",
      outcome: "GREETED",
      route: [
        { node: "IN_GREET_V0", outcome: "ACK" },
        { node: "CC_KEEP", outcome: "SUCCESS" },
        { node: "EXIT_NEW", outcome: "completed" },
      ],
      outputs: { id: "GR_1" },
      emitted: ["demo::EV_GREETED_V0"],
      nack: [],
      problems: [],
      digests: {
        input: "sha256:88bab6d8f6dc68a877064d584cbb5b6c50e74f617ea50d81d3a53c2ee6ffbc4f",
        outputs: `sha256:${sha256('{"id":"GR_1"}')}`,
        head: `sha256:${sha256(lines.at(-1) ?? "")}`,
      },
      started_at: "2026-11-21T10:00:00.000Z",
      completed_at: "2026-11-21T10:00:00.001Z",
      duration_ms: 1.2,
    });
  });

  it("names every field that was not admitted", () => {
    const passed: ExecutionEvent = { type: "Passed", steps: [{ place: "IN_GREET_V0", outcome: "NACK" }] };
    const rejected = result(started({ name: "" }), passed, completed("EXIT_REJECTED", "rejected", "BAD_INPUT"));
    expect(rejected).toMatchObject({ status: "FAILED", class: "rejected", exit_reason: "EXITED", duration_ms: 0 });
    expect(rejected.nack).toMatchObject([{ field: "name", code: "MIN_LENGTH" }]);
    expect(routeOf(rejected)).toEqual(["IN_GREET_V0 NACK", "EXIT_REJECTED completed"]);
  });

  it("leaves a contract by the status that a missing input has", () => {
    const steps = [
      { place: "IN_GREET_V0", outcome: "ACK" },
      { place: "CC_KEEP/id", outcome: "INPUT_MISSING" },
    ];
    const failed = result(
      started({ name: "Ada" }),
      { type: "Passed", steps },
      completed("EXIT_BAD", "failed", "BROKEN"),
    );
    expect(routeOf(failed)).toEqual(["IN_GREET_V0 ACK", "CC_KEEP VIOLATION", "EXIT_BAD completed"]);
    expect(failed).toMatchObject({ status: "FAILED", class: "failed" });
  });

  it("is waiting before it has ended, and an incident while a person must speak", () => {
    const waiting = result(...toKeep);
    expect(waiting).toMatchObject({ status: "WAITING", class: null, exit_node: null, completed_at: null, outputs: {} });
    expect(waiting.digests.outputs).toBe(null);
    const incident = result(...toKeep, unknown, opened);
    expect(incident).toMatchObject({ status: "INCIDENT", exit_reason: null, duration_ms: 2 });
    expect(incident.problems).toEqual([
      { code: "TIMED_OUT", message: "no answer", ...keep, revision: 4 },
      { code: "OUTCOME_UNKNOWN", message: "nobody knows", ...keep, revision: 5 },
    ]);
    expect(routeOf(incident)).toEqual(["IN_GREET_V0 ACK"]);
  });

  it("goes on as a person said", () => {
    const done = resolved({ kind: "done", outcome: "SUCCESS", value: {} });
    const end = completed("EXIT_NEW", "completed", "GREETED");
    expect(routeOf(result(...toKeep, unknown, opened, done, end))).toContain("CC_KEEP SUCCESS");
    const notDone = resolved({ kind: "not-done" });
    const bad = completed("EXIT_BAD", "failed", "BROKEN");
    expect(routeOf(result(...toKeep, unknown, opened, notDone, bad))).toContain("CC_KEEP VIOLATION");
  });

  it("of a cancelled execution has no exit and no outputs", () => {
    const asked: ExecutionEvent = {
      type: "CancelRequested",
      atMs: atMs + 3,
      by: "ada",
      reason: "enough",
      deadlineMs: atMs + 10,
    };
    const cancelled = result(...toKeep, asked, { type: "Cancelled", reason: "enough" });
    expect(cancelled).toMatchObject({ status: "CANCELLED", class: "cancelled", exit_node: null, outputs: {} });
    expect(cancelled).toMatchObject({ completed_at: "2026-11-21T10:00:00.003Z", exit_reason: "CANCELLED" });
  });

  it("has no fields to refuse where a graph does not begin with an admission", () => {
    const bare: Graph = { ...graph, start: "CC_KEEP/id" };
    expect(resultOf({ graph: bare, lines: linesOf([started({ name: "" })]), sha256 }).nack).toEqual([]);
  });

  it("crashes on a log that is not one, or of another graph", () => {
    const settled: ExecutionEvent = { type: "Passed", steps: [{ place: "EXIT_NEW", outcome: "ACK" }] };
    expect(() => result(settled)).toThrow("does not begin with a start");
    const endsInCall = linesOf([started({ name: "Ada" }), completed("IN_GREET_V0", "completed", "GREETED")]);
    expect(() => resultOf({ graph, lines: endsInCall, sha256 })).toThrow("no exit");
  });
});

describe("what was refused of what is secret", () => {
  const pin = { type: "string", required: true, secret: true, max_length: 4 } as const;
  const text = { type: "string", required: true, min_length: 1 } as const;
  const fields = {
    name: text,
    pins: { type: "array", required: false, items: pin },
    who: { type: "object", required: false, fields: { pin } },
  } as const;
  const admit: CallPlace = {
    kind: "call",
    work: { kind: "admit", fields },
    inputs: {},
    required: [],
    outcomes: ["ACK", "NACK"],
    edges: { ACK: { to: "EXIT_REJECTED" }, NACK: { to: "EXIT_REJECTED" } },
  };
  const secretive: Graph = { ...graph, places: { ...graph.places, IN_GREET_V0: admit } };
  const nackOf = (outcome: string, input: JsonObject): readonly (readonly [string, string])[] => {
    const events: readonly ExecutionEvent[] = [
      startedWith(input),
      { type: "Passed", steps: [{ place: "IN_GREET_V0", outcome }] },
      completed("EXIT_REJECTED", "rejected", "BAD_INPUT"),
    ];
    return resultOf({ graph: secretive, lines: linesOf(events), sha256 }).nack.map(({ code, field }) => [field, code]);
  };
  const sealed = "sealed:00000000";

  it("is not told again, where something else was wrong", () => {
    expect(nackOf("NACK", { name: "", who: { pin: sealed } })).toEqual([["name", "MIN_LENGTH"]]);
  });

  it("is named where nothing else was wrong", () => {
    expect(nackOf("NACK", { name: "Ada", who: { pin: sealed }, pins: [sealed, sealed] })).toEqual([
      ["pins[0]", "SECRET"],
      ["pins[1]", "SECRET"],
      ["who.pin", "SECRET"],
    ]);
  });

  it("is nothing, where it was admitted", () => {
    expect(nackOf("ACK", { name: "Ada", who: { pin: sealed } })).toEqual([]);
  });
});

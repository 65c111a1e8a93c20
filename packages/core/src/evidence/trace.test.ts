import { callTo, fact, logOf, sha256, stepOf } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { ExecutionEvent } from "../execution/events.ts";
import type { CallPlace, ExitPlace, Graph } from "../graph/graph.ts";
import { digestOf } from "../value/sha256.ts";
import { traceLines, traceOf } from "./trace.ts";
import type { Trace, TraceKind, TraceProfile } from "./trace.ts";

const { begun, cancelled, cancelling, ended, failed, incident, lost, settled, started } = fact;

const linesOf = (...log: readonly ExecutionEvent[]): readonly [string, ...string[]] => {
  const [first = "", ...rest] = logOf(log);
  return [first, ...rest];
};

const traced = (graph: Graph, log: readonly ExecutionEvent[], profile?: TraceProfile): Trace =>
  traceOf({ graph, lines: linesOf(...log), sha256, ...(profile === undefined ? {} : { profile }) });

/** Kind, and the node it speaks of with its status, so that a story can be read at a glance. */
const story = ({ entries }: Trace): readonly string[] =>
  entries.map(({ kind, payload: { audit_type, node_id, status } }) =>
    [kind, audit_type ?? node_id, status].filter((word) => typeof word === "string").join(" "),
  );

const entry = (trace: Trace, kind: TraceKind): unknown => trace.entries.find((one) => one.kind === kind)?.payload;

const end: ExitPlace = { kind: "exit", class: "completed", reason: "COMPLETED", outcome: "DONE", outputs: {} };
const make: CallPlace["work"] = { kind: "transform", capability: "std::CT_MAKE_V0", implementation: "make@1" };
const keep: CallPlace["work"] = {
  kind: "operate",
  capability: "std::CS_KEEP_V0",
  operation: "registry.REGISTER",
  store: "demo::STORE_V0/KEPT",
};

/** An intent, a contract of two steps of which the first is only read by the second, and two ends. */
const keeping: Graph = {
  format: "omnibase-graph/1",
  workflow: "demo::WF_KEEP_V0",
  start: "IN",
  places: {
    IN: {
      kind: "call",
      work: { kind: "admit", fields: { name: { type: "string", required: true, min_length: 1 } } },
      inputs: {},
      required: [],
      outcomes: ["ACK", "NACK"],
      edges: { ACK: { to: "CC/make" }, NACK: { to: "EXIT_BAD" } },
    },
    "CC/make": callTo(make, {
      scope: "CC",
      inputs: { name: { kind: "payload", path: ["name"] } },
      edges: { SUCCESS: { to: "CC/keep" } },
    }),
    "CC/keep": callTo(keep, {
      scope: "CC",
      inputs: {
        key: { kind: "result", of: "CC/make", path: ["key"] },
        many: {
          kind: "list",
          items: [{ kind: "object", fields: { it: { kind: "result", of: "CC/make", path: ["it"] } } }],
        },
        plain: { kind: "literal", value: 1 },
      },
      edges: { SUCCESS: { leave: "SUCCESS" } },
    }),
    EXIT: { ...end, outputs: { id: { kind: "result", of: "CC", path: ["id"] } } },
    EXIT_BAD: { ...end, class: "rejected", reason: "EXITED", outcome: "BAD", node: "REFUSED" },
  },
  scopes: {
    CC: {
      code: "demo::CC_KEEP_V0",
      exits: { SUCCESS: { outputs: { id: { kind: "result", of: "CC/keep", path: ["id"] } }, to: "EXIT" } },
    },
  },
};

const startedWith = (input: { readonly [name: string]: string }): ExecutionEvent => ({ ...started, input });
const passed = (...steps: readonly { place: string; outcome: string; digest?: string }[]): ExecutionEvent => ({
  type: "Passed",
  steps,
});
const kept: ExecutionEvent = { ...settled, place: "CC/keep", value: { id: "K1" } };
const completed: ExecutionEvent = { ...ended, exit: "EXIT", outputs: { id: "K1" } };
const whole: readonly ExecutionEvent[] = [
  startedWith({ name: "Ada" }),
  passed({ place: "IN", outcome: "ACK" }, { place: "CC/make", outcome: "SUCCESS", digest: "sha256:22" }),
  kept,
  completed,
];

describe("a trace", () => {
  it("tells nodes with the steps in them", () => {
    expect(story(traced(keeping, whole))).toEqual([
      "execution_start",
      "registry_dump",
      "node_start IN",
      "node_end IN ACK",
      "node_start CC",
      "capability_dispatch CC",
      "transform_start CC/make",
      "transform_end CC/make SUCCESS",
      "side_effect_start CC/keep",
      "side_effect_end CC/keep SUCCESS",
      "node_end CC SUCCESS",
      "node_start EXIT",
      "node_end EXIT completed",
      "workflow_complete SUCCESS",
    ]);
  });

  it("tells only nodes where only nodes are asked for", () => {
    expect(story(traced(keeping, whole, "BASIC"))).toEqual([
      "execution_start",
      "node_start IN",
      "node_end IN ACK",
      "node_start CC",
      "node_end CC SUCCESS",
      "node_start EXIT",
      "node_end EXIT completed",
      "workflow_complete SUCCESS",
    ]);
  });

  it("begins with what the log begins with", () => {
    expect(entry(traced(keeping, whole), "execution_start")).toEqual({
      workflow_code: "WF_V0",
      policy_profile: "ADVANCED",
      trace_schema_version: "TRACE_SCHEMA_V1",
      engine: "0.1.0",
      format: "omnibase-log/1",
      execution: "e1",
      input: { name: "Ada" },
      principal: "ada",
      snapshot: "sha256:11",
      tenant: "default",
      workflow: "test::WF_V0",
    });
    expect(entry(traced(keeping, whole), "registry_dump")).toEqual({
      capabilities: {
        "demo::CC_KEEP_V0": { type: "capability_contract", registered: true, runtime_class: null },
        "std::CS_KEEP_V0": {
          type: "capability_side_effect",
          registered: true,
          runtime_class: "demo::STORE_V0/KEPT",
        },
        "std::CT_MAKE_V0": { type: "capability_transform", registered: true, runtime_class: "make@1" },
      },
      count: 3,
    });
  });

  it("tells what a step was told, and names what the log keeps no value of", () => {
    const trace = traced(keeping, whole);
    expect(entry(trace, "transform_start")).toEqual({
      node_id: "CC/make",
      scope: "CC",
      capability_code: "std::CT_MAKE_V0",
      work: { kind: "transform", implementation: "make@1" },
      inputs: { name: "Ada" },
    });
    expect(entry(trace, "transform_end")).toEqual({
      node_id: "CC/make",
      status: "SUCCESS",
      duration_ms: 0,
      digest: "sha256:22",
    });
    expect(entry(trace, "side_effect_start")).toEqual({
      node_id: "CC/keep",
      scope: "CC",
      capability_code: "std::CS_KEEP_V0",
      work: { kind: "operate", operation: "registry.REGISTER", store: "demo::STORE_V0/KEPT" },
      inputs: { many: [{}], plain: 1 },
      not_kept: ["key", "many"],
    });
    expect(entry(trace, "side_effect_end")).toEqual({
      node_id: "CC/keep",
      status: "SUCCESS",
      duration_ms: 1_000,
      outputs: { id: "K1" },
    });
    expect(trace.entries.find(({ payload }) => payload["node_id"] === "CC" && "status" in payload)?.payload).toEqual({
      node_id: "CC",
      status: "SUCCESS",
      duration_ms: 1_000,
      outputs: { id: "K1" },
    });
  });

  it("ends with what it came to", () => {
    expect(entry(traced(keeping, whole), "workflow_complete")).toEqual({
      status: "SUCCESS",
      duration_ms: 1_000,
      exit_condition: "SUCCESS",
      exit_reason_code: "COMPLETED",
      class: "completed",
      exit_node: "EXIT",
      outcome: "DONE",
      outputs: { id: "K1" },
      emitted: [],
    });
  });

  it("says what the intent refused, under the name that the author gave the exit", () => {
    const refused: ExecutionEvent = { ...ended, class: "rejected", exit: "EXIT_BAD", outcome: "BAD" };
    const trace = traced(
      keeping,
      [startedWith({ name: "" }), passed({ place: "IN", outcome: "NACK" }), refused],
      "BASIC",
    );
    expect(story(trace)).toEqual([
      "execution_start",
      "node_start IN",
      "violation IN",
      "node_end IN NACK",
      "node_start REFUSED",
      "node_end REFUSED completed",
      "workflow_complete FAILED",
    ]);
    expect(entry(trace, "violation")).toMatchObject({ violation_code: "MIN_LENGTH", field: "name" });
    expect(entry(trace, "workflow_complete")).toMatchObject({ exit_condition: "FAILURE", exit_reason_code: "EXITED" });
  });

  it("leaves out an exit that nobody wrote", () => {
    const graph: Graph = { ...keeping, places: { ...keeping.places, EXIT_BAD: { ...end, node: null } } };
    const over: ExecutionEvent = { ...ended, exit: "EXIT_BAD" };
    const trace = traced(graph, [startedWith({ name: "" }), passed({ place: "IN", outcome: "NACK" }), over], "BASIC");
    expect(story(trace).slice(3)).toEqual(["node_end IN NACK", "workflow_complete SUCCESS"]);
  });

  it("tells a failed, a lost and a silent attempt, and stands where a person must decide", () => {
    const trace = traced(stepOf.idempotent, [started, lost(1), failed(2, 2_000, 2_500)]);
    expect(trace.entries.filter(({ kind }) => kind === "error").map(({ payload }) => payload)).toMatchObject([
      { component: "handler", error_type: "AttemptLost", error_code: "ATTEMPT_LOST", node_id: "WORK", attempt: 1 },
      {
        error_type: "AttemptFailed",
        error_code: "REFUSED",
        node_category: "CS",
        certainty: "not-done",
        retry_at: "1970-01-01T00:00:02.500Z",
      },
    ]);
    expect(entry(trace, "context_snapshot")).toEqual({
      status: "WAITING",
      standing: [{ node_id: "WORK", stage: "waiting", due_at: "1970-01-01T00:00:02.500Z" }],
    });
    const stands = traced(stepOf.once, [started, begun, lost(1), incident("OUTCOME_UNKNOWN", "nobody knows")]);
    expect(story(stands)).toContain("audit_event AttemptStarted");
    expect(entry(stands, "context_snapshot")).toEqual({
      status: "INCIDENT",
      standing: [{ node_id: "WORK", stage: "incident", code: "OUTCOME_UNKNOWN" }],
    });
  });

  it("calls off what stood when it was cancelled, and the contract around it", () => {
    const trace = traced(keeping, [
      startedWith({ name: "Ada" }),
      passed({ place: "IN", outcome: "ACK" }, { place: "CC/make", outcome: "SUCCESS", digest: "sha256:22" }),
      cancelling,
      cancelled,
    ]);
    expect(story(trace).slice(-5)).toEqual([
      "audit_event CancelRequested",
      "audit_event Cancelled",
      "side_effect_end CC/keep CALLED_OFF",
      "node_end CC CALLED_OFF",
      "workflow_complete CANCELLED",
    ]);
  });

  it("says that an exit stands still where its event is not what was declared", () => {
    const [at, what] = ["EXIT", { code: "EVENT_SCHEMA", detail: "no name" } as const];
    const stuck: ExecutionEvent = { ...incident(what.code, what.detail), place: at };
    const trace = traced(keeping, [...whole.slice(0, 3), stuck]);
    expect(entry(trace, "error")).toMatchObject({
      component: "machine",
      error_code: "EVENT_SCHEMA",
      node_category: "WF",
    });
  });

  it("refuses what is no log", () => {
    expect(() => traced(keeping, [kept])).toThrow("does not begin with a start");
  });
});

describe("the lines of a trace", () => {
  it("are chained from the id to the last", () => {
    const trace = traced(keeping, whole);
    const lines = traceLines(trace, sha256);
    let prev = digestOf(sha256, "e1");
    for (const [index, line] of lines.entries()) {
      expect(JSON.parse(line)).toMatchObject({
        trace_schema_version: "V1",
        event_type: trace.entries[index]?.kind,
        execution_id: "e1",
        sequence: index + 1,
        prev_hash: prev,
      });
      prev = digestOf(sha256, line);
    }
    expect(lines).toHaveLength(trace.entries.length);
  });
});

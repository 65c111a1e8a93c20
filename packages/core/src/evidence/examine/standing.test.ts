import {
  callTo,
  changed,
  charge,
  chargeProject,
  examinedAs,
  executed,
  answer,
  firstOf,
  found,
  greet,
  greetProject,
  line,
  newOwner,
  oneStep,
  paid,
  publishedGraph,
  refusal,
  sha256,
  task,
  testWorld,
  violation,
} from "@omnibase/testkit";
import type { Case, Played, Says } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { Compiled } from "../../compile/compiled.ts";
import { machineOf } from "../../execution/machine.ts";
import { TransformFault, type PureTransform } from "../../execution/world.ts";
import type { Graph } from "../../graph/graph.ts";
import type { Json } from "../../value/json.ts";
import { traceOf } from "../trace.ts";
import { examine } from "./examine.ts";
import { missingAt, storyOf } from "./story.ts";

const throwing: PureTransform = () => {
  throw new Error("no such letter");
};
const rung = answer({ kind: "done", outcome: "SUCCESS", value: { sent: "now" } });
const unknown = answer({ kind: "unknown", failure: { code: "TIMEOUT", message: "no answer" } }, "count");
const lose: Says = (request, atMs) =>
  request.kind === "effect" ? { type: "Lose", atMs, place: request.place, attempt: request.attempt } : undefined;
const stopped: PureTransform = () => {
  throw new TransformFault("more than 100 ms");
};
const id = "demo::CC_KEEP_V0 /core/pipeline/0/inputs";
const policyOf = (name: string): string => `demo::RB_CHARGE_V0 /core/bindings/${name}/policy`;

const incidents: readonly (readonly [string, string, string, Case])[] = [
  ["OUTCOME_UNKNOWN", "CS_RUNTIME_ERROR", policyOf("demo::CS_BELL_V0"), { ...charge, says: firstOf(paid, unknown) }],
  [
    "RETRIES_EXHAUSTED",
    "CS_RUNTIME_ERROR",
    policyOf("demo::CS_BELL_V0"),
    { ...charge, says: firstOf(paid, answer({ kind: "not-done", failure: refusal, retryable: false }, "count")) },
  ],
  ["POISON_EFFECT", "CS_RUNTIME_ERROR", policyOf("std::CS_HTTP_V0"), { ...charge, says: lose }],
  [
    "UNDECLARED_OUTCOME",
    "CS_RUNTIME_ERROR",
    "demo::CC_CHARGE_V0 /core/pipeline/1/result_surface",
    { ...charge, says: firstOf(paid, answer({ kind: "done", outcome: "SURPRISE", value: {} }, "count")) },
  ],
  [
    "UNDECLARED_OUTCOME",
    "CT_STRUCTURE_ERROR",
    "demo::CC_KEEP_V0 /core/pipeline/0/result_surface",
    { ...greet, transform: () => () => ({ outcome: "SURPRISE", value: {} }) },
  ],
  [
    "UNDECLARED_OUTCOME",
    "EXPRESSION_ERROR",
    "demo::CC_ONE_V0 /core/pipeline/0/when",
    { ...line, transform: () => () => ({ outcome: "SUCCESS", value: {} }), says: task("NO") },
  ],
  ["TRANSFORM_ERROR", "CT_STRUCTURE_ERROR", id, { ...greet, transform: () => throwing }],
  ["TRANSFORM_LIMIT", "CT_STRUCTURE_ERROR", id, { ...greet, transform: () => stopped }],
  ["IMPLEMENTATION_CHANGED", "CT_STRUCTURE_ERROR", id, { ...greet, transform: () => undefined }],
  [
    "EVENT_SCHEMA",
    "SCHEMA_ERROR",
    "demo::EV_GREETED_V0 /core/schema",
    {
      ...greet,
      project: changed(greetProject, [["EV_GREETED_V0", "required: true", "required: true, max_length: 2"]]),
    },
  ],
];

describe("an execution that stands still", () => {
  it.each(incidents)("says of %s that it is a %s, and where to look: %s", (rule, failure, at, of) => {
    expect(found(of)).toMatchObject({ verdict: "structural", rule, class: failure, at });
  });

  it("names what it needs, where nobody bound it for certain", () => {
    const place = callTo({ kind: "task", summary: "do it", actors: [], fields: {} }, { required: ["it"] });
    const [finding] = examinedAs(begun(oneStep(place))).findings;
    expect(finding).toMatchObject({ rule: "INPUT_MISSING", class: "BINDING_ERROR", node: "WORK" });
    expect(finding?.reason).toBe("WORK was not asked for, because it has no value");
  });

  it("is over an incident that a person has resolved, and says so", () => {
    const says = firstOf(paid, unknown, rung);
    const resolution = { kind: "done", outcome: "SUCCESS", value: { sent: "then" } } as const;
    const later = [{ type: "Resolve", atMs: 5_000, place: "PAY/count", by: "bob", resolution }] as const;
    expect(examinedAs(executed({ ...charge, says, later }))).toMatchObject({
      verdict: "clean",
      findings: [],
      resolved: [{ node: "PAY/count", by: "bob", resolution: "done SUCCESS" }],
    });
  });

  it("that a person has given up says both", () => {
    const project = changed(chargeProject, [
      [
        "CC_CHARGE_V0",
        "inputs: { text: counted }\n      result_surface: [SUCCESS]\n      on_result: { SUCCESS: continue }",
        "inputs: { text: counted }\n      result_surface: [SUCCESS, FAILED]\n      on_result: { SUCCESS: continue, FAILED: exit }",
      ],
    ]);
    const later = [
      { type: "Resolve", atMs: 5_000, place: "PAY/count", by: "bob", resolution: { kind: "not-done" } },
    ] as const;
    const examination = examinedAs(executed({ ...charge, project, says: firstOf(paid, unknown), later }));
    expect(examination).toMatchObject({
      verdict: "structural",
      findings: [{ rule: "EFFECT_FAILED", node: "PAY/count" }],
      resolved: [{ resolution: "not-done" }],
    });
  });
});

/** A transform that throws, an edge that takes it, and an end that says what it said. */
function failing(): Graph {
  const work = { kind: "transform", capability: "demo::CT_A_V0", implementation: "a" } as const;
  const edges = { SUCCESS: { to: "END" }, ERROR: { to: "END" } };
  const outputs = { why: { kind: "result", of: "WORK", path: ["message"] } } as const;
  const { places, ...graph } = oneStep(callTo(work, { edges }), outputs);
  const end = { ...places["END"], kind: "exit", class: "failed", reason: "FAILED", outcome: "NO", outputs } as const;
  return { ...graph, places: { ...places, END: end } };
}

describe("what is said of an end", () => {
  it("is what the transform said, where somebody read it", () => {
    expect(examinedAs(begun(failing(), {}, throwing)).findings).toMatchObject([
      { rule: "TRANSFORM_ERROR", node: "WORK", reason: "the transform at WORK threw: no such letter" },
    ]);
  });

  it("is less without the snapshot", () => {
    const project = changed(greetProject, [
      ["IN_GREET_V0", "name: { type: string, required: true,", "name: { type: string,"],
    ]);
    const { graph, lines } = executed({ ...greet, project, input: {} });
    const [finding] = examine(traceOf({ graph, lines, sha256 })).findings;
    expect(finding?.reason).toBe("CC_KEEP/id was not asked for, because an input that it needs has no value");
    expect(finding?.declared).toEqual({ of: "step", position: "CC_KEEP/id", keys: ["inputs"] });
  });

  it("is nothing where it was left by no node, or where the trace keeps silent", () => {
    const payload = { status: "FAILED", class: "failed" };
    const entry = { revision: 1, at: "2026-11-21T10:00:00.000Z" };
    const trace = { execution: "e", workflow: "w", profile: "BASIC" } as const;
    const end = { ...entry, kind: "workflow_complete", payload } as const;
    expect(examine({ ...trace, entries: [end] })).toMatchObject({ verdict: "clean", findings: [] });
    const standing = [
      { node_id: "A", stage: "incident", code: "POISON_EFFECT" },
      7,
      { node_id: "B", stage: "joining" },
    ];
    const stands = { ...entry, kind: "context_snapshot", payload: { status: "INCIDENT", standing } } as const;
    expect(examine({ ...trace, entries: [stands] })).toMatchObject({ verdict: "waiting", findings: [], waits: [] });
    expect(examine({ ...trace, entries: [{ ...stands, payload: {} }] })).toMatchObject({ status: "", waits: [] });
  });

  it("does not know what a place needed that nobody came to", () => {
    const { graph, lines } = executed(charge);
    const story = storyOf(traceOf({ graph, lines, sha256, profile: "BASIC" }), graph);
    expect(["PAY/charge", "DONE", "ENTER"].map((place) => missingAt(story, place))).toEqual([[], [], []]);
    const { waits } = examinedAs({ graph, lines }, "BASIC");
    expect(waits).toEqual([{ node: "PAY/charge", for: "an answer", due_at: null }]);
  });
});

/** As far as it comes by itself. */
function begun(graph: Graph, input: Json = {}, code: PureTransform = violation): Played {
  const owner = newOwner(machineOf(graph, { ...testWorld, transform: () => code }));
  const facts = { engine: "omnibase/test", execution: "e1", principal: "ada", tenant: "default" };
  owner.hear({ type: "Start", atMs: 1, ...facts, input, snapshot: `sha256:${sha256("s")}`, workflow: graph.workflow });
  const [first = "", ...others] = owner.lines;
  return { compiled: { ...none, graphs: { [graph.workflow]: graph } }, graph, lines: [first, ...others] };
}

const none: Compiled = { objects: {}, graphs: {}, implementations: {}, authority: { hosts: [], stores: {} } };

describe("a published execution", () => {
  it("says where an edge is missing", () => {
    const graph = publishedGraph([
      ["WF", "next: { SUCCESS: CC_TELL, VIOLATION: EXIT, ALREADY_EXISTS: EXIT_DONE }", "next: { SUCCESS: CC_TELL }"],
    ]);
    const come = begun(graph, { key: "A" });
    expect(examinedAs(come).findings).toMatchObject([
      {
        rule: "NO_TRANSITION",
        class: "GRAPH_STRUCTURE_ERROR",
        reason: "CC_KEEP returned VIOLATION, and no edge takes it",
      },
    ]);
  });

  it("says which field its gate asks for", () => {
    const gate = "  admission: { forbids: [EV_A_V0], bindings: { EV_A_V0: { who: note } } }\n  start_node:";
    const graph = publishedGraph([
      ["WF", "next: { ACK: CC_KEEP, NACK: EXIT }", "next: { ACK: EXIT_DONE, NACK: EXIT }"],
      ["WF", "  start_node:", gate],
    ]);
    const come = begun(graph, { key: "A" });
    expect(examinedAs(come).findings).toMatchObject([
      {
        rule: "ADMISSION_FIELD_MISSING",
        class: "ADMISSION_ERROR",
        reason: "the admission asks for note of the payload, which is not present in it",
      },
    ]);
    const brief = examine(traceOf({ ...come, sha256 }));
    expect(brief.findings).toMatchObject([
      { reason: "the admission asks for a field of the payload, which is not present in it" },
    ]);
  });
});

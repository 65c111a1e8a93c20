import { anyGraph, callTo, effectWork, fact, graphOf, live, logOf, sha256, stepOf } from "@omnibase/testkit";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExecutionEvent } from "../execution/events.ts";
import type { Graph } from "../graph/graph.ts";
import { flowOf } from "./trace-flow.ts";
import type { FlowPart } from "./trace-flow.ts";
import { traceMarkdown } from "./trace-markdown.ts";
import { traceOf } from "./trace.ts";

const { begun, cancelled, cancelling, ended, failed, incident, lost, settled, started } = fact;

const traced = (graph: Graph, ...log: readonly ExecutionEvent[]) => {
  const [first = "", ...rest] = logOf(log);
  return traceOf({ graph, lines: [first, ...rest], sha256 });
};

const markdown = (graph: Graph, ...log: readonly ExecutionEvent[]): string => traceMarkdown(traced(graph, ...log));

const asking = graphOf({
  ASK: callTo(
    { kind: "admit", fields: { name: { type: "string", required: true } } },
    { edges: { ACK: { to: "END" }, NACK: { to: "END" } } },
  ),
});

const contract: Graph = {
  ...graphOf({
    "CC/one": callTo(
      { kind: "transform", capability: "std::CT_V0", implementation: "one@1" },
      { scope: "CC", edges: { SUCCESS: { to: "CC/two" } }, inputs: { x: { kind: "literal", value: { a: 1 } } } },
    ),
    "CC/two": callTo(effectWork(), {
      scope: "CC",
      inputs: { it: { kind: "result", of: "CC/one", path: [] } },
      edges: { SUCCESS: { leave: "SUCCESS" } },
    }),
  }),
  scopes: { CC: { code: "demo::CC_V0", exits: { SUCCESS: { outputs: {}, to: "END" } } } },
};

describe("a trace for people", () => {
  it("tells what was done, with what, and what came of it", () => {
    const passed = { type: "Passed", steps: [{ place: "CC/one", outcome: "SUCCESS", digest: "sha256:22" }] } as const;
    const text = markdown(contract, started, passed, { ...settled, place: "CC/two" }, ended);
    expect(text).toBe(`# Execution Trace

**Workflow**: \`test::WF_V0\`\\
**Execution ID**: \`e1\`

## Summary

- **Status**: SUCCESS
- **Outcome**: \`DONE\`
- **Exit**: \`END\`
- **Exit Reason**: \`COMPLETED\`
- **Duration**: 1000 ms
- **Execution Phase**: FULL DAG
- **Nodes Executed**: 2
- **Started**: 1970-01-01T00:00:01.000Z by \`ada\`
- **Input**: \`{}\`
- **Snapshot**: \`sha256:11\`
- **Engine**: \`0.1.0\`

## Path

\`CC\` (SUCCESS) → \`END\` (completed)

## Execution Flow

1. \`CC\` demo::CC_V0 → SUCCESS (1000 ms)
   - \`CC/one\` std::CT_V0 → SUCCESS (0 ms)
     - in: \`{"x":{"a":1}}\`
     - out, as digest: \`sha256:22\`
   - \`CC/two\` CS_MAIL → SUCCESS (1000 ms)
     - in, without a value in the log: \`["it"]\`
     - out: \`1\`
2. \`END\` → completed (0 ms)
`);
  });

  it("tells what was refused, and shows text that would act as text", () => {
    const nack = { type: "Passed", steps: [{ place: "ASK", outcome: "NACK" }] } as const;
    const hostile = { ...started, principal: "a`b\n# c\u001b[2J" };
    const text = markdown(asking, hostile, nack, { ...ended, class: "rejected", outputs: { why: "``" } });
    expect(text).toContain("- **Execution Phase**: ADMISSION");
    expect(text).toContain("## Protocol Violations\n\n- `ASK` `REQUIRED` at `name`: `");
    expect(text).toContain("by ``a`b\\u{a}# c\\u{1b}[2J``\n");
    expect(text).toContain('- **Outputs**: ```{"why":"``"}```');
  });

  it("puts blanks between a fence and what begins with one", () => {
    expect(markdown(stepOf.idempotent, { ...started, principal: "`" })).toContain("by `` ` ``\n");
  });

  it("tells where it stands, until when, and what went wrong on the way", () => {
    const text = markdown(stepOf.idempotent, started, failed(1, 2_000, 2_500));
    expect(text).toContain("- **Status**: WAITING\n- **Execution Phase**: UNDER WAY");
    expect(text).toContain("## Standing\n\n- `WORK`: waiting until 1970-01-01T00:00:02.500Z\n");
    expect(text).toContain(
      "- AttemptFailed `REFUSED` at `WORK`, attempt 1, revision 2, tried again from 1970-01-01T00:00:02.500Z on: `no`",
    );
    expect(text).toContain("1. `WORK` CS_MAIL → stands here\n   - AttemptFailed `REFUSED`\n");
    const stuck = markdown(stepOf.once, started, begun, lost(1), incident("OUTCOME_UNKNOWN", "who knows"));
    expect(stuck).toContain("- `WORK`: incident `OUTCOME_UNKNOWN`\n");
    expect(stuck).toContain("- IncidentOpened `OUTCOME_UNKNOWN` at `WORK`, attempt 1, revision 4: `who knows`");
    expect(stuck).toContain("   - AttemptStarted, attempt `1`, 1970-01-01T00:00:01.000Z\n");
    expect(stuck).not.toContain("## Path");
  });

  it("tells who called it off", () => {
    const text = markdown(stepOf.operating, started, cancelling, cancelled);
    expect(text).toContain("- **Status**: CANCELLED\n- **Outcome**: `CANCELLED`\n");
    expect(text).toContain("- **Execution Phase**: MID-WORKFLOW");
    expect(text).toContain("2. CancelRequested, by `ada`, deadline `1970-01-01T00:00:13.000Z`, reason `enough`, 1970");
    expect(text).toContain("1. `WORK` CS → CALLED_OFF (2000 ms)\n");
  });

  it("tells what undoes a step, which execution was asked for, and what was emitted", () => {
    const undone = callTo(
      { kind: "child", workflow: "demo::WF_SUB_V0" },
      { outcomes: ["COMPLETED"], edges: { COMPLETED: { to: "END" } }, undo: { place: "UNDO", on: ["COMPLETED"] } },
    );
    const undo = callTo(effectWork(), { edges: { SUCCESS: { undone: true } } });
    const graph = graphOf({ WORK: undone, UNDO: undo });
    const places = { ...graph.places, END: { ...graph.places["END"], undoes: true } };
    const text = markdown(
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the exit is there
      { ...graph, places } as Graph,
      started,
      { ...settled, outcome: "COMPLETED" },
      { ...settled, place: "UNDO" },
      { ...ended, emitted: ["demo::EV_V0"] },
    );
    expect(text).toContain("1. `WORK` demo::WF_SUB_V0 → COMPLETED (1000 ms)\n   - execution: `be69c000");
    expect(text).toContain("3. `UNDO` CS_MAIL, undoing → SUCCESS (0 ms)\n");
    expect(text).toContain('- **Emitted**: `["demo::EV_V0"]`\n');
  });

  it("shows a long value as its digest", () => {
    const long = "x".repeat(20_000);
    const graph = graphOf({
      WORK: callTo(effectWork(), {
        inputs: { long: { kind: "literal", value: long }, short: { kind: "literal", value: 1 } },
      }),
    });
    const text = markdown(graph, { ...started, input: long }, { ...settled, value: long }, { ...ended, outputs: long });
    expect(text.length).toBeLessThan(2_000);
    expect(text).toContain("- **Input**: `sha256:");
    expect(text).toContain("- **Outputs**: `sha256:");
    expect(text).toContain('   - in: `{"short":1}`\n   - in, as digests: `{"long":"sha256:');
    expect(text).toContain("   - out, as digest: `sha256:");
  });
});

describe("the flow of a trace", () => {
  const ids = (parts: readonly FlowPart[]): readonly string[] =>
    parts.flatMap((part) => (part.kind === "note" ? [] : [part.id, ...ids(part.inside)]));

  it("holds every place that was reached, once", () => {
    const fate = fc.record({ graph: anyGraph, seed: fc.nat(), turns: fc.nat(12) });
    fc.assert(
      fc.property(fate, ({ graph, seed, turns }) => {
        const [first = "", ...rest] = live({ graph, seed, turns }).owner.lines;
        const trace = traceOf({ graph, lines: [first, ...rest], sha256 });
        const began = trace.entries
          .filter(({ kind }) => kind.endsWith("_start") && kind !== "execution_start")
          .map(({ payload }) => JSON.stringify(payload["node_id"]));
        const held = ids(flowOf(trace)).map((id) => JSON.stringify(id));
        expect(held.toSorted()).toEqual(began.toSorted());
      }),
      { numRuns: 30 },
    );
  });
});

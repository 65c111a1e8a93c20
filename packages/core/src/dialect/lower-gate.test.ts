import { cameAfter, publishedGraph, type Edit } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { EmittedEvent } from "../entity/operation.ts";
import type { Graph } from "../graph/graph.ts";
import type { JsonObject } from "../value/json.ts";

/** The published workspace without its contracts, so that nothing but the gate and the intent decides. */
const alone: readonly Edit[] = [["WF", "next: { ACK: CC_KEEP, NACK: EXIT }", "next: { ACK: EXIT_DONE, NACK: EXIT }"]];

const gated = (admission: string): Graph =>
  publishedGraph([...alone, ["WF", "  start_node:", `  admission: ${admission}\n  start_node:`]]);

const told = (code: string, fields: JsonObject = {}): EmittedEvent => ({
  event: `published::${code}`,
  fields,
  atMs: 0,
});

const reason = (graph: Graph, past: readonly EmittedEvent[], input: JsonObject = { key: "A" }): unknown =>
  cameAfter(past, graph, input).exit_reason;

describe("a published gate", () => {
  it("stands before everything, and no route shows it", () => {
    const graph = gated("{ requires: [EV_A_V0] }");
    expect(graph.start).toBe("/ADMISSION");
    expect(cameAfter([], graph, { key: "A" })).toMatchObject({
      status: "FAILED",
      class: "failed",
      exit_node: null,
      exit_reason: "ADMISSION_DENIED",
      route: [],
      nack: [],
    });
    expect(cameAfter([told("EV_A_V0")], graph, { key: "A" })).toMatchObject({
      status: "SUCCESS",
      route: [
        { node: "IN_ORDER_V0", outcome: "ACK" },
        { node: "EXIT_DONE", outcome: "completed" },
      ],
    });
  });

  it("that lets through what the intent refuses leaves it to the intent to say why", () => {
    expect(cameAfter([told("EV_A_V0")], gated("{ requires: [EV_A_V0] }"), {})).toMatchObject({
      exit_reason: "EXIT_REJECTED",
      nack: [{ field: "key", code: "REQUIRED" }],
    });
  });

  it("binds fields of an event to fields of what was sent", () => {
    const graph = gated("{ requires: [EV_A_V0], bindings: { EV_A_V0: { who: key } } }");
    expect(reason(graph, [told("EV_A_V0", { who: "B" })])).toBe("ADMISSION_DENIED");
    expect(reason(graph, [told("EV_A_V0", { who: "A" })])).toBe("COMPLETED");
  });

  it("denies where what is bound was not sent, or is null", () => {
    const graph = gated("{ forbids: [EV_A_V0], bindings: { EV_A_V0: { who: note } } }");
    for (const input of [{ key: "A" }, { key: "A", note: null }]) {
      expect(cameAfter([], graph, input)).toMatchObject({
        exit_reason: "ADMISSION_DENIED",
        outcome: "ADMISSION_BINDING_MISSING_FIELD",
        outputs: {},
      });
    }
    expect(reason(graph, [], { key: "A", note: "N" })).toBe("COMPLETED");
  });

  it("forbids what has no fields of its own by all that are bound", () => {
    const graph = gated("{ requires: [EV_A_V0], forbids: [EV_B_V0], bindings: { EV_A_V0: { who: key } } }");
    const required = told("EV_A_V0", { who: "A" });
    expect(reason(graph, [required, told("EV_B_V0", { who: "B" })])).toBe("COMPLETED");
    expect(reason(graph, [required, told("EV_B_V0", { who: "A" })])).toBe("ADMISSION_DENIED");
  });

  it("knows events by their codes, whatever namespace is written before them", () => {
    expect(reason(gated("{ requires: [shop::EV_A_V0] }"), [told("EV_A_V0")])).toBe("COMPLETED");
  });

  it.each(["~", "{}", "{ requires: [], forbids: [] }", "{ requires: ~, bindings: ~ }"])(
    "that asks for nothing is none: %s",
    (admission) => {
      expect(gated(admission).start).toBe("IN_ORDER_V0");
    },
  );

  it("is asked for what is appended under a code", () => {
    expect(publishedGraph().places["CC_TELL/tell"]).toMatchObject({ work: { operation: "published.APPEND" } });
  });
});

import { admissionProject, cameAfter, changed, documentsOf, testOptions, type Edit } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { EmittedEvent } from "../entity/operation.ts";
import type { Graph } from "../graph/graph.ts";
import type { JsonObject } from "../value/json.ts";
import { present } from "../value/present.ts";
import { compile } from "./compile.ts";
import { behindGate } from "./lower-admission.ts";

function graphOf(workflow: string, edits: readonly Edit[] = []): Graph {
  const { compiled, problems } = compile(documentsOf(changed(admissionProject, edits), "shop"), testOptions);
  expect(problems).toEqual([]);
  return present(present(compiled).graphs[`shop::${workflow}`]);
}

const told = (code: string, fields: JsonObject = { order: "A" }): EmittedEvent => ({
  event: `shop::EV_${code}_V0`,
  fields,
  atMs: 0,
});

const shipped = (carrier: string): EmittedEvent => told("SHIPPED", { order: "A", carrier });

const route = (...nodes: readonly string[]): readonly object[] =>
  nodes.map((node) => ({ node: node.split(" ")[0], outcome: node.split(" ")[1] }));

describe("an admission", () => {
  it("is one operation behind the intent, with all that it asks for bound", () => {
    const { places, start } = graphOf("WF_SHIP_V0");
    expect(start).toBe("IN_SHIP_V0");
    expect(places[start]).toMatchObject({ edges: { ACK: { to: "ADMISSION" }, NACK: { to: "EXIT_BAD_INPUT" } } });
    const where = { order: "$.payload.order" };
    const after = { event: "shop::EV_CANCELLED_V0", where };
    expect(places["ADMISSION"]).toEqual({
      kind: "call",
      work: { kind: "operate", capability: "admission", operation: "events.ADMIT", store: "@events" },
      inputs: {
        clauses: {
          kind: "literal",
          value: [{ clause: "requires[0]", event: "shop::EV_PAID_V0", where, at_least: 1, after }],
        },
        "$.payload.order": { kind: "payload", path: ["order"] },
      },
      required: ["$.payload.order"],
      outcomes: ["ADMITTED", "DENIED"],
      edges: { ADMITTED: { to: "EXIT_SHIPPED" }, DENIED: { to: "ADMISSION/DENIED" } },
    });
  });

  it("lets in after what it requires", () => {
    expect(cameAfter([told("PAID")], graphOf("WF_SHIP_V0"), { order: "A" })).toMatchObject({
      status: "SUCCESS",
      outcome: "SHIPPED",
      route: route("IN_SHIP_V0 ACK", "ADMISSION ADMITTED", "EXIT_SHIPPED completed"),
      emitted: ["shop::EV_SHIPPED_V0"],
    });
  });

  it("denies without it, and says by which clause", () => {
    expect(cameAfter([told("PAID", { order: "B" })], graphOf("WF_SHIP_V0"), { order: "A" })).toMatchObject({
      status: "FAILED",
      class: "rejected",
      exit_node: null,
      exit_reason: "ADMISSION_DENIED",
      outcome: "ADMISSION_DENIED",
      route: route("IN_SHIP_V0 ACK", "ADMISSION DENIED"),
      outputs: { denied: [{ clause: "requires[0]", event: "shop::EV_PAID_V0", found: 0, at_least: 1 }] },
      emitted: [],
      nack: [],
    });
  });

  it("looks at what is later than what it must be after", () => {
    const ship = graphOf("WF_SHIP_V0");
    const outcome = (...codes: readonly string[]): unknown =>
      cameAfter(
        codes.map((code) => told(code)),
        ship,
        { order: "A" },
      ).outcome;
    expect(outcome("PAID", "CANCELLED")).toBe("ADMISSION_DENIED");
    expect(outcome("PAID", "CANCELLED", "PAID")).toBe("SHIPPED");
  });

  it("keeps out after what it forbids, and after too much of what it counts", () => {
    const cancel = graphOf("WF_CANCEL_V0");
    const outcome = (...codes: readonly string[]): unknown =>
      cameAfter(
        codes.map((code) => told(code)),
        cancel,
        { order: "A" },
      ).outcome;
    expect(outcome()).toBe("CANCELLED");
    expect(outcome("CANCELLED")).toBe("CANCELLED");
    expect(outcome("CANCELLED", "CANCELLED")).toBe("ADMISSION_DENIED");
    expect(outcome("SHIPPED")).toBe("ADMISSION_DENIED");
  });

  it("is not asked where the intent refuses", () => {
    expect(cameAfter([], graphOf("WF_SHIP_V0"), {})).toMatchObject({
      outcome: "BAD_INPUT",
      nack: [{ field: "order", code: "REQUIRED" }],
      route: route("IN_SHIP_V0 NACK", "EXIT_BAD_INPUT completed"),
    });
  });

  it("asks for literals and for what a default fills in", () => {
    const where = "where: { order: A, carrier: $.payload.carrier }";
    const edits: readonly Edit[] = [
      ["WF_SHIP_V0", "{ event: EV_PAID_V0, after: EV_CANCELLED_V0 }", `{ event: EV_SHIPPED_V0, ${where}, at_most: 0 }`],
      [
        "WF_SHIP_V0",
        "    bindings:\n      EV_PAID_V0: { order: order }\n      EV_CANCELLED_V0: { order: order }\n",
        "",
      ],
    ];
    const ship = graphOf("WF_SHIP_V0", edits);
    expect(cameAfter([shipped("COURIER")], ship, { order: "B" }).outcome).toBe("SHIPPED");
    expect(cameAfter([shipped("POST")], ship, { order: "B" }).outcome).toBe("ADMISSION_DENIED");
  });

  it("that compares with what the checks let nobody compare with is a bug", () => {
    const { places, start } = graphOf("WF_SHIP_V0");
    const spot = { at: { file: "f", line: 1, column: 1 }, path: "" };
    const where = [{ key: "order", spot, value: { kind: "timestamp", spot } as const }];
    const asked = { spot, identity: "shop::EV_PAID_V0", event: undefined, where };
    const clause = { name: "c", asked, after: undefined, atLeast: { value: 1, spot }, atMost: undefined };
    const place = present(places[start]);
    if (place.kind !== "call") throw new Error("it starts at a call");
    expect(() => behindGate(start, place, { spot, clauses: [clause], unused: [] })).toThrow("impossible");
  });
});

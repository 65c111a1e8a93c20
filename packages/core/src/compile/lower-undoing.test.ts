import {
  changed,
  chargeProject,
  documentsOf,
  greetProject,
  publishedFound,
  testOptions,
  type Edit,
  type Project,
} from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { Graph } from "../graph/graph.ts";
import { present } from "../value/present.ts";
import { compile } from "./compile.ts";
import { reachOf } from "./reach.ts";

function graphOf(project: Project, edits: readonly Edit[], workflow: string): Graph {
  const { compiled, problems } = compile(documentsOf(changed(project, edits)), testOptions);
  expect(problems).toEqual([]);
  return present(present(compiled).graphs[workflow]);
}

const key = "      inputs: { key: $.results.id.id }\n";
const giveBack: Edit = [
  "CC_KEEP_V0",
  key,
  `${key}      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GREETED, inputs: { key: $.capability_result.address } }\n`,
];

const rejected = (compensate: boolean): Edit => [
  "WF_GREET_V0",
  "reason: COMPLETED, class: completed, outcome: GREETED",
  `reason: EXITED, class: rejected, compensate: ${String(compensate)}, outcome: GREETED`,
];

describe("what undoes a step of our own stores", () => {
  const graph = graphOf(greetProject, [giveBack], "demo::WF_GREET_V0");

  it("is a place to which no edge leads, and reads what the step was answered", () => {
    expect(graph.places["CC_KEEP/keep/compensate"]).toEqual({
      kind: "call",
      scope: "CC_KEEP",
      work: {
        kind: "operate",
        capability: "std::CS_REGISTRY_V0",
        operation: "registry.DEREGISTER",
        store: "demo::STRUCTURE_GREET_V0/GREETED",
      },
      inputs: { key: { kind: "result", of: "CC_KEEP/keep", path: ["address"] } },
      required: ["key"],
      outcomes: ["SUCCESS", "NOT_FOUND", "BACKEND_ERROR"],
      edges: { SUCCESS: { undone: true }, NOT_FOUND: { undone: true } },
    });
    expect(graph.places["CC_KEEP/keep"]).toMatchObject({
      undo: { place: "CC_KEEP/keep/compensate", on: ["SUCCESS"] },
    });
    expect(graph.places["CC_KEEP/id"]).not.toHaveProperty("undo");
  });

  it("is done where the workflow fails, and nowhere else", () => {
    expect(graph.places["EXIT_BAD"]).toMatchObject({ undoes: true });
    expect(graph.places["EXIT_NEW"]).not.toHaveProperty("undoes");
    const plain = graphOf(greetProject, [], "demo::WF_GREET_V0");
    expect(plain.places["EXIT_BAD"]).not.toHaveProperty("undoes");
  });

  it("can be reached behind the step, and only where that has succeeded", () => {
    const reached = reachOf(graph).find(({ what }) => what.startsWith("registry.DEREGISTER"));
    expect(reached?.places).toEqual(["CC_KEEP/keep/compensate"]);
    expect(reached?.gates.get("CC_KEEP/keep")).toEqual(["SUCCESS"]);
  });

  it("is done before a rejection that says so", () => {
    const undone = graphOf(greetProject, [giveBack, rejected(true)], "demo::WF_GREET_V0");
    expect(undone.places["EXIT_NEW"]).toMatchObject({ class: "rejected", undoes: true });
    const kept = graphOf(greetProject, [giveBack, rejected(false)], "demo::WF_GREET_V0");
    expect(kept.places["EXIT_NEW"]).not.toHaveProperty("undoes");
  });
});

describe("what undoes a step in the world", () => {
  const refund: readonly Edit[] = [
    [
      "CC_CHARGE_V0",
      "      timeout: PT10S\n",
      `      timeout: PT10S
      compensate:
        side_effect: std::CS_HTTP_V0
        op: REQUEST
        endpoint: REFUND
        inputs: { order: $.inputs.order, status: $.capability_result.status }
        timeout: PT5S
        retry: { attempts: 7 }
`,
    ],
    [
      "RB_CHARGE_V0",
      "    demo::CS_BELL_V0:",
      `          REFUND:
            method: POST
            url: "http://127.0.0.1:8080/refunds/{order}"
            idempotent: true
            outcomes: { "2xx": SUCCESS, "404": NOT_FOUND, "4xx": VIOLATION }
    demo::CS_BELL_V0:`,
    ],
  ];

  it("has a policy of its own, and the outcomes of its endpoint", () => {
    const { places } = graphOf(chargeProject, refund, "demo::WF_CHARGE_V0");
    expect(places["PAY/charge/compensate"]).toMatchObject({
      work: { kind: "effect", timeoutMs: 5_000, retry: { attemptsMax: 7 }, configuration: { method: "POST" } },
      outcomes: ["SUCCESS", "NOT_FOUND", "VIOLATION"],
      edges: { SUCCESS: { undone: true }, NOT_FOUND: { undone: true } },
    });
  });

  it("undoes every outcome that stands for the success", () => {
    const decided: readonly Edit[] = [
      ["CS_BELL_V0", "sent: { type: string, required: true }", "sent: { type: boolean, required: true }"],
      ["CC_CHARGE_V0", "sent: { type: string }", "sent: { type: boolean }"],
      ["CC_CHARGE_V0", "allowed: [SUCCESS, VIOLATION, FAILED]", "allowed: [SUCCESS, VIOLATION, FAILED, SILENT]"],
      [
        "CC_CHARGE_V0",
        "      inputs: { text: counted }\n      result_surface: [SUCCESS]\n      on_result: { SUCCESS: continue }\n",
        `      inputs: { text: counted }
      when: { field: sent, outcomes: { SUCCESS: true, SILENT: false } }
      compensate: { side_effect: demo::CS_BELL_V0, op: RING, inputs: { text: hush, of: $.capability_result.of } }
      result_surface: [SUCCESS, SILENT]
      on_result: { SUCCESS: continue, SILENT: exit }
`,
      ],
      ["CS_BELL_V0", "boolean, required: true } }", "boolean, required: true }, of: { type: integer } }"],
      ["WF_CHARGE_V0", "FAILED: BROKEN }", "FAILED: BROKEN, SILENT: BROKEN }"],
    ];
    const { places } = graphOf(chargeProject, decided, "demo::WF_CHARGE_V0");
    expect(places["PAY/count"]).toMatchObject({ undo: { place: "PAY/count/compensate", on: ["SUCCESS", "SILENT"] } });
  });
});

it("no published step is undone, because its own engine would not have undone it", () => {
  const edit: Edit = [
    "KEEP",
    "      inputs: { key: $.results.mint.id }\n",
    "      inputs: { key: $.results.mint.id }\n      compensate: { side_effect: capability_side_effects::CS_REGISTRY_V0, op: DEREGISTER }\n",
  ];
  expect(publishedFound([edit])[0]).toMatch(/^error ARTIFACT_SCHEMA KEEP:/);
});

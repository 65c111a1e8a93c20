import { callTo, effectWork, fact, graphOf, logOf, sha256 } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { ExecutionEvent } from "../execution/events.ts";
import type { CallPlace, ExitPlace, Graph } from "../graph/graph.ts";
import type { JsonObject } from "../value/json.ts";
import { traceOf } from "./trace.ts";

const { ended, settled, started } = fact;

const entriesOf = (graph: Graph, ...log: readonly ExecutionEvent[]) => {
  const [first = "", ...rest] = logOf(log);
  return traceOf({ graph, lines: [first, ...rest], sha256 }).entries;
};

const about = (graph: Graph, node: string, ...log: readonly ExecutionEvent[]): JsonObject | undefined =>
  entriesOf(graph, ...log).find(({ payload }) => payload["node_id"] === node)?.payload;

const end: ExitPlace = { kind: "exit", class: "completed", reason: "COMPLETED", outcome: "DONE", outputs: {} };

describe("a trace of what is no contract", () => {
  it("says who is asked, what for, and which execution", () => {
    const works: readonly CallPlace["work"][] = [
      effectWork(),
      { kind: "wait", signal: "GO" },
      { kind: "wait", forMs: 10 },
      { kind: "task", summary: "Look", actors: ["demo::AC_V0"], fields: {} },
      { kind: "child", workflow: "demo::WF_SUB_V0" },
    ];
    const starts = works.map((work) => about(graphOf({ WORK: callTo(work) }), "WORK", started));
    expect(starts).toMatchObject([
      { node_type: "side_effect", capability_code: "CS_MAIL", work: { kind: "effect", handler: "http" } },
      { node_type: "wait", capability_code: "WORK", work: { kind: "wait", signal: "GO" } },
      { node_type: "wait", work: { kind: "wait" } },
      { node_type: "task", work: { kind: "task", summary: "Look", actors: ["demo::AC_V0"] } },
      { node_type: "child", capability_code: "demo::WF_SUB_V0", child: "be69c000-df00-86f7-a5dd-8e3129fde6b2" },
    ]);
  });

  it("tells the rounds of a map, and what undoes a step, beside the nodes", () => {
    const back = { outputs: {}, back: true } as const;
    const places: Graph["places"] = {
      EACH: callTo(
        { kind: "map", body: "EACH/do", itemsMax: 3, parallel: 2, succeeds: ["SUCCESS"], stops: true },
        { inputs: { over: { kind: "literal", value: [7] } }, undo: { place: "EACH/undo", on: ["SUCCESS"] } },
      ),
      "EACH/do": callTo(effectWork(), { scope: "EACH", edges: { SUCCESS: { leave: "SUCCESS" } } }),
      "EACH/undo": callTo(effectWork(), {
        inputs: { why: { kind: "literal", value: "over" } },
        edges: { SUCCESS: { undone: true } },
      }),
    };
    const graph = graphOf(places);
    const scopes = { EACH: { code: "test::CC_DO_V0", exits: { SUCCESS: back } } };
    const undoing: Graph = { ...graph, places: { ...graph.places, END: { ...end, undoes: true } }, scopes };
    const log = [started, { ...settled, place: "EACH[0]/do" }, { ...settled, place: "EACH/undo" }, ended];
    const story = entriesOf(undoing, ...log).map(({ kind, payload }) =>
      [kind, payload["node_id"], payload["status"]].filter((word) => typeof word === "string").join(" "),
    );
    expect(story.slice(2, -1)).toEqual([
      "node_start EACH",
      "side_effect_start EACH[0]/do",
      "side_effect_end EACH[0]/do SUCCESS",
      "node_end EACH SUCCESS",
      "node_start END",
      "side_effect_start EACH/undo",
      "side_effect_end EACH/undo SUCCESS",
      "node_end END completed",
    ]);
    expect(about(undoing, "EACH/undo", ...log)).toMatchObject({ undoes: true, inputs: { why: "over" } });
  });
});

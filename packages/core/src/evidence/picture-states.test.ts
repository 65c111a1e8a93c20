import { callTo, effectWork, fact, graphOf, logOf, stepOf } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { decodeRecord } from "../execution/decode.ts";
import type { ExecutionEvent } from "../execution/events.ts";
import type { Graph } from "../graph/graph.ts";
import { pictureOf } from "./picture.ts";
import { walkOf } from "./walk.ts";

const { begun, cancelled, cancelling, ended, failed, fired, incident, lost, settled, started } = fact;

const stateOf = (graph: Graph, place: string, ...log: readonly ExecutionEvent[]): string | undefined => {
  const { nodes } = pictureOf({ graph, walk: walkOf(graph, logOf(log).map(decodeRecord)) });
  const node = nodes.find(({ id }) => id === place);
  return node && [node.state, node.note].filter((word) => word !== "").join(": ");
};

describe("what a picture tells of a place", () => {
  it("is how it ended", () => {
    expect(stateOf(stepOf.failing, "WORK", started, failed(1, 2_000))).toBe("failed: 1000 ms");
    expect(stateOf(stepOf.operating, "WORK", started, cancelling, cancelled)).toBe("called-off: 2000 ms");
    const places = graphOf({ WORK: callTo(effectWork()) });
    const failing = { kind: "exit", class: "failed", reason: "FAILED", outcome: "DONE", outputs: {} } as const;
    const graph: Graph = { ...places, places: { ...places.places, END: failing } };
    expect(stateOf(graph, "END", started, settled, { ...ended, class: "failed" })).toBe("failed");
  });

  it("is what is under way, what is tried again, and what a person is asked", () => {
    const again = "waiting: waits until 1970-01-01T00:00:02.500Z";
    expect(stateOf(stepOf.idempotent, "WORK", started)).toBe("here: at work");
    expect(stateOf(stepOf.idempotent, "WORK", started, failed(1, 2_000, 2_500))).toBe(again);
    const stuck = [started, begun, lost(1), incident("OUTCOME_UNKNOWN", "")];
    expect(stateOf(stepOf.once, "WORK", ...stuck)).toBe("failed: OUTCOME_UNKNOWN");
  });

  it("is a loop at work, and between two rounds", () => {
    const graph = graphOf({
      WORK: callTo({ kind: "loop", body: "WORK/do", roundsMax: 9, again: ["AGAIN"], everyMs: 10 }, { edges: {} }),
      "WORK/do": callTo(effectWork(), { scope: "WORK", edges: { SUCCESS: { leave: "AGAIN" } } }),
    });
    const scopes = { WORK: { code: "demo::CC_V0", exits: { AGAIN: { outputs: {}, back: true } as const } } };
    const looping: Graph = { ...graph, scopes };
    const over: ExecutionEvent = { ...settled, place: "WORK[0]/do" };
    const next = "waiting: waits until 1970-01-01T00:00:02.010Z";
    expect(stateOf(looping, "WORK", started)).toBe("here: at work");
    expect(stateOf(looping, "WORK", started, over)).toBe(next);
    expect(stateOf(looping, "WORK/do", started, over, fired(2_010))).toBe("here: 2 times · at work");
  });

  it("is how long it took, in the unit that fits", () => {
    const took = [9_999, 60_000, 600_000, 7_200_000, 180_000_000].map((ms) =>
      stateOf(stepOf.idempotent, "WORK", started, { ...settled, atMs: 1_000 + ms }, ended),
    );
    expect(took).toEqual(["taken: 9999 ms", "taken: 60 s", "taken: 10 min", "taken: 120 min", "taken: 50 h"]);
  });
});

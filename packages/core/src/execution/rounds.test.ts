import { expect, it } from "vitest";
import type { MapWork } from "../graph/graph.ts";
import { mapValue, newMapStage, withEnded } from "./rounds.ts";

const work: MapWork = { kind: "map", body: "EACH/do", itemsMax: 3, parallel: 2, succeeds: ["SUCCESS"], stops: false };

it("adds a round that ended to those before it, copies none of them, and leaves them as they were", () => {
  const one = withEnded(newMapStage(work, ["a", "b", "c"]), 2, { outcome: "SUCCESS", value: 12 });
  const two = withEnded(one, 0, { outcome: "DENIED", value: 10 });
  expect(two.last?.before).toBe(one.last);
  expect(mapValue(one)).toEqual({ results: [null, null, 12], outcomes: [null, null, "SUCCESS"], failed: 0 });
  expect(mapValue(two)).toEqual({ results: [10, null, 12], outcomes: ["DENIED", null, "SUCCESS"], failed: 1 });
});

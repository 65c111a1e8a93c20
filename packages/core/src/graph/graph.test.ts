import { stepOf } from "@omnibase/testkit";
import { expect, it } from "vitest";
import { edgesOf } from "./graph.ts";

it("a call leads wherever its edges lead, and an exit leads nowhere", () => {
  const places = Object.entries(stepOf.failing.places);
  expect(places.map(([name, place]) => [name, edgesOf(place).length])).toEqual([
    ["WORK", 2],
    ["END", 0],
  ]);
});

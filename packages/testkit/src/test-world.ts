import { canonical } from "@omnibase/core";
import type { JsonObject, PureTransform, World } from "@omnibase/core";
import { sha256 } from "./keys.ts";

/** What the input weighs, and so which way a transform of the test world goes: any change of it may be seen. */
const weight = (input: JsonObject): number => canonical(input).length;

const oneOf =
  (...outcomes: readonly string[]): PureTransform =>
  (input) => ({ outcome: outcomes[weight(input) % outcomes.length] ?? "", value: { weight: weight(input) } });

/** Pure, by sealed name. Two of them misbehave: foreign code does. */
export const testTransforms: ReadonlyMap<string, PureTransform> = new Map<string, PureTransform>([
  ["test.echo@1", (input) => ({ outcome: "SUCCESS", value: { echo: input, weight: weight(input) } })],
  ["test.gate@1", (input) => ({ outcome: "SUCCESS", value: { gate: weight(input) % 2 === 0, weight: weight(input) } })],
  ["test.list@1", (input) => ({ outcome: "SUCCESS", value: { items: [weight(input), "two", { a: 3 }] } })],
  ["test.two@1", oneOf("A", "B")],
  ["test.three@1", oneOf("A", "B", "C")],
  [
    "test.throw@1",
    () => {
      throw new Error("test.throw always throws");
    },
  ],
  ["test.undeclared@1", (input) => ({ outcome: "SURPRISE", value: { weight: weight(input) } })],
]);

/** A world without a clock or a disk, whose segments are cut nowhere. */
export const testWorld: World = {
  transform: (implementation) => testTransforms.get(implementation),
  sha256,
  pause: () => false,
};

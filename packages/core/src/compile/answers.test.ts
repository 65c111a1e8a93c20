import { expect, it } from "vitest";
import type { Field, Fields } from "../graph/field.ts";
import { answeredBy } from "./answers.ts";

const [plain, secret]: readonly [Field, Field] = [
  { type: "string", required: true },
  { type: "string", required: true, secret: true },
];
const effect = { kind: "effect", identity: "CS", handler: "h", operation: "O", inputs: {}, idempotent: true } as const;
const answered = (...outcomes: readonly Fields[]): Fields =>
  answeredBy({ ...effect, outcomes: new Map(outcomes.map((fields, index) => [`O${String(index)}`, fields])) });

it("what one outcome declares to be secret is secret, whatever another says", () => {
  expect(answered({ x: secret, y: plain }, { x: plain })).toEqual({ x: secret, y: plain });
  expect(answered({ x: plain }, { x: secret })).toEqual({ x: secret });
});

it("an endpoint answers the same with every outcome", () => {
  const { kind: _, ...named } = effect;
  expect(answeredBy({ ...named, kind: "endpoint", outputs: { x: secret } })).toEqual({ x: secret });
});

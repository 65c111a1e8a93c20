import { expect, it } from "vitest";
import type { Atom } from "../graph/molecule.ts";
import { codeOf } from "./molecule.ts";
import type { PureTransform } from "./world.ts";

const loop: Atom = {
  implementation: "sum",
  molecule: {
    steps: [
      {
        as: "each",
        atom: { implementation: "atom" },
        inputs: { item: { kind: "result", of: "$iterator", path: [] } },
        required: ["item"],
        loop: {
          over: { kind: "payload", path: ["items"] },
          accumulator: { seen: 0 },
          update: { seen: { kind: "result", of: "$iterator", path: [] } },
        },
      },
    ],
    emit: { each: { kind: "result", of: "each", path: [] } },
  },
};

const answering = (answer: ReturnType<PureTransform>): PureTransform => {
  const execute = codeOf(loop, (name) => (name === "atom" ? () => answer : undefined));
  if (execute === undefined) throw new Error("its code is there");
  return execute;
};

it("keeps what accumulates, whatever the atom answers with", () => {
  expect(answering({ outcome: "SUCCESS", value: { said: 1 } })({ items: [7, 8] })).toEqual({
    outcome: "SUCCESS",
    value: { each: { said: 1, accumulator: { seen: 8 } } },
  });
  expect(answering({ outcome: "SUCCESS", value: [1] })({ items: [7] })).toMatchObject({
    value: { each: { accumulator: { seen: 7 } } },
  });
});

it("ends as the first atom that does not succeed, and with VIOLATION where there is no list", () => {
  const failing = answering({ outcome: "TOO_MUCH", value: { said: 1 } });
  expect(failing({ items: [1] })).toEqual({ outcome: "TOO_MUCH", value: {} });
  expect(failing({ items: [] })).toMatchObject({ outcome: "SUCCESS" });
  expect(failing({})).toEqual({ outcome: "VIOLATION", value: {} });
  expect(failing({ items: Array.from({ length: 1_001 }, () => 1) })).toEqual({ outcome: "VIOLATION", value: {} });
});

it("is not there where code that it needs is not there", () => {
  expect(codeOf(loop, () => undefined)).toBeUndefined();
});

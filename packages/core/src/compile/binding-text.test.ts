import { expect, it } from "vitest";
import type { Binding } from "../graph/binding.ts";
import { bindingText, sourcesOf } from "./binding-text.ts";

const everything: Binding = {
  kind: "object",
  fields: {
    a: { kind: "list", items: [{ kind: "payload", path: ["x", "y"] }, { kind: "timestamp" }] },
    b: { kind: "received", path: [], some: true },
    c: { kind: "result", of: "CC_KEEP/id", path: ["id"] },
    d: { kind: "literal", value: { z: null } },
  },
};

it("says a binding as its author would, in one way only", () => {
  expect(bindingText(everything)).toBe(
    '{"a":[$.payload.x.y,{{timestamp}}],"b":$.received?,"c":$.results.CC_KEEP/id.id,"d":{"z":null}}',
  );
});

it("finds everything that is read, and nothing in what is not there", () => {
  expect(sourcesOf(everything)).toEqual(["$.payload.x.y", "$.received", "$.results.CC_KEEP/id.id"]);
  expect(sourcesOf(undefined)).toEqual([]);
});

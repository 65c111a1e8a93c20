import * as fc from "fast-check";
import { describe, it } from "vitest";
import { named, stored } from "./names.ts";

const name = fc.string({ unit: fc.constantFrom("a", "0", "1", "\u0000", "\u0001", "é") });

describe("a name as SQLite keeps it", () => {
  it("holds no NUL, at which some drivers cut", () => {
    fc.assert(fc.property(name, (text) => !stored(text).includes("\u0000")));
  });

  it("is read back as it was, so two names are never one", () => {
    fc.assert(fc.property(name, (text) => named(stored(text)) === text));
  });
});

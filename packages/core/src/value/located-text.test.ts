import { locatedYaml } from "@omnibase/testkit";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { locatedFrom, locatedText } from "./located-text.ts";
import type { Located } from "./located.ts";

const position = fc.record({ file: fc.constant("a.yaml"), line: fc.nat(), column: fc.nat() });
const anyLocated: fc.Arbitrary<Located> = fc.letrec<{ readonly located: Located }>((tie) => ({
  located: fc.oneof(
    { maxDepth: 4 },
    fc.record({
      kind: fc.constant("scalar"),
      value: fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.string({ unit: "binary" })),
      at: position,
    }),
    fc.record({ kind: fc.constant("list"), items: fc.array(tie("located")), at: position }),
    fc.record({
      kind: fc.constant("map"),
      entries: fc.array(fc.record({ key: fc.string(), keyAt: position, value: tie("located") })),
      at: position,
    }),
  ),
})).located;

it("comes back as it was, positions included", () => {
  fc.assert(
    fc.property(anyLocated, (located) => {
      expect(locatedFrom(locatedText(located), "a.yaml")).toEqual(located);
    }),
  );
});

it("is one line, and says the same of a file with another name", () => {
  const text = "a: [1, x]\nb: { c: null }\n";
  const line = locatedText(locatedYaml(text, "one.yaml"));
  expect(line).not.toContain("\n");
  expect(locatedFrom(line, "other.yaml")).toEqual(locatedYaml(text, "other.yaml"));
});

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { libraryTypes } from "../../scripts/library-types.mjs";

it("says of the standard library what its artifacts say: else call scripts/library-types.mjs", async () => {
  const texts = await libraryTypes();
  expect([...texts].map(([file]) => readFileSync(file, "utf8"))).toEqual([...texts.values()]);
  expect(texts.size).toBe(3);
});

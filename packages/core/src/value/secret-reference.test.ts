import { expect, it } from "vitest";
import { secretNamesIn, withSecrets } from "./secret-reference.ts";

it("finds every name once, wherever it stands", () => {
  expect(secretNamesIn("Bearer secret://PAY_TOKEN")).toEqual(["PAY_TOKEN"]);
  expect(secretNamesIn("secret://A:secret://B secret://A")).toEqual(["A", "B"]);
  expect(secretNamesIn("secret://")).toEqual([""]);
  expect(secretNamesIn("no secret at all")).toEqual([]);
});

it("puts values where the names stood, and reads nothing in them again", () => {
  const values: Readonly<Record<string, string>> = { A: "secret://B", B: "b" };
  expect(withSecrets("x secret://A y", (name) => values[name] ?? "")).toBe("x secret://B y");
});

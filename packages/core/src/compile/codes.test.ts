import { expect, it } from "vitest";
import { codes } from "./codes.ts";

it("says of every code what it means and what to do, in one sentence each", () => {
  for (const [code, { says, hint }] of Object.entries(codes)) {
    expect(code).toMatch(/^[A-Z_]+$/);
    expect(says).toMatch(/^(?:[A-Z`]|on_).*\.$/);
    expect(hint).toMatch(/[^.]$/);
  }
});

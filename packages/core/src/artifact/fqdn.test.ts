import { expect, it } from "vitest";
import { identityOf, parseFqdn } from "./fqdn.ts";

it("reads what it writes, and nothing else", () => {
  expect(parseFqdn(identityOf("a.b", "CC_X"))).toEqual({ namespace: "a.b", code: "CC_X" });
  for (const wrong of ["CC_X", "::CC_X", "a::", "a::b::c", "a:b", "a-b::c"]) expect(parseFqdn(wrong)).toBeUndefined();
});

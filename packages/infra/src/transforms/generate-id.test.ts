import type { Json } from "@omnibase/core";
import { describe, expect, it } from "vitest";
import { builtinTransforms } from "./index.ts";

const run = (input: { readonly [name: string]: Json }): unknown => builtinTransforms["std.generate_id@1"]?.(input);

describe("std.generate_id@1", () => {
  const bachi = { first_name: "Bachi", last_name: "Eight" };
  it.each([
    ["GR_21844d298efe7a0a", { prefix: "GR", data: "Ada" }],
    [
      "AREQ_d9a22d756846f5a2",
      {
        prefix: "AREQ",
        data: {
          tool_name: "PROVISION_STANDARD_LICENSE",
          requesting_user_id: "EMP_STD_001",
          domain_context: "ai_licensing",
        },
      },
    ],
    ["AC_dc6e2a7ae93b8bae", { prefix: "AC", data: { ...bachi, email_registration: "bachi8@yahoo.com" } }],
    ["KYC_94cee1398e1662e9", { prefix: "KYC", data: { ...bachi, email: "bachi8@yahoo.com" } }],
  ])("gives the published id %s", (id, input) => {
    expect(run(input)).toEqual({ outcome: "SUCCESS", value: { id } });
  });

  it("wraps what is not an object", () => {
    const wrapped = [null, 1, true, "x", [1]].map((data) => run({ prefix: "P", data }));
    const objects = [null, 1, true, "x", [1]].map((value) => run({ prefix: "P", data: { value } }));
    expect(wrapped).toEqual(objects);
  });

  it.each([{ data: "Ada" }, { prefix: "", data: "Ada" }, { prefix: 1, data: "Ada" }, { prefix: "GR" }])(
    "is violated by %j",
    (input) => {
      expect(run(input)).toMatchObject({ outcome: "VIOLATION" });
    },
  );
});

it("std.passthrough@1 hands its input on", () => {
  const input = { a: [1, { b: null }] };
  expect(builtinTransforms["std.passthrough@1"]?.(input)).toEqual({ outcome: "SUCCESS", value: input });
});

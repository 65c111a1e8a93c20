import { locatedYaml } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { plain } from "../value/located-value.ts";
import { transformForm } from "./capability-form.ts";

const transform = (code: string, fields: string): string => `ct_code: ${code}
version: v0
core:
${fields}
machine: { ct_kind: atom, ct_purity: ct_pure, implementation: { module: pgs, callable: execute } }
`;

const formOf = (namespace: string, code: string, fields: string): unknown =>
  plain(
    transformForm(locatedYaml(transform(code, fields), "CT.yaml"), {
      namespace,
      intentOf: new Map(),
      report: () => undefined,
    }),
  );

const drawing =
  "  inputs: { entropy_bits: { type: integer, required: true } }\n  outputs: { entropy_bytes: { type: string } }";

describe("a published transform", () => {
  it("that draws is given what it draws, and what it draws is secret", () => {
    expect(formOf("capability_transforms", "CT_PURE_GENERATE_ENTROPY_V0", drawing)).toMatchObject({
      implementation: { given: "entropy" },
      core: { outputs: { entropy_bytes: { type: "string", secret: true } } },
    });
  });

  it("says of keys, seeds and mnemonics that they are secret, although nobody wrote it", () => {
    const fields =
      "  inputs: { seed_bytes: { type: string } }\n  outputs: { master_private_key_bytes: { type: string }, depth: { type: integer } }";
    expect(formOf("capability_transforms", "CT_PURE_DERIVE_MASTER_KEY_V0", fields)).toMatchObject({
      implementation: { builtin: "std.derive_master_key" },
      core: {
        inputs: { seed_bytes: { secret: true } },
        outputs: { master_private_key_bytes: { secret: true }, depth: { type: "integer" } },
      },
    });
  });

  it("of somebody else's is what it says", () => {
    expect(formOf("shop", "CT_PURE_GENERATE_ENTROPY_V0", drawing)).toMatchObject({
      implementation: { builtin: "shop::CT_PURE_GENERATE_ENTROPY_V0" },
      core: { outputs: { entropy_bytes: { type: "string" } } },
    });
  });
});

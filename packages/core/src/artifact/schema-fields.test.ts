import { locatedYaml } from "@omnibase/testkit";
import { expect, it } from "vitest";
import { fieldsOfSchema } from "./schema-fields.ts";

it("reads a schema as fields, or says what of it is not executed", () => {
  const object = "type: object\nadditionalProperties: false\nproperties:\n  a: { type: string";
  expect(fieldsOfSchema(locatedYaml(`${object}, minLength: 1 }`, "s.yaml"))).toEqual({
    ok: true,
    value: { a: { type: "string", required: false, min_length: 1, nullable: false } },
  });
  expect(fieldsOfSchema(locatedYaml(`${object}, if: {} }`, "s.yaml"))).toMatchObject({
    ok: false,
    error: [{ code: "SCHEMA_FORBIDDEN", at: { line: 4, column: 22 } }],
  });
  expect(fieldsOfSchema(locatedYaml("7", "s.yaml")).ok).toBe(false);
});

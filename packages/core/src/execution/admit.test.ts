import { describe, expect, it } from "vitest";
import type { Field, Fields } from "../graph/field.ts";
import type { Json } from "../value/json.ts";
import { admit, admitSent } from "./admit.ts";

const optional = (field: Omit<Field, "required">): Field => ({ ...field, required: false });
const one = (field: Omit<Field, "required">): Fields => ({ value: optional(field) });
const codesOf = (fields: Fields, received: Json): readonly string[] =>
  admit(fields, received).nack.map(({ code }) => code);

describe("an admission", () => {
  it("admits what was declared, with defaults applied", () => {
    const fields: Fields = {
      name: { type: "string", required: true },
      count: optional({ type: "integer", default: 3 }),
      note: optional({ type: "string" }),
    };
    expect(admit(fields, { name: "ada" })).toEqual({ payload: { name: "ada", count: 3 }, nack: [] });
    expect(admit(fields, { name: "ada", count: null })).toEqual({ payload: { name: "ada", count: 3 }, nack: [] });
  });

  it("names every field that fails, and where it is", () => {
    const fields: Fields = {
      name: { type: "string", required: true },
      supplier: { type: "object", required: true, fields: { email: { type: "string", required: true } } },
      tags: optional({ type: "array", items: { type: "string", required: true } }),
    };
    expect(admit(fields, { supplier: { mail: 1 }, tags: ["a", 2], toString: 1 }).nack).toEqual([
      { field: "name", code: "REQUIRED", message: "name is required" },
      { field: "supplier.email", code: "REQUIRED", message: "supplier.email is required" },
      { field: "supplier.mail", code: "UNDECLARED", message: "supplier.mail is not declared" },
      { field: "tags[1]", code: "TYPE", message: "tags[1] is not of type string" },
      { field: "toString", code: "UNDECLARED", message: "toString is not declared" },
    ]);
  });

  it("lets through what is not declared, at every depth, where it is open", () => {
    const fields: Fields = {
      name: { type: "string", required: true },
      tags: optional({ type: "array", items: { type: "object", required: true, fields: {} } }),
    };
    const received = { name: "ada", more: null, tags: [{ a: 1 }] };
    expect(admit(fields, received, true)).toEqual({ payload: received, nack: [] });
    expect(admit(fields, { more: 1 }, true).nack.map(({ code }) => code)).toEqual(["REQUIRED"]);
  });

  it.each([[null], ["text"], [[1]]])("refuses an input that is no object: %j", (received: Json) => {
    const nack = [{ field: "", code: "TYPE", message: "the input is not an object" }];
    expect(admit({}, received)).toEqual({ payload: received, nack });
  });

  it.each<readonly [Field["type"], Json, Json]>([
    ["string", "a", 1],
    ["number", 1.5, "1.5"],
    ["integer", 1, 1.5],
    ["boolean", false, 0],
    ["object", {}, []],
    ["array", [], {}],
  ])("knows a value of type %s", (type, right, wrong) => {
    expect(codesOf(one({ type }), { value: right })).toEqual([]);
    expect(codesOf(one({ type }), { value: wrong })).toEqual(["TYPE"]);
  });

  it("takes any value where any is declared", () => {
    expect(codesOf(one({ type: "any" }), { value: [1, { a: "b" }] })).toEqual([]);
  });

  it.each<readonly [string, Omit<Field, "required">, Json, Json]>([
    ["ENUM", { type: "any", enum: [{ a: 1, b: 2 }, "x"] }, { b: 2, a: 1 }, "y"],
    ["MIN_LENGTH", { type: "string", min_length: 2 }, "ab", "\u{1F600}"],
    ["MAX_LENGTH", { type: "string", max_length: 1 }, "\u{1F600}", "ab"],
    ["MIN_LENGTH", { type: "array", min_length: 1 }, [1], []],
    ["MAX_LENGTH", { type: "array", max_length: 1 }, [1], [1, 2]],
    ["MINIMUM", { type: "number", minimum: 0 }, 0, -0.1],
    ["MAXIMUM", { type: "integer", maximum: 9 }, 9, 10],
    ["FORMAT", { type: "string", format: "email" }, "ada@example.org", "ada at example.org"],
    ["FORMAT", { type: "string", format: "date-time" }, "2026-01-01T00:00:00.5+01:00", "2026-01-01"],
  ])("knows its bounds: %s of %j", (code, field, right, wrong) => {
    expect(codesOf(one(field), { value: right })).toEqual([]);
    expect(codesOf(one(field), { value: wrong })).toEqual([code]);
  });

  it.each(["2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2016-12-31T23:59:60Z", "2026-01-01T00:00:00+24:00"])(
    "knows that the calendar has no %s",
    (value) => {
      expect(codesOf(one({ type: "string", format: "date-time" }), { value })).toEqual(["FORMAT"]);
    },
  );

  it("asks for a format only of text", () => {
    expect(codesOf(one({ type: "any", format: "email" }), { value: 7 })).toEqual([]);
  });
});

describe("an admission from actors only", () => {
  const work = {
    kind: "admit",
    fields: { name: { type: "string", required: true } },
    actors: {
      "demo::AC_BUYER_V0": {
        buyer_id: { type: "string", required: true },
        level: optional({ type: "integer", minimum: 1 }),
        rate: optional({ type: "number" }),
        trusted: optional({ type: "boolean", default: false }),
      },
      "demo::AC_CLERK_V0": {},
    },
  } as const;
  const from = (principal: string, received: Json = { name: "ada" }): readonly string[] =>
    admitSent(work, { principal, received }).nack.map(({ code, field }) => `${field} ${code}`);

  it("lets them in, and tells who they are", () => {
    const principal = "demo::AC_BUYER_V0 buyer_id=7 level=2 rate=-1.5e2 trusted=true";
    expect(admitSent(work, { principal, received: { name: "ada" } })).toEqual({
      nack: [],
      payload: { name: "ada", "@actor": { buyer_id: "7", level: 2, rate: -150, trusted: true } },
    });
    expect(admitSent(work, { principal: "demo::AC_BUYER_V0 buyer_id=7 trusted=false", received: {} }).payload).toEqual({
      "@actor": { buyer_id: "7", trusted: false },
    });
  });

  it.each(["local", "demo::AC_GUEST_V0", "demo::AC_CLERK_V0 ", "toString::X"])("does not know %j", (principal) =>
    expect(from(principal)).toEqual(["@actor ACTOR"]),
  );

  it("says who would have been let in", () => {
    const { nack } = admitSent(work, { principal: "local", received: { name: "ada" } });
    expect(nack[0]?.message).toBe('"local" plays none of demo::AC_BUYER_V0, demo::AC_CLERK_V0');
  });

  it("names what they say wrongly of themselves, beside what they send wrongly", () => {
    expect(from("demo::AC_BUYER_V0 level=0 rate=1e999 trusted=yes age=7", {})).toEqual([
      "@actor.buyer_id REQUIRED",
      "@actor.level MINIMUM",
      "@actor.rate TYPE",
      "@actor.trusted TYPE",
      "@actor.age UNDECLARED",
      "name REQUIRED",
    ]);
    expect(from("demo::AC_BUYER_V0 buyer_id=7 level=0x2")).toEqual(["@actor.level TYPE"]);
    expect(from("demo::AC_CLERK_V0", "text")).toEqual([" TYPE"]);
  });

  it("takes no word from what is sent", () => {
    expect(from("local", { name: "ada", "@actor": { buyer_id: "7" } })).toEqual(["@actor ACTOR", "@actor UNDECLARED"]);
  });

  it("asks nobody who they are where everyone may come", () => {
    const open = { kind: "admit", fields: {} } as const;
    expect(admitSent(open, { principal: "local", received: {} })).toEqual({ nack: [], payload: {} });
  });
});

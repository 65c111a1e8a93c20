import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPlayedBy, playerOf } from "./principal.ts";

const said = (principal: string): unknown => {
  const player = playerOf(principal);
  return player && [player.actor, Object.fromEntries(player.attributes)];
};

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

describe("a principal that plays an actor", () => {
  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ["demo::AC_BUYER_V0", {}],
    ["demo::AC_BUYER_V0 buyer_id=B-7", { buyer_id: "B-7" }],
    ["demo::AC_BUYER_V0 a=b=c d=1", { a: "b=c", d: "1" }],
    ['demo::AC_BUYER_V0 name="Ada Lovelace" empty=""', { name: "Ada Lovelace", empty: "" }],
    [String.raw`demo::AC_BUYER_V0 name="say \"\\\""`, { name: String.raw`say "\"` }],
  ])("says so: %s", (principal, attributes) => {
    expect(said(principal)).toEqual(["demo::AC_BUYER_V0", attributes]);
  });

  it.each([
    "",
    "ada",
    "AC_BUYER_V0",
    " demo::AC_BUYER_V0",
    "demo::AC_BUYER_V0 ",
    "demo::AC_BUYER_V0  a=1",
    "demo::AC_BUYER_V0\ta=1",
    "demo::AC_BUYER_V0 a",
    "demo::AC_BUYER_V0 a=",
    "demo::AC_BUYER_V0 =1",
    "demo::AC_BUYER_V0 a=1 a=2",
    'demo::AC_BUYER_V0 a="1',
    'demo::AC_BUYER_V0 a="1"b=2',
    String.raw`demo::AC_BUYER_V0 a="\n"`,
  ])("is not read into %j", (principal) => expect(said(principal)).toBeUndefined());

  it("says every text, and says it back", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[\w-]+$/), fc.string(), { noNullPrototype: true }),
        (attributes) => {
          const pairs = Object.entries(attributes).map(([name, value]) => ` ${name}=${quoted(value)}`);
          expect(playerOf(`demo::AC_X${pairs.join("")}`)?.attributes).toEqual(new Map(Object.entries(attributes)));
        },
      ),
    );
  });

  it("is read in one go, however long it is", () => {
    const principal = `demo::AC_X${' a="\\"'.repeat(20_000)}`;
    expect(said(principal)).toBeUndefined();
  });
});

describe("actors", () => {
  const actors = ["demo::AC_BUYER_V0", "demo::AC_CLERK_V0"];

  it("are played by whoever says one of them, whatever they say of themselves", () => {
    expect(isPlayedBy(actors, "demo::AC_CLERK_V0")).toBe(true);
    expect(isPlayedBy(actors, "demo::AC_BUYER_V0 buyer_id=B-7")).toBe(true);
  });

  it.each(["demo::AC_BUYER", "demo::AC_GUEST_V0", "shop::AC_BUYER_V0", "local", "", "demo::AC_BUYER_V0 nothing"])(
    "are not played by %j",
    (principal) => expect(isPlayedBy(actors, principal)).toBe(false),
  );

  it("are everyone where none is named", () => expect(isPlayedBy([], "local")).toBe(true));
});

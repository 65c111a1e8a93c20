import { greetingCompiled, sha256 } from "@omnibase/testkit";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { Json } from "../value/json.ts";
import { digestOf } from "../value/sha256.ts";
import type { Compiled } from "./compiled.ts";
import { seal } from "./seal.ts";

const sealed = seal(greetingCompiled, { sha256 });

/** The same value with its keys in another order. */
function shuffled<T>(value: T, random: () => number): T;
function shuffled(value: Json, random: () => number): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => shuffled(item, random));
  const entries = Object.entries(value).map(([key, item]): [number, string, Json] => [random(), key, item]);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => a - b).map(([, key, item]) => [key, shuffled(item, random)]),
  );
}

const digests = (texts: { readonly [name: string]: string }): unknown =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, digestOf(sha256, text)]));

it("names everything by its content", () => {
  const manifest: unknown = JSON.parse(sealed.manifest);
  expect(manifest).toEqual({
    format: "omnibase-snapshot/1",
    objects: digests(sealed.objects),
    graphs: digests(sealed.graphs),
    implementations: greetingCompiled.implementations,
    authority: greetingCompiled.authority,
  });
  expect(sealed.digest).toBe(digestOf(sha256, sealed.manifest));
});

it("gives the same bytes whatever order the artifacts and their keys came in", () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (stream) => {
      const next = (): number => stream.next().value ?? 0;
      expect(seal(shuffled<Compiled>(greetingCompiled, next), { sha256 })).toEqual(sealed);
    }),
  );
});

it("gives another digest when anything in it is another", () => {
  const changed: readonly Partial<Compiled>[] = [
    { objects: { ...greetingCompiled.objects, "demo::EV_GREETED_V0": {} } },
    { graphs: {} },
    { implementations: { "std::CT_PURE_GENERATE_ID_V0": "std.generate_id@2" } },
    { authority: { ...greetingCompiled.authority, hosts: [] } },
  ];
  const seen = changed.map((change) => seal({ ...greetingCompiled, ...change }, { sha256 }).digest);
  expect(new Set([sealed.digest, ...seen]).size).toBe(5);
});

it("keeps an object whose name a careless table would lose", () => {
  const objects = Object.fromEntries<Json>([["__proto__", { a: 1 }]]);
  const { manifest } = seal({ ...greetingCompiled, objects }, { sha256 });
  expect(manifest).toContain('"objects":{"__proto__":"sha256:');
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../value/json.ts";
import { apply } from "./apply.ts";
import type { EntityReader } from "./operation.ts";
import { importStore, objectText } from "./projection.ts";

function bench(before: JsonObject = {}): {
  readonly entities: Map<string, Json>;
  readonly says: (name: string, input?: JsonObject) => readonly [string, Json];
} {
  const entities = new Map<string, Json>(Object.entries(before));
  const reader: EntityReader = { get: (key) => entities.get(key), keys: () => [...entities.keys()].toSorted() };
  const says = (name: string, input: JsonObject = {}): readonly [string, Json] => {
    const applied = apply({ name: `document.${name}`, store: "s", input, nonce: "n" }, reader, 0);
    for (const { key, value } of applied.writes) {
      if (value === undefined) entities.delete(key);
      else entities.set(key, value);
    }
    return [applied.outcome, applied.value];
  };
  return { entities, says };
}

describe("a document store", () => {
  it("gives back what was written last", () => {
    const { says } = bench();
    expect(says("READ", { key: "a" })).toEqual(["NOT_FOUND", {}]);
    says("WRITE", { key: "a", value: 1 });
    expect(says("WRITE", { key: "a", value: { b: null } })).toEqual(["SUCCESS", {}]);
    expect(says("READ", { key: "a" })).toEqual(["SUCCESS", { value: { b: null } }]);
  });

  it("names all keys or none, and changes nothing whose keys it could not tell", () => {
    const keys = Array.from({ length: 5_000 }, (_, at) => `${String(at)}${"x".repeat(230)}`);
    const { entities, says } = bench(Object.fromEntries(keys.map((key) => [key, { a: 1 }])));
    expect(says("LIST")).toEqual(["BACKEND_ERROR", {}]);
    expect(says("UPDATE_WHERE", { filter: { a: 1 }, updates: { a: 2 } })).toEqual(["VIOLATION", {}]);
    expect(entities.get(keys[0] ?? "")).toEqual({ a: 1 });
  });

  it("tells a key whose value is null from one that is not there", () => {
    const { says } = bench({ a: null });
    expect(says("READ", { key: "a" })).toEqual(["SUCCESS", { value: null }]);
    expect(says("EXISTS", { key: "a" })).toEqual(["SUCCESS", { exists: true }]);
    expect(says("EXISTS", { key: "b" })).toEqual(["SUCCESS", { exists: false }]);
  });

  it("takes keys away, and names those that are left in order", () => {
    const { says } = bench({ c: 1, a: 2, b: 3 });
    expect(says("DELETE", { key: "b" })).toEqual(["SUCCESS", {}]);
    expect(says("DELETE", { key: "b" })).toEqual(["NOT_FOUND", {}]);
    expect(says("LIST")).toEqual(["SUCCESS", { keys: ["a", "c"] }]);
  });

  it("counts the keys that it took away, each once", () => {
    const { entities, says } = bench({ a: 1, b: 2 });
    expect(says("DELETE_MANY", { keys: ["a", "a", "z"] })).toEqual(["SUCCESS", { drained_count: 1 }]);
    expect([...entities.keys()]).toEqual(["b"]);
    expect(says("DELETE_MANY", { keys: [] })).toEqual(["SUCCESS", { drained_count: 0 }]);
  });

  it("changes the objects that are as the filter says, and takes fields away that become null", () => {
    const { entities, says } = bench({ a: { s: [1], x: 1 }, b: { s: [2], x: 1 }, c: 1, d: {} });
    const changed = says("UPDATE_WHERE", { filter: { s: [1] }, updates: { x: null, y: 2 } });
    expect(changed).toEqual(["SUCCESS", { matched_keys: ["a"], updated_count: 1 }]);
    expect(Object.fromEntries(entities)).toEqual({ a: { s: [1], y: 2 }, b: { s: [2], x: 1 }, c: 1, d: {} });
  });

  it.each<readonly [string, JsonObject]>([
    ["DELETE_MANY", {}],
    ["DELETE_MANY", { keys: ["a", 1] }],
    ["UPDATE_WHERE", { filter: {}, updates: {} }],
    ["UPDATE_WHERE", { filter: 1, updates: {} }],
    ["UPDATE_WHERE", { filter: { toString: 1 }, updates: {} }],
    ["UPDATE_WHERE", { filter: { x: 1 }, updates: 1 }],
    ["UPDATE_WHERE", { filter: { x: 2 }, updates: {} }],
    ["WRITE", { key: "a" }],
  ])("refuses %s of %j and changes nothing", (name, input) => {
    const { entities, says } = bench({ a: { x: 1 } });
    expect(says(name, input)).toEqual(["VIOLATION", {}]);
    expect(Object.fromEntries(entities)).toEqual({ a: { x: 1 } });
  });

  it.each<Json>(["", " ", null, 7, "x".repeat(257), "__proto__", "a\nb", "\uD800"])("refuses the key %j", (key) => {
    const { says } = bench();
    for (const name of ["READ", "WRITE", "DELETE", "EXISTS"])
      expect(says(name, { key, value: 1 })[0]).toBe("VIOLATION");
  });
});

describe("the file of a document store", () => {
  it("is one object with each key on a line of its own", () => {
    expect(objectText([])).toBe("{}\n");
    expect(
      objectText([
        { key: 'a"', value: [1] },
        { key: "b", value: {} },
      ]),
    ).toBe('{\n"a\\"":[1],\n"b":{}\n}\n');
  });

  it("rebuilds the store", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.jsonValue({ noUnicodeString: true })), (held) => {
        const entities = Object.entries(held).map(([key, value]) => ({
          key,
          value: JSON.parse(JSON.stringify(value)),
        }));
        const imported = importStore({ kind: "document", file: "f.json" }, [JSON.parse(objectText(entities))]);
        expect(imported).toEqual({ ok: true, value: { entities, journal: [] } });
      }),
    );
  });

  it("may be empty", () =>
    expect(importStore({ kind: "document", file: "f" }, [])).toEqual({
      ok: true,
      value: { entities: [], journal: [] },
    }));

  it.each<readonly [string, Json]>([
    ["the file of a document store is one object", [1]],
    ['a key is a text of 1 to 256 characters, not ""', { "": 1, a: 2 }],
  ])("is refused where %s", (message, value) => {
    expect(importStore({ kind: "document", file: "f.json" }, [value])).toMatchObject({
      ok: false,
      error: [{ code: "DATA_LINE_INVALID", message, at: { file: "f.json" } }],
    });
  });
});

it("a registry is still rebuilt from its lines", () => {
  expect(importStore({ kind: "registry", file: "f" }, [1])).toMatchObject({ ok: false });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../value/json.ts";
import { apply } from "./apply.ts";
import { importRegistry } from "./import-registry.ts";
import type { Applied } from "./operation.ts";

const nonceOf = (request: number): string => request.toString(16).padStart(32, "0").padEnd(64, "f");
const address = (request: number): string => `ADDR_${nonceOf(request).slice(0, 32)}`;

/** A store of our own in a map, as an adapter keeps it in a table. */
function bench() {
  const entities = new Map<string, Json>();
  const journal: Json[] = [];
  let requests = 0;
  const perform = (name: string, input: JsonObject = {}): Applied => {
    requests += 1;
    const nonce = nonceOf(requests);
    const reader = { get: (key: string) => entities.get(key), keys: () => [...entities.keys()].toSorted() };
    const applied = apply({ name: `registry.${name}`, store: "s", input, nonce }, reader, 0);
    for (const { key, value } of applied.writes) {
      if (value === undefined) entities.delete(key);
      else entities.set(key, value);
    }
    if (applied.journal !== undefined) journal.push(applied.journal);
    return applied;
  };
  const says = (name: string, input: JsonObject = {}): readonly [string, Json] => {
    const { outcome, value } = perform(name, input);
    return [outcome, value];
  };
  return { entities, journal, perform, says };
}

const wrongKeys: readonly Json[] = ["", " \t", null, 7, ["a"], "x".repeat(257), "\uD800"];

describe("a registry", () => {
  it("gives a key to the first who registers it", () => {
    const { says } = bench();
    expect(says("REGISTER", { key: "a" })).toEqual(["SUCCESS", { address: address(1) }]);
    expect(says("REGISTER", { key: "a" })).toEqual(["ALREADY_EXISTS", { address: address(1) }]);
  });

  it("takes its address from the first half of the request's nonce", () => {
    const nonce = "0123456789abcdef0123456789abcdef".padEnd(64, "f");
    const empty = { get: () => undefined, keys: () => [] };
    const applied = apply({ name: "registry.REGISTER", store: "s", input: { key: "a" }, nonce }, empty, 0);
    expect(applied.value).toEqual({ address: "ADDR_0123456789abcdef0123456789abcdef" });
  });

  it.each(wrongKeys)("refuses the key %j", (key) => {
    const { says, entities } = bench();
    expect(says("REGISTER", { key })).toEqual(["VIOLATION", {}]);
    expect(says("RESOLVE", { key })).toEqual(["VIOLATION", {}]);
    expect(says("EXISTS", { key })).toEqual(["SUCCESS", { exists: false }]);
    expect(says("DEREGISTER", { key })).toEqual(["NOT_FOUND", {}]);
    expect(entities.size).toBe(0);
  });

  it("refuses to register without a key", () => expect(bench().says("REGISTER")).toEqual(["VIOLATION", {}]));

  it("takes a key of 256 characters", () =>
    expect(bench().says("REGISTER", { key: "x".repeat(256) })[0]).toBe("SUCCESS"));

  it.each([{ target_cs: 1 }, { target_ref: {} }, { value: "text" }, { value: [1] }])("refuses %j", (input) =>
    expect(bench().says("REGISTER", { key: "a", ...input })).toEqual(["VIOLATION", {}]),
  );

  it("resolves by key and by address, in each published spelling", () => {
    const { says } = bench();
    says("REGISTER", { key: "a", target_cs: "CS_X_V0", target_ref: "7" });
    const found = ["SUCCESS", { target_cs: "CS_X_V0", target_ref: "7" }];
    expect(says("RESOLVE", { key: "a" })).toEqual(found);
    expect(says("RESOLVE", { key_or_address: "a" })).toEqual(found);
    expect(says("RESOLVE", { address: address(1) })).toEqual(found);
    expect(says("RESOLVE", { key: address(1) })).toEqual(found);
    expect(says("RESOLVE", { key: "b" })).toEqual(["NOT_FOUND", {}]);
  });

  it("resolves targets that nobody gave to null", () => {
    const { says } = bench();
    says("REGISTER", { key: "a", target_cs: null });
    expect(says("RESOLVE", { key: "a" })).toEqual(["SUCCESS", { target_cs: null, target_ref: null }]);
  });

  it("prefers a key that looks like an address", () => {
    const { says } = bench();
    says("REGISTER", { key: "a", target_ref: "of a" });
    says("REGISTER", { key: address(1), target_ref: "of its look-alike" });
    expect(says("RESOLVE", { key: address(1) })).toEqual([
      "SUCCESS",
      { target_cs: null, target_ref: "of its look-alike" },
    ]);
  });

  it("knows what exists", () => {
    const { says } = bench();
    says("REGISTER", { key: "a" });
    expect(says("EXISTS", { key: "a" })).toEqual(["SUCCESS", { exists: true }]);
    expect(says("EXISTS", { key: address(1) })).toEqual(["SUCCESS", { exists: true }]);
    expect(says("EXISTS", { key: "b" })).toEqual(["SUCCESS", { exists: false }]);
  });

  it("gives a deregistered key away again, at a new address", () => {
    const { says } = bench();
    says("REGISTER", { key: "a" });
    expect(says("DEREGISTER", { key: "a" })).toEqual(["SUCCESS", {}]);
    expect(says("DEREGISTER", { key: "a" })).toEqual(["NOT_FOUND", {}]);
    expect(says("RESOLVE", { key: address(1) })).toEqual(["NOT_FOUND", {}]);
    expect(says("REGISTER", { key: "a" })).toEqual(["SUCCESS", { address: address(5) }]);
  });

  it("counts what is registered now", () => {
    const { says } = bench();
    expect(says("COUNT")).toEqual(["SUCCESS", { count: 0 }]);
    says("REGISTER", { key: "a" });
    says("REGISTER", { key: "b" });
    says("DEREGISTER", { key: "a" });
    expect(says("COUNT")).toEqual(["SUCCESS", { count: 1 }]);
  });

  it("journals what the projected file shows, and a value cannot overwrite what the registry says", () => {
    const { perform } = bench();
    const value = { key: "other", address: "ADDR_0", target_ref: "z", tombstone: true, note: "n" };
    expect(perform("REGISTER", { key: "a", target_cs: "CS_X_V0", value }).journal).toEqual({
      key: "a",
      address: address(1),
      target_cs: "CS_X_V0",
      note: "n",
    });
    expect(perform("DEREGISTER", { key: "a" }).journal).toEqual({ key: "a", address: address(1), tombstone: true });
    expect(perform("COUNT").journal).toBeUndefined();
  });

  it("keeps keys, addresses and the count apart whatever a key is called", () => {
    const { says } = bench();
    const keys = ["count", "key/a", "address/a", "a", "__proto__", "constructor", "ключ", "🐙"];
    for (const key of keys) expect(says("REGISTER", { key })[0]).toBe("SUCCESS");
    expect(says("COUNT")).toEqual(["SUCCESS", { count: keys.length }]);
  });

  it("knows no other operation", () => expect(() => bench().perform("DROP")).toThrow("impossible"));
});

const key = fc.constantFrom("a", "b", "count", "key/a", "ADDR_1");
const registerOperation = fc.record({
  name: fc.constant("REGISTER"),
  input: fc.record({ key, target_ref: fc.string(), value: fc.dictionary(fc.string(), fc.integer(), { maxKeys: 3 }) }),
});
const otherOperation = fc.record({
  name: fc.constantFrom("RESOLVE", "EXISTS", "COUNT"),
  input: fc.record({ key }),
});
const deregisterOperation = fc.record({ name: fc.constant("DEREGISTER"), input: fc.record({ key }) });

describe("over any sequence of operations", () => {
  it("exactly one registration of a key succeeds where nothing is deregistered", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(registerOperation, otherOperation)), (operations) => {
        const { perform } = bench();
        const winners = operations
          .filter(({ name, input }) => perform(name, input).outcome === "SUCCESS" && name === "REGISTER")
          .map(({ input }) => input.key);
        const asked = operations.filter(({ name }) => name === "REGISTER").map(({ input }) => input.key);
        expect(winners).toEqual([...new Set(asked)]);
      }),
    );
  });

  it("only registering and deregistering write, and both say so in the journal", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(registerOperation, otherOperation, deregisterOperation)), (operations) => {
        const { perform } = bench();
        for (const { name, input } of operations) {
          const { outcome, writes, journal } = perform(name, input);
          const changes = outcome === "SUCCESS" && name.endsWith("REGISTER");
          expect([writes.length > 0, journal !== undefined]).toEqual([changes, changes]);
        }
      }),
    );
  });

  it("the projected file rebuilds the registry", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(registerOperation, deregisterOperation)), (operations) => {
        const { perform, entities, journal } = bench();
        for (const { name, input } of operations) perform(name, input);
        const imported = importRegistry("r.jsonl", journal);
        expect(imported.ok && new Map(imported.value.entities.map((row) => [row.key, row.value]))).toEqual(entities);
        expect(imported.ok && imported.value.journal).toEqual(journal);
      }),
    );
  });
});

describe("importing a registry", () => {
  const line = { key: "a", address: "ADDR_1" };

  it("of an empty file is an empty registry", () =>
    expect(importRegistry("r.jsonl", [])).toEqual({ ok: true, value: { entities: [], journal: [] } }));

  it("lets the last line of a key win", () => {
    const lines = [line, { key: "b", address: "ADDR_2" }, { key: "a", address: "ADDR_3", target_ref: "9", note: 1 }];
    expect(importRegistry("r.jsonl", lines)).toEqual({
      ok: true,
      value: {
        entities: [
          { key: "key/b", value: { address: "ADDR_2" } },
          { key: "address/ADDR_2", value: "b" },
          { key: "key/a", value: { address: "ADDR_3", target_ref: "9", value: { note: 1 } } },
          { key: "address/ADDR_3", value: "a" },
          { key: "count", value: 2 },
        ],
        journal: lines,
      },
    });
  });

  it("honours tombstones, of keys that nobody had as well", () => {
    const lines = [line, { key: "a", tombstone: true }, { key: "z", tombstone: true }];
    expect(importRegistry("r.jsonl", lines)).toMatchObject({ value: { entities: [{ key: "count", value: 0 }] } });
  });

  it("gives an address away again that a tombstone has freed", () =>
    expect(importRegistry("r.jsonl", [line, { key: "a", tombstone: true }, { ...line, key: "b" }]).ok).toBe(true));

  it.each([
    ["a line of a registry is an object", "text"],
    ["`key` is a text of 1 to 256 characters", { address: "ADDR_1" }],
    ["`address` is a text of 1 to 256 characters", { key: "a" }],
    ["`target_cs` and `target_ref` are texts", { ...line, target_cs: 4 }],
    ["the address belongs to the key other", { key: "b", address: "ADDR_other" }],
  ])("refuses the file where %s", (message, wrong: Json) => {
    const imported = importRegistry("r.jsonl", [{ key: "other", address: "ADDR_other" }, wrong]);
    expect(imported).toMatchObject({
      ok: false,
      error: [{ code: "DATA_LINE_INVALID", message, at: { file: "r.jsonl", line: 2, column: 1 } }],
    });
  });

  it("lists every wrong line", () =>
    expect(importRegistry("r.jsonl", [1, line, 2])).toMatchObject({
      error: [{ at: { line: 1 } }, { at: { line: 3 } }],
    }));
});

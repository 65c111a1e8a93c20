import { describe, expect, it } from "vitest";
import type { EntityRules } from "../graph/entity.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { apply } from "./apply.ts";
import type { StoreKind } from "./kinds.ts";
import { entityBound, entityInput } from "./lawful.ts";
import type { Applied } from "./operation.ts";
import { importStore } from "./projection.ts";

const plain: EntityRules = {
  identity: "id",
  attributes: {
    id: { type: "string", required: true },
    stage: { type: "string", required: true, enum: ["NEW", "OPEN", "DONE"] },
    note: { type: "string", required: false, max_length: 3 },
  },
};
const living: EntityRules = {
  ...plain,
  lifecycle: { field: "stage", initial: "NEW", next: { NEW: ["NEW", "OPEN", "DONE"], OPEN: ["OPEN", "DONE"] } },
};

function bench(entity: EntityRules | undefined) {
  const entities = new Map<string, Json>();
  const reader = { get: (key: string) => entities.get(key), keys: () => [...entities.keys()].toSorted() };
  const perform = (name: string, input: JsonObject): Applied => {
    const nonce = String(entities.size).padStart(64, "0");
    const rules = entity === undefined ? {} : { [entityInput]: entity };
    const operation = { name, store: "s", input: { ...input, ...rules }, nonce };
    const applied = apply(operation, reader, 0);
    for (const { key, value } of applied.writes) {
      if (value === undefined) entities.delete(key);
      else entities.set(key, value);
    }
    return applied;
  };
  const says = (name: string, input: JsonObject): unknown => {
    const { outcome, value, writes } = perform(name, input);
    return outcome === "VIOLATION" ? [value, ...writes] : outcome;
  };
  const write = (value: Json, key = "a"): unknown => says("document.WRITE", { key, value });
  return { entities, says, write };
}

/** Why, and nothing was written. */
const because = (reason: string): Json => [{ reason }];

describe("a record", () => {
  it("has the attributes of its entity, and no others", () => {
    const { write } = bench(plain);
    expect(write({ id: "a", stage: "OPEN" })).toBe("SUCCESS");
    expect(write({ id: "a" })).toEqual(because("stage is required"));
    expect(write({ id: "a", stage: "LOST" })).toEqual(because('stage is not one of "NEW", "OPEN", "DONE"'));
    expect(write({ id: "a", stage: "NEW", note: "long" })).toEqual(because("note is longer than 3"));
    expect(write({ id: "a", stage: "NEW", more: 1 })).toEqual(because("more is not declared"));
    expect(write([1])).toEqual(because("a record is an object"));
  });

  it("stands under its identity", () => {
    expect(bench(plain).write({ id: "b", stage: "NEW" })).toEqual(because("id is b, and the record is stored as a"));
  });

  it("is removed where it has no lifecycle", () => {
    const { says, write } = bench(plain);
    write({ id: "a", stage: "NEW" });
    expect(says("document.DELETE", { key: "a" })).toBe("SUCCESS");
  });

  it("is whatever is written where no entity is named", () => {
    expect(bench(undefined).write(7)).toBe("SUCCESS");
  });
});

describe("a record with a lifecycle", () => {
  it("begins at the initial stage", () => {
    const { write } = bench(living);
    expect(write({ id: "a", stage: "OPEN" })).toEqual(because("a new record is at NEW, not at OPEN"));
    expect(write({ id: "a", stage: "NEW" })).toBe("SUCCESS");
  });

  it("goes on as its stages say, and may change without going on", () => {
    const { write } = bench(living);
    for (const stage of ["NEW", "OPEN"]) expect(write({ id: "a", stage })).toBe("SUCCESS");
    expect(write({ id: "a", stage: "OPEN", note: "x" })).toBe("SUCCESS");
    expect(write({ id: "a", stage: "NEW" })).toEqual(because("stage goes from OPEN to DONE, not to NEW"));
  });

  it("does not change at its end, and is no change as it is", () => {
    const { write } = bench(living);
    for (const stage of ["NEW", "DONE", "DONE"]) expect(write({ id: "a", stage })).toBe("SUCCESS");
    expect(write({ id: "a", stage: "DONE", note: "x" })).toEqual(because("a record at DONE does not change any more"));
  });

  it("is not removed", () => {
    const { entities, says, write } = bench(living);
    write({ id: "a", stage: "NEW" });
    const kept = because("a record that has a lifecycle is not removed: it ends in a stage");
    expect(says("document.DELETE", { key: "a" })).toEqual(kept);
    expect(says("document.DELETE_MANY", { keys: ["a"] })).toEqual(kept);
    expect([...entities.keys()]).toEqual(["a"]);
  });

  it("that an import left without a stage stays as it is", () => {
    const { entities, write } = bench(living);
    entities.set("a", { id: "a" });
    entities.set("b", 7);
    expect(write({ id: "a", stage: "NEW" })).toEqual(because("a record at null does not change any more"));
    expect(write({ id: "b", stage: "NEW" }, "b")).toEqual(because("a record at null does not change any more"));
  });

  it("changes with all others of the same operation, or none of them does", () => {
    const { entities, says, write } = bench(living);
    for (const key of ["a", "b"]) write({ id: key, stage: "NEW" }, key);
    write({ id: "b", stage: "DONE" }, "b");
    write({ id: "c", stage: "NEW" }, "c");
    const update = { filter: { stage: "NEW" }, updates: { stage: "OPEN" } };
    expect(says("document.UPDATE_WHERE", update)).toBe("SUCCESS");
    expect(says("document.UPDATE_WHERE", { filter: { stage: "OPEN" }, updates: { id: "z" } })).toEqual(
      because("id is z, and the record is stored as a"),
    );
    expect(entities.get("c")).toEqual({ id: "c", stage: "OPEN" });
  });
});

describe("the record of another kind of store", () => {
  it("is the value of a registered key", () => {
    const { says } = bench(living);
    const register = (key: string, more: JsonObject = {}): unknown => says("registry.REGISTER", { key, ...more });
    expect(register("a", { value: { id: "a", stage: "NEW" } })).toBe("SUCCESS");
    expect(register("a", { value: { id: "a", stage: "OPEN" } })).toBe("ALREADY_EXISTS");
    expect(register("b", { value: { id: "b", stage: "OPEN" } })).toEqual(
      because("a new record is at NEW, not at OPEN"),
    );
    expect(register("b")).toEqual(because("id is required"));
    expect(says("registry.DEREGISTER", { key: "a" })).toEqual(
      because("a record that has a lifecycle is not removed: it ends in a stage"),
    );
    expect(says("registry.EXISTS", { key: "a" })).toBe("SUCCESS");
  });

  it("is given back where it has no lifecycle", () => {
    const { says } = bench(plain);
    says("registry.REGISTER", { key: "a", value: { id: "a", stage: "NEW" } });
    expect(says("registry.DEREGISTER", { key: "a" })).toBe("SUCCESS");
  });

  it("is what was last appended to its stream", () => {
    const { says } = bench(living);
    const append = (stage: string, stream_id: Json = "a"): unknown =>
      says("append-only.APPEND", { record: { id: "a", stage }, stream_id });
    expect(append("OPEN")).toEqual(because("a new record is at NEW, not at OPEN"));
    for (const stage of ["NEW", "OPEN", "DONE"]) expect(append(stage)).toBe("SUCCESS");
    expect(append("DONE")).toEqual(because("a record at DONE does not change any more"));
    expect(append("NEW", "b")).toEqual(because("id is a, and the record is stored as b"));
    expect(append("NEW", null)).toEqual(because("id is a, and the record is stored as null"));
  });
});

const taken = (kind: StoreKind, values: readonly Json[], rules = living): unknown => {
  const imported = importStore({ kind, file: "f", rules }, values);
  return imported.ok ? imported.value.entities.length : imported.error.map(({ message }) => message);
};
const line = (record: JsonObject, sequence_number: number, stream_id: string | null = "a"): Json => ({
  record_id: `r${String(sequence_number)}`,
  sequence_number,
  timestamp: "t",
  stream_id,
  record,
});

describe("a file that is taken in", () => {
  it("has records of its entity, at whatever stage they stand", () => {
    expect(taken("document", [{ a: { id: "a", stage: "DONE" }, b: { id: "b", stage: "NEW" } }])).toBe(2);
    expect(taken("document", [{ a: { id: "a", stage: "LOST" }, b: { id: "c", stage: "NEW" } }])).toEqual([
      '"a": stage is not one of "NEW", "OPEN", "DONE"',
      '"b": id is c, and the record is stored as b',
    ]);
  });

  it("has them in what was given to a registry, under the keys that are taken", () => {
    const entry = { key: "a", address: "x" };
    expect(taken("registry", [{ ...entry, id: "a", stage: "OPEN" }])).toBe(3);
    expect(taken("registry", [{ ...entry, id: "a" }])).toEqual(['"a": stage is required']);
    expect(taken("registry", [entry, { key: "a", tombstone: true }])).toBe(1);
  });

  it("has streams that could have been", () => {
    const [begun, done] = [
      { id: "a", stage: "NEW" },
      { id: "a", stage: "DONE" },
    ];
    expect(
      taken("append-only", [line(begun, 1), line({ id: "b", stage: "NEW" }, 2, "b"), line(done, 3)]),
    ).toBeGreaterThan(3);
    expect(taken("append-only", [line(done, 1)])).toEqual(['"a": a new record is at NEW, not at DONE']);
    expect(taken("append-only", [line(done, 1)], plain)).toBeGreaterThan(1);
    expect(taken("append-only", [line(begun, 1, null)])).toEqual(["null: id is a, and the record is stored as null"]);
  });

  it("is taken in as it is where nobody knows what its records are", () => {
    expect(importStore({ kind: "document", file: "f" }, [{ a: 1 }]).ok).toBe(true);
    expect(importStore({ kind: "document", file: "f", rules: plain }, [1]).ok).toBe(false);
  });
});

it("what the compiler wrote is read off a place again", () => {
  expect(entityBound({ [entityInput]: { kind: "literal", value: plain } })).toEqual(plain);
  expect(entityBound({ [entityInput]: { kind: "payload", path: [] } })).toBeUndefined();
  expect(entityBound({})).toBeUndefined();
});

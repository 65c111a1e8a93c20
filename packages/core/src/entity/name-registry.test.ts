import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../value/json.ts";
import { apply } from "./apply.ts";
import type { Applied } from "./operation.ts";
import { importStore, objectText, projectionForm } from "./projection.ts";

function bench(): {
  readonly entities: ReadonlyMap<string, Json>;
  readonly perform: (name: string, input: JsonObject) => Applied;
} {
  const entities = new Map<string, Json>();
  const perform = (name: string, input: JsonObject): Applied => {
    const operation = { name: `name-registry.${name}`, store: "s", input, nonce: "" };
    const applied = apply(operation, { get: (key) => entities.get(key), keys: () => [...entities.keys()] }, 0);
    for (const { key, value } of applied.writes) if (value !== undefined) entities.set(key, value);
    return applied;
  };
  return { entities, perform };
}

describe("a name registry", () => {
  it("keeps what was written last, and shows it as the published file does", () => {
    const { entities, perform } = bench();
    perform("WRITE", { name: "ada@example.org", resource_addresses: ["0x1"] });
    const last = perform("WRITE", { name: "ada@example.org", resource_addresses: ["0x2", "0x3"] });
    expect(last).toMatchObject({ outcome: "SUCCESS", value: { success: true } });
    expect(perform("READ", { name: "ada@example.org" })).toMatchObject({
      outcome: "SUCCESS",
      value: { resource_addresses: ["0x2", "0x3"] },
    });
    const rows = [...entities].map(([key, value]) => ({ key, value }));
    expect(projectionForm["name-registry"]).toBe("object");
    expect(objectText(rows)).toBe('{\n"ada@example.org":{"resource_addresses":["0x2","0x3"]}\n}\n');
  });

  it("tells a name that stands for nothing from one that nobody wrote", () => {
    const { perform } = bench();
    perform("WRITE", { name: "nothing", resource_addresses: [] });
    expect(perform("READ", { name: "nothing" })).toMatchObject({
      outcome: "SUCCESS",
      value: { resource_addresses: [] },
    });
    expect(perform("READ", { name: "toString" })).toMatchObject({
      outcome: "NOT_FOUND",
      value: { resource_addresses: [] },
    });
  });

  it.each<JsonObject>([
    { resource_addresses: [] },
    { name: " ", resource_addresses: [] },
    { name: "x".repeat(257), resource_addresses: [] },
    { name: 7, resource_addresses: [] },
    { name: "a" },
    { name: "a", resource_addresses: "0x1" },
    { name: "a", resource_addresses: [1] },
    { name: "a", resource_addresses: Array.from({ length: 101 }, String) },
  ])("is violated by %j, and keeps nothing", (input) => {
    const { entities, perform } = bench();
    expect(perform("WRITE", input)).toMatchObject({ outcome: "VIOLATION", writes: [] });
    expect(entities.size).toBe(0);
  });

  it("is not asked for what is no name", () => {
    expect(bench().perform("READ", { name: "" }).outcome).toBe("VIOLATION");
  });

  it("takes a hundred addresses", () => {
    const input = { name: "a", resource_addresses: Array.from({ length: 100 }, String) };
    expect(bench().perform("WRITE", input).outcome).toBe("SUCCESS");
  });

  it("takes in a file, and says what is wrong with one", () => {
    const entry = { resource_addresses: ["0x1"] };
    const read = importStore({ kind: "name-registry", file: "names.json" }, [{ ada: entry }]);
    expect(read).toEqual({ ok: true, value: { entities: [{ key: "ada", value: entry }], journal: [] } });
    expect(importStore({ kind: "name-registry", file: "names.json" }, [])).toMatchObject({
      ok: true,
      value: { entities: [] },
    });
    const wrong = [
      [],
      { " ": entry },
      { ada: ["0x1"] },
      { ada: { resource_addresses: [1] } },
      { ada: {} },
      { ada: { ...entry, note: 1 } },
    ];
    for (const file of wrong) {
      const refused = importStore({ kind: "name-registry", file: "names.json" }, [file]);
      expect(refused).toMatchObject({ ok: false, error: [{ at: { file: "names.json" } }] });
    }
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isObject } from "../value/json.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { apply } from "./apply.ts";
import type { Applied, EntityReader } from "./operation.ts";
import { importStore } from "./projection.ts";

const nonceOf = (request: number): string => request.toString(16).padStart(32, "0").padEnd(64, "f");

function bench(): {
  readonly entities: ReadonlyMap<string, Json>;
  readonly journal: readonly Json[];
  readonly perform: (name: string, input: JsonObject) => Applied;
} {
  const entities = new Map<string, Json>();
  const journal: Json[] = [];
  const reader: EntityReader = { get: (key) => entities.get(key), keys: () => [...entities.keys()].toSorted() };
  const perform = (name: string, input: JsonObject): Applied => {
    const operation = { name: `append-only.${name}`, store: "s", input, nonce: nonceOf(journal.length + 1) };
    const applied = apply(operation, reader, 1_000);
    for (const { key, value } of applied.writes) if (value !== undefined) entities.set(key, value);
    if (applied.journal !== undefined) journal.push(applied.journal);
    return applied;
  };
  return { entities, journal, perform };
}

/** A store with lines that go round the streams. */
function filled(count: number, streams: readonly (string | null)[]): ReturnType<typeof bench> {
  const whole = bench();
  for (let at = 0; at < count; at += 1) {
    whole.perform("APPEND", { record: { at }, stream_id: streams[at % streams.length] ?? null });
  }
  return whole;
}

/** Of a page: its lines, and how to ask for the one before. */
function pageOf({ value }: Applied): { readonly entries: readonly Json[]; readonly before: Json | undefined } {
  const { before, entries } = isObject(value) ? value : {};
  return { entries: Array.isArray(entries) ? entries : [], before };
}

const line = (number: number, more: JsonObject = {}): JsonObject => ({
  record_id: `REC_${nonceOf(number).slice(0, 32)}`,
  sequence_number: number,
  timestamp: "1970-01-01T00:00:01.000Z",
  actor_id: null,
  stream_id: null,
  record: {},
  ...more,
});

describe("an append-only store", () => {
  it("numbers what is appended and says when, and by which request", () => {
    const { journal, perform } = bench();
    expect(perform("APPEND", { record: { a: 1 } })).toMatchObject({
      outcome: "SUCCESS",
      value: { record_id: `REC_${nonceOf(1).slice(0, 32)}`, sequence_number: 1 },
    });
    expect(perform("APPEND", { record: {}, stream_id: "s", actor_id: "ada" }).value).toMatchObject({
      sequence_number: 2,
    });
    expect(journal).toEqual([line(1, { record: { a: 1 } }), line(2, { stream_id: "s", actor_id: "ada" })]);
  });

  it("lists everything, or one stream, in order", () => {
    const { journal, perform } = bench();
    for (const stream_id of ["a", "b", null, "a"]) perform("APPEND", { record: {}, stream_id });
    expect(perform("GET_ALL", {}).value).toEqual({ entries: journal });
    expect(perform("GET_ALL", { stream_id: "a" }).value).toEqual({ entries: [journal[0], journal[3]] });
    expect(perform("GET_ALL", { stream_id: "nobody" }).value).toEqual({ entries: [] });
    expect(perform("GET_ALL", { stream_id: 7 })).toMatchObject({ outcome: "SUCCESS", value: { entries: [] } });
  });

  describe("GET_LATEST", () => {
    it("gives the newest in order, and says how to ask for those before", () => {
      const { journal, perform } = filled(5, [null]);
      expect(perform("GET_LATEST", { limit: 2 }).value).toEqual({ entries: journal.slice(3), before: 4 });
      expect(perform("GET_LATEST", { limit: 2, before: 4 }).value).toEqual({ entries: journal.slice(1, 3), before: 2 });
      expect(perform("GET_LATEST", { limit: 2, before: 2 }).value).toEqual({ entries: journal.slice(0, 1) });
      expect(perform("GET_LATEST", { before: 1, limit: null }).value).toEqual({ entries: [] });
    });

    it("gives a hundred where nobody says how many", () => {
      const { journal, perform } = filled(101, [null]);
      expect(perform("GET_LATEST", {}).value).toEqual({ entries: journal.slice(1), before: 2 });
    });

    it("pages through a stream to what GET_ALL gives of it", () => {
      fc.assert(
        fc.property(
          fc.array(fc.constantFrom("a", "b", null), { maxLength: 30 }),
          fc.integer({ min: 1, max: 7 }),
          (streams, limit) => {
            const { perform } = filled(streams.length, streams.length === 0 ? [null] : streams);
            for (const stream_id of ["a", null]) {
              const pages: Json[] = [];
              let before: Json | undefined;
              do {
                const page = perform("GET_LATEST", { stream_id, limit, ...(before === undefined ? {} : { before }) });
                expect(page.outcome).toBe("SUCCESS");
                const { entries, before: next } = pageOf(page);
                pages.unshift(...entries);
                before = next;
              } while (before !== undefined);
              expect({ entries: pages }).toEqual(perform("GET_ALL", { stream_id }).value);
            }
          },
        ),
      );
    });

    it.each<JsonObject>([
      { limit: 0 },
      { limit: 1_001 },
      { limit: 1.5 },
      { limit: "1" },
      { before: 0 },
      { before: 9 },
      { before: 2, stream_id: "a" },
      { stream_id: 7 },
      { stream_id: "nobody", before: 1 },
    ])("is violated by %j", (input) => {
      const { perform } = filled(4, ["a", null]);
      expect(perform("GET_LATEST", input).outcome).toBe("VIOLATION");
    });

    it("reads as many lines as it gives, however many there are", () => {
      const { entities } = filled(300, ["a"]);
      const asked: string[] = [];
      const get = (key: string): Json | undefined => {
        asked.push(key);
        return entities.get(key);
      };
      const operation = { name: "append-only.GET_LATEST", store: "s", input: { stream_id: "a", limit: 3 }, nonce: "" };
      apply(operation, { get, keys: () => expect.unreachable() }, 0);
      expect(asked.length).toBeLessThan(8);
    });
  });

  it("gives what fits into one answer: GET_ALL all or nothing, GET_LATEST a part", () => {
    const { journal, perform } = bench();
    const record = { text: "x".repeat(400_000) };
    for (let at = 0; at < 3; at += 1) perform("APPEND", { record, stream_id: at === 0 ? "a" : "b" });
    expect(perform("GET_ALL", {})).toMatchObject({ outcome: "BACKEND_ERROR" });
    expect(perform("GET_ALL", { stream_id: "b" })).toMatchObject({ outcome: "SUCCESS" });
    expect(perform("GET_LATEST", {}).value).toEqual({ entries: journal.slice(1), before: 2 });
    perform("APPEND", { record: { text: "x".repeat(2_000_000) } });
    expect(perform("GET_LATEST", {}).value, "one is always given").toEqual({ entries: journal.slice(3), before: 4 });
  });

  it.each<JsonObject>([
    {},
    { record: [] },
    { record: "text" },
    { record: {}, stream_id: " " },
    { record: {}, stream_id: 1 },
    { record: {}, actor_id: {} },
  ])("refuses to append %j, and holds nothing then", (input) => {
    const { entities, perform } = bench();
    expect(perform("APPEND", input)).toEqual({ outcome: "VIOLATION", value: {}, writes: [] });
    expect(entities.size).toBe(0);
  });

  it("crashes where a line is gone that was appended", () => {
    const reader: EntityReader = { get: (key) => (key === "last" ? 1 : undefined), keys: () => [] };
    const operation = { name: "append-only.GET_ALL", store: "s", input: {}, nonce: "n" };
    expect(() => apply(operation, reader, 0)).toThrow("impossible");
  });

  it("is rebuilt by its projected file, whatever was appended", () => {
    const input = fc.record({ record: fc.constant({}), stream_id: fc.constantFrom(null, "a", "last", "line/1") });
    fc.assert(
      fc.property(fc.array(input), (inputs) => {
        const { entities, journal, perform } = bench();
        for (const given of inputs) perform("APPEND", given);
        const imported = importStore({ kind: "append-only", file: "f.jsonl" }, journal);
        expect(imported.ok && new Map(imported.value.entities.map(({ key, value }) => [key, value]))).toEqual(entities);
        expect(imported.ok && imported.value.journal).toEqual(journal);
      }),
    );
  });
});

describe("importing an append-only store", () => {
  it("takes a line without its names as one without a stream", () => {
    const { actor_id: _, stream_id: __, ...bare } = line(1);
    expect(importStore({ kind: "append-only", file: "f" }, [bare])).toMatchObject({
      ok: true,
      value: { journal: [bare] },
    });
  });

  it.each<readonly [string, Json]>([
    ["a line of an append-only store is an object", 1],
    ["`sequence_number` is 2 here: lines are never taken out", line(3)],
    ["`record_id` is a text of 1 to 256 characters", line(2, { record_id: "" })],
    ["`timestamp` is a text", line(2, { timestamp: 1 })],
    ["`actor_id` and `stream_id` are texts of 1 to 256 characters", line(2, { actor_id: 1 })],
    ["`actor_id` and `stream_id` are texts of 1 to 256 characters", line(2, { stream_id: "" })],
    ["`record` is an object", line(2, { record: [] })],
  ])("refuses the file where %s", (message, wrong) => {
    expect(importStore({ kind: "append-only", file: "f.jsonl" }, [line(1), wrong])).toMatchObject({
      ok: false,
      error: [{ code: "DATA_LINE_INVALID", message, at: { file: "f.jsonl", line: 2, column: 1 } }],
    });
  });
});

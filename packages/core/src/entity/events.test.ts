import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../value/json.ts";
import type { Clause } from "./admission.ts";
import { apply } from "./apply.ts";
import { emit, eventStore } from "./events.ts";
import type { Applied, EntityReader, EntityWrite } from "./operation.ts";
import { overlaid } from "./overlaid.ts";
import { eventIn, publishedStoreOf, toldByLines } from "./published-append.ts";

const paid = "shop::EV_PAID_V0";
const reset = "shop::EV_RESET_V0";

/** A store of events in a map, as an adapter keeps it in a table, that counts how often it is read. */
function bench() {
  const rows = new Map<string, Json>();
  const journal: Json[] = [];
  let reads = 0;
  const reader: EntityReader = {
    get(key) {
      reads += 1;
      return rows.get(key);
    },
    keys: () => [...rows.keys()].toSorted(),
  };
  const write = (writes: readonly EntityWrite[]): void => {
    for (const { key, value } of writes) if (value !== undefined) rows.set(key, value);
  };
  const tell = (event: string, fields: JsonObject = {}, atMs = 0): void => {
    const emission = emit([{ event, fields, atMs }], "e", reader);
    write(emission.writes);
    journal.push(...emission.journal);
  };
  const ask = (clauses: readonly Partial<Clause>[], values: JsonObject = {}): Applied => {
    const all = clauses.map((clause) => ({ clause: "requires[0]", event: paid, where: {}, at_least: 1, ...clause }));
    const input = { clauses: all, ...values };
    const applied = apply({ name: "events.ADMIT", store: eventStore, input, nonce: "" }, reader, 0);
    write(applied.writes);
    return applied;
  };
  const readsOf = (work: () => void): number => {
    reads = 0;
    work();
    return reads;
  };
  return { ask, journal, readsOf, tell };
}

const byOrder = { where: { order: "$.order" } };

describe("an admission", () => {
  it("is denied while nothing was emitted, and says by which clause", () => {
    expect(bench().ask([{}])).toEqual({
      outcome: "DENIED",
      value: { denied: [{ clause: "requires[0]", event: paid, found: 0, at_least: 1 }] },
      writes: [],
    });
  });

  it("is admitted once the event was emitted, and not by another", () => {
    const { ask, tell } = bench();
    tell(reset);
    expect(ask([{}]).outcome).toBe("DENIED");
    tell(paid);
    expect(ask([{}])).toEqual({ outcome: "ADMITTED", value: {}, writes: [] });
  });

  it("asks for the values of fields, whether they were emitted before the first question or after", () => {
    const { ask, tell } = bench();
    tell(paid, { order: "A" });
    expect(ask([byOrder], { "$.order": "A" }).outcome).toBe("ADMITTED");
    expect(ask([byOrder], { "$.order": "B" }).outcome).toBe("DENIED");
    tell(paid, { order: "B" });
    expect(ask([byOrder], { "$.order": "B" }).outcome).toBe("ADMITTED");
  });

  it("asks for all fields at once, in whatever order they are written", () => {
    const { ask, tell } = bench();
    tell(paid, { order: "A", by: "ada" });
    tell(paid, { order: "B", by: "bob" });
    const values = { "$.order": "A", "$.by": "bob" };
    expect(ask([{ where: { order: "$.order", by: "$.by" } }], values).outcome).toBe("DENIED");
    expect(ask([{ where: { by: "$.by", order: "$.order" } }], { ...values, "$.by": "ada" }).outcome).toBe("ADMITTED");
    expect(ask([{ where: { order: "$.order" } }], values).outcome).toBe("ADMITTED");
  });

  it("does not find an event in which the field has no value", () => {
    const { ask, tell } = bench();
    tell(paid, { order: null });
    tell(paid, {});
    expect(ask([byOrder], { "$.order": "null" }).outcome).toBe("DENIED");
    expect(ask([{ at_least: 2 }]).outcome).toBe("ADMITTED");
  });

  it("tells values of different types apart", () => {
    const { ask, tell } = bench();
    tell(paid, { order: 1 });
    expect(ask([byOrder], { "$.order": "1" }).outcome).toBe("DENIED");
    expect(ask([byOrder], { "$.order": 1 }).outcome).toBe("ADMITTED");
  });

  it("counts from, and up to", () => {
    const { ask, tell } = bench();
    tell(paid);
    tell(paid);
    expect(ask([{ at_least: 2, at_most: 2 }]).outcome).toBe("ADMITTED");
    expect(ask([{ at_least: 3 }]).outcome).toBe("DENIED");
    expect(ask([{ clause: "forbids[0]", at_least: 0, at_most: 0 }]).value).toEqual({
      denied: [{ clause: "forbids[0]", event: paid, found: 2, at_least: 0, at_most: 0 }],
    });
  });

  it("counts only what is later than the latest of another event", () => {
    const { ask, tell } = bench();
    const since = { after: { event: reset, where: {} } };
    tell(paid);
    expect(ask([since]).outcome).toBe("ADMITTED");
    tell(reset);
    expect(ask([since]).outcome).toBe("DENIED");
    tell(paid);
    expect(ask([since]).outcome).toBe("ADMITTED");
    expect(ask([{ ...since, at_least: 2 }]).outcome).toBe("DENIED");
  });

  it("says every clause that keeps it shut", () => {
    const { value } = bench().ask([{}, { clause: "requires[1]", event: reset }, { clause: "x", at_least: 0 }]);
    expect(value).toMatchObject({ denied: [{ clause: "requires[0]" }, { clause: "requires[1]" }] });
  });

  it("without clauses is a bug", () => {
    const operation = { name: "events.ADMIT", store: eventStore, input: {}, nonce: "" };
    const empty = { get: () => undefined, keys: () => [] };
    expect(() => apply(operation, empty, 0)).toThrow("impossible");
    expect(() => apply({ ...operation, input: { clauses: [1] } }, empty, 0)).toThrow("impossible");
  });

  it("reads after a hundred thousand events no more than a binary search, and an emission keeps the lists", () => {
    const { ask, readsOf, tell } = bench();
    const clause = { ...byOrder, after: { event: reset, where: { order: "$.order" } } };
    tell(reset, { order: "A" });
    ask([clause], { "$.order": "A" });
    for (let count = 0; count < 100_000; count += 1) tell(paid, { order: "A" });
    expect(readsOf(() => expect(ask([clause], { "$.order": "A" }).writes).toEqual([]))).toBeLessThan(40);
    expect(readsOf(() => tell(paid, { order: "A" }))).toBeLessThan(10);
  });
});

describe("the store of events", () => {
  it("numbers what was emitted and shows it in a journal", () => {
    const { journal, tell } = bench();
    tell(paid, { order: "A" }, 1_000);
    tell(reset);
    expect(journal).toEqual([
      { at: "1970-01-01T00:00:01.000Z", event: paid, execution: "e", fields: { order: "A" }, number: 1 },
      { at: "1970-01-01T00:00:00.000Z", event: reset, execution: "e", fields: {}, number: 2 },
    ]);
  });

  it.each([
    [{ "sets/shop::EV_PAID_V0": 7 }],
    [{ [`count ["shop::EV_PAID_V0",{}]`]: 1, [`1 ["shop::EV_PAID_V0",{}]`]: 1, "event/1": 7 }],
  ])("that holds what nobody stores is a bug: %j", (rows: JsonObject) => {
    const input = { clauses: [{ clause: "c", event: paid, where: { a: "a" }, at_least: 1 }], a: 1 };
    const operation = { name: "events.ADMIT", store: eventStore, input, nonce: "" };
    expect(() => apply(operation, { get: (key) => rows[key], keys: () => [] }, 0)).toThrow("impossible");
  });

  it("under what is about to be written is read as both together", () => {
    const reader = { get: (key: string) => (key === "a" ? 1 : undefined), keys: () => ["a"] };
    const both = overlaid(reader, new Map([["0", 2]]));
    expect([both.keys(), both.get("a"), both.get("0"), both.get("b")]).toEqual([["0", "a"], 1, 2, undefined]);
  });
});

const event = fc.record({ event: fc.constantFrom(paid, reset), a: fc.nat(2), b: fc.option(fc.nat(1)) });
const question = fc.record({
  ask: fc.constantFrom(paid, reset),
  where: fc.subarray(["a", "b"]),
  after: fc.option(fc.subarray(["a", "b"])),
  a: fc.nat(2),
  b: fc.nat(1),
});

const named = (fields: readonly string[]) => Object.fromEntries(fields.map((field) => [field, field]));

it("an admission finds what a search through everything that was emitted would find", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(event, question), { maxLength: 60 }), (acts) => {
      const { ask, tell } = bench();
      const told: { readonly event: string; readonly a: number; readonly b: number | null }[] = [];
      for (const act of acts) {
        if ("event" in act) {
          tell(act.event, { a: act.a, b: act.b });
          told.push(act);
          continue;
        }
        const matches = (name: string, fields: readonly string[]) => (one: (typeof told)[number]) =>
          one.event === name &&
          (!fields.includes("a") || one.a === act.a) &&
          (!fields.includes("b") || one.b === act.b);
        const last = act.after === null ? -1 : told.findLastIndex(matches(reset, act.after));
        const found = told.slice(last + 1).filter(matches(act.ask, act.where)).length;
        const after = act.after === null ? {} : { after: { event: reset, where: named(act.after) } };
        const clause = { event: act.ask, where: named(act.where), ...after };
        const exactly = ask([{ ...clause, at_least: found, at_most: found }], { a: act.a, b: act.b });
        expect(exactly.outcome).toBe("ADMITTED");
      }
    }),
  );
});

const append = (record: JsonObject): Applied => {
  const operation = { name: "published.APPEND", store: "published::a.jsonl", input: { record }, nonce: "0" };
  return apply(operation, { get: () => undefined, keys: () => [] }, 7);
};

describe("what is appended to a published log", () => {
  it.each([
    [{ event_code: "EV_A_V0", event_type: "EV_B_V0" }, "published::EV_A_V0"],
    [{ event_code: "", event_type: "EV_B_V0" }, "published::EV_B_V0"],
    [{ event_type: "shop::EV_B_V0" }, "published::EV_B_V0"],
  ])("is an event by its code: %j", (record, code) => {
    expect(append(record).event).toEqual({ event: code, fields: record, atMs: 7 });
  });

  it.each([{}, { event_code: 7 }, { event_type: "" }])("is none without a code: %j", (record) => {
    expect(append(record)).not.toHaveProperty("event");
  });

  it("is appended like anything else", () => {
    expect(append({ event_code: "EV_A_V0" })).toMatchObject({ outcome: "SUCCESS", value: { sequence_number: 1 } });
    const operation = { name: "published.APPEND", store: "published::a.jsonl", input: { record: 1 }, nonce: "0" };
    const refused = apply(operation, { get: () => undefined, keys: () => [] }, 7);
    expect([refused.outcome, refused.event]).toEqual(["VIOLATION", undefined]);
  });

  it("is told again when its file is taken in", () => {
    const lines = [{ record: { event_code: "EV_A_V0" } }, { record: {} }, 7];
    const told = [{ event: "published::EV_A_V0", fields: { event_code: "EV_A_V0" }, atMs: 7 }];
    expect(toldByLines(publishedStoreOf("a.jsonl"), lines, 7)).toEqual(told);
    expect(toldByLines("shop::STRUCTURE_V0/LOG", lines, 7)).toEqual([]);
  });

  it("may carry its code beside the record, where someone else wrote the log", () => {
    expect(eventIn({ event_code: "EV_A_V0", who: "ada" }, 0)?.fields).toEqual({ event_code: "EV_A_V0", who: "ada" });
    expect(eventIn("EV_A_V0", 0)).toBeUndefined();
  });
});

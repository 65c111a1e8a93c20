import assert from "node:assert/strict";
import { eventStore } from "@omnibase/core";
import type { EmittedEvent, JsonObject } from "@omnibase/core";
import type { CommitOperation } from "@omnibase/spi";
import { append, digest, hex, imported, outcomeOf, record, start } from "./bench.ts";
import type { Case } from "./bench.ts";

const paid = "shop::EV_PAID_V0";

const told = (fields: JsonObject, atMs = 1_000): EmittedEvent => ({ event: paid, fields, atMs });

/** Asks whether an order was paid, as often as it says. */
const asking = (order: string, change: JsonObject = {}): CommitOperation => {
  const clause = { clause: "requires[0]", event: paid, where: { order: "$.order" }, at_least: 1, ...change };
  const input = { clauses: [clause], "$.order": order };
  return {
    place: "ADMISSION",
    attempt: 1,
    atMs: 2_000,
    prev: digest(record(1)),
    operation: { name: "events.ADMIT", store: eventStore, input, nonce: hex(order) },
  };
};

/** The line that a store of events shows. */
const shown = (number: number, execution: string, fields: JsonObject): string =>
  JSON.stringify({ at: "1970-01-01T00:00:01.000Z", event: paid, execution, fields, number });

export const eventCases: readonly Case[] = [
  {
    name: "13. events: an event is stored with the commit that emits it, or not at all",
    async run({ store, reopened }) {
      await store.commit(start("e"));
      const emitting = append("e", 1, { emitted: [told({ order: "A" })] });
      assert.deepEqual(await store.commit({ ...emitting, expected: 0 }), { kind: "conflict", actual: 1 });
      assert.deepEqual(await store.journal("t", eventStore), []);
      assert.deepEqual(await store.commit(emitting), { kind: "committed" });
      assert.deepEqual(await store.commit(emitting), { kind: "conflict", actual: 2 });
      const lines = (await (await reopened()).journal("t", eventStore)).map(({ line }) => line);
      assert.deepEqual(lines, [shown(1, "e", { order: "A" })]);
    },
  },
  {
    name: "13. events: of two emissions in one group both are numbered, in the order of their commits",
    async run({ store }) {
      const emitting = (name: string) => store.commit(start(name, { emitted: [told({ order: name })] }));
      await Promise.all(["a", "b", "c"].map(emitting));
      const lines = (await store.journal("t", eventStore)).map(({ line }) => line);
      assert.deepEqual(
        lines,
        ["a", "b", "c"].map((name, index) => shown(index + 1, name, { order: name })),
      );
    },
  },
  {
    name: "13. events: an admission sees what was emitted before it was first asked, and what was emitted since",
    async run({ store, reopened }) {
      await store.commit(start("a", { emitted: [told({ order: "A" })] }));
      assert.equal(outcomeOf(await store.commit(start("b", { operation: asking("A") }))), "ADMITTED");
      assert.equal(outcomeOf(await store.commit(start("c", { operation: asking("B") }))), "DENIED");
      const again = await reopened();
      await again.commit(start("d", { emitted: [told({ order: "B" })] }));
      assert.equal(outcomeOf(await again.commit(start("e", { operation: asking("B") }))), "ADMITTED");
      assert.equal(outcomeOf(await again.commit(start("f", { operation: asking("B", { at_least: 2 }) }))), "DENIED");
    },
  },
  {
    name: "13. events: an admission sees what stands before it in its group, and nothing of what comes behind",
    async run({ store }) {
      const once = { at_least: 1, at_most: 1 };
      const answers = await Promise.all([
        store.commit(start("before", { emitted: [told({ order: "A" })] })),
        store.commit(start("ask", { operation: asking("A", once) })),
        store.commit(start("behind", { emitted: [told({ order: "A" })] })),
        store.commit(start("ask-again", { operation: asking("A", once) })),
      ]);
      assert.deepEqual(answers.map(outcomeOf), [undefined, "ADMITTED", undefined, "DENIED"]);
    },
  },
  {
    name: "13. events: what an import tells is emitted with it, and an admission of the same commit sees it",
    async run({ store }) {
      const imports = [imported({ events: [told({ order: "A" })] })];
      assert.equal(outcomeOf(await store.commit(start("a", { imports, operation: asking("A") }))), "ADMITTED");
      assert.equal((await store.commit(start("b", { imports }))).kind, "import-outdated");
      assert.equal((await store.journal("t", eventStore)).length, 1);
    },
  },
  {
    name: "13. events: what an operation appends under a code is an event, and appended all the same",
    async run({ store }) {
      const log = "published::log.jsonl";
      const input = { record: { event_code: "EV_A_V0", who: "ada" } };
      const operation = { name: "published.APPEND", store: log, input, nonce: hex("e") };
      const commit = start("e", { operation: { ...asking("A"), operation }, emitted: [told({})] });
      assert.equal(outcomeOf(await store.commit(commit)), "SUCCESS");
      assert.equal((await store.journal("t", log)).length, 1);
      const [, line] = await store.journal("t", eventStore);
      assert.match(line?.line ?? "", /"event":"published::EV_A_V0",.*"who":"ada"/);
    },
  },
  {
    name: "10. strangers: an admission does not see what another tenant emitted",
    async run({ store }) {
      await store.commit({ ...start("a", { emitted: [told({ order: "A" })] }), key: { tenant: "u", execution: "a" } });
      assert.equal(outcomeOf(await store.commit(start("b", { operation: asking("A") }))), "DENIED");
      assert.deepEqual(await store.journal("t", eventStore), []);
    },
  },
  {
    name: "12. in order: journal lines are read a page at a time",
    async run({ store }) {
      for (const name of ["a", "b", "c"]) await store.commit(start(name, { emitted: [told({ order: name })] }));
      const all = await store.journal("t", eventStore);
      assert.deepEqual(await store.journal("t", eventStore, 0, 2), all.slice(0, 2));
      assert.deepEqual(await store.journal("t", eventStore, all[0]?.position, 1), all.slice(1, 2));
    },
  },
];

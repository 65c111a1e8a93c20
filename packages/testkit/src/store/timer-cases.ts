import assert from "node:assert/strict";
import type { TimerChanges } from "@omnibase/spi";
import { append, start } from "./bench.ts";
import type { Case } from "./bench.ts";

const set = (...timers: readonly (readonly [place: string, dueMs: number])[]): TimerChanges => ({
  set: timers.map(([place, dueMs]) => ({ place, dueMs })),
  clear: [],
});
const clear = (...places: readonly string[]): TimerChanges => ({ set: [], clear: places });
const timer = (place: string, dueMs: number, execution = "e") => ({ tenant: "t", execution, place, dueMs });

export const timerCases: readonly Case[] = [
  {
    name: "11. timers: one is due at its instant and not before, until it is cleared",
    async run({ store }) {
      await store.commit(start("e", { timers: set(["p", 100]) }));
      assert.deepEqual(await store.due(99, 10), []);
      assert.deepEqual(await store.due(100, 10), [timer("p", 100)]);
      assert.deepEqual(await store.due(5_000, 10), [timer("p", 100)]);
      await store.commit(append("e", 1, { timers: clear("p") }));
      assert.deepEqual(await store.due(5_000, 10), []);
    },
  },
  {
    name: "11. timers: one that is set anew is due at its new instant alone",
    async run({ store }) {
      await store.commit(start("e", { timers: set(["p", 100]) }));
      await store.commit(append("e", 1, { timers: set(["p", 300]) }));
      assert.deepEqual(await store.due(200, 10), []);
      assert.deepEqual(await store.due(300, 10), [timer("p", 300)]);
    },
  },
  {
    name: "11. timers: one that is cleared and set in one commit is set",
    async run({ store }) {
      await store.commit(start("e", { timers: set(["p", 100]) }));
      await store.commit(append("e", 1, { timers: { clear: ["p"], set: [{ place: "p", dueMs: 200 }] } }));
      assert.deepEqual(await store.due(999, 10), [timer("p", 200)]);
    },
  },
  {
    name: "11. timers: clearing one that is not there changes nothing",
    async run({ store }) {
      await store.commit(start("e", { timers: { clear: ["q"], set: [{ place: "p", dueMs: 7 }] } }));
      assert.deepEqual(await store.due(7, 10), [timer("p", 7)]);
    },
  },
  {
    name: "11. timers: the earliest comes first, over all executions, as many as were asked for",
    async run({ store }) {
      await store.commit(start("e", { timers: set(["p", 300], ["q", 100]) }));
      await store.commit(start("f", { timers: set(["p", 200]) }));
      const all = [timer("q", 100), timer("p", 200, "f"), timer("p", 300)];
      assert.deepEqual(await store.due(1_000, 10), all);
      assert.deepEqual(await store.due(1_000, 2), all.slice(0, 2));
      assert.deepEqual(await store.due(200, 10), all.slice(0, 2));
    },
  },
  {
    name: "11. timers: the next one is known, and there may be none",
    async run({ store }) {
      assert.equal(await store.nextDue(), undefined);
      await store.commit(start("e", { timers: set(["p", 300], ["q", 1_800_000_000_000]) }));
      assert.equal(await store.nextDue(), 300);
      await store.commit(append("e", 1, { timers: clear("p") }));
      assert.equal(await store.nextDue(), 1_800_000_000_000);
      await store.commit(append("e", 2, { timers: clear("q") }));
      assert.equal(await store.nextDue(), undefined);
    },
  },
  {
    name: "11. timers: neither lost nor doubled by closing and opening",
    async run({ store, reopened }) {
      await store.commit(start("e", { timers: set(["p", 100], ["q", 200]) }));
      await store.commit(append("e", 1, { timers: clear("p") }));
      assert.deepEqual(await (await reopened()).due(999, 10), [timer("q", 200)]);
    },
  },
];

import assert from "node:assert/strict";
import type { OpenTask, Store, TaskChanges, TaskRow } from "@omnibase/spi";
import { append, creation, key, operation, start } from "./bench.ts";
import type { Case } from "./bench.ts";

const task = (place: string, change: Partial<OpenTask> = {}): OpenTask => ({
  place,
  summary: `do ${place}`,
  actors: ["demo::AC_CLERK_V0"],
  outcomes: ["DONE", "NOT_DONE"],
  ...change,
});
const set = (...tasks: readonly OpenTask[]): TaskChanges => ({ set: tasks, clear: [] });
const clear = (...places: readonly string[]): TaskChanges => ({ set: [], clear: places });

const open = (store: Store, more: { readonly after?: number; readonly execution?: string } = {}) =>
  store.tasks({ tenant: "t", limit: 10, ...more });

const placesIn = (rows: readonly TaskRow[]): readonly string[] =>
  rows.map(({ execution, place }) => `${execution}/${place}`);

export const taskCases: readonly Case[] = [
  {
    name: "14. tasks: one that was set is listed whole, until it is cleared",
    async run({ store }) {
      const create = creation({ workflow: "demo::WF_B_V0" });
      const [one, other] = [task("p", { dueMs: 9_000, summary: "ä\n\u0000 “”" }), task("q[2]/r", { actors: [] })];
      await store.commit(start("e", { create, tasks: set(one, other) }));
      const [first, second] = await open(store);
      const whose = { tenant: "t", execution: "e", workflow: "demo::WF_B_V0" };
      assert.deepEqual(first, { number: first?.number, ...whose, ...one });
      assert.deepEqual(second, { number: second?.number, ...whose, ...other });
      await store.commit(append("e", 1, { tasks: clear("p") }));
      assert.deepEqual(await open(store), [second]);
      await store.commit(append("e", 2, { tasks: clear("q[2]/r") }));
      assert.deepEqual(await open(store), []);
    },
  },
  {
    name: "14. tasks: one that is set anew says what is new, and keeps its number",
    async run({ store }) {
      await store.commit(start("e", { tasks: set(task("p"), task("q")) }));
      const [before] = await open(store);
      await store.commit(append("e", 1, { tasks: set(task("p", { summary: "do it now" })) }));
      const [after, other] = await open(store);
      assert.deepEqual(after, { ...before, summary: "do it now" });
      assert.equal(other?.place, "q");
    },
  },
  {
    name: "14. tasks: one that is cleared and set in one commit is set, and clearing what is not there changes nothing",
    async run({ store }) {
      await store.commit(start("e", { tasks: { set: [task("p")], clear: ["p", "q"] } }));
      await store.commit(append("e", 1, { tasks: { set: [task("p")], clear: ["p"] } }));
      assert.deepEqual(placesIn(await open(store)), ["e/p"]);
    },
  },
  {
    name: "14. tasks: they are listed in the order in which they were set, page by page, each once",
    async run({ store }) {
      const names = Array.from({ length: 25 }, (_, index) => `e${String(index)}`);
      for (const name of names) await store.commit(start(name, { tasks: set(task("p")) }));
      const seen: string[] = [];
      let after = 0;
      for (;;) {
        const page = await open(store, { after });
        if (page.length === 0) break;
        seen.push(...placesIn(page));
        after = page.at(-1)?.number ?? after;
      }
      assert.deepEqual(
        seen,
        names.map((name) => `${name}/p`),
      );
    },
  },
  {
    name: "14. tasks: a number is never given twice, so whoever lists page by page misses nothing",
    async run({ store, reopened }) {
      await store.commit(start("e", { tasks: set(task("p")) }));
      const [seen] = await open(store);
      await store.commit(append("e", 1, { tasks: clear("p") }));
      const again = await reopened();
      await again.commit(append("e", 2, { tasks: set(task("q")) }));
      assert.deepEqual(placesIn(await open(again, { after: seen?.number ?? 0 })), ["e/q"]);
    },
  },
  {
    name: "14. tasks: those of one execution are found by its name",
    async run({ store }) {
      await store.commit(start("e", { tasks: set(task("p")) }));
      await store.commit(start("f", { tasks: set(task("p"), task("q")) }));
      const found = await open(store, { execution: "f" });
      assert.deepEqual(placesIn(found), ["f/p", "f/q"]);
      assert.deepEqual(placesIn(await open(store, { execution: "f", after: found[0]?.number ?? 0 })), ["f/q"]);
      assert.deepEqual(await open(store, { execution: "g" }), []);
    },
  },
  {
    name: "14. tasks: they are stored without a record, too, where nothing else is to be said",
    async run({ store }) {
      await store.commit(start("e"));
      const silent = { key: key("e"), expected: 1, records: [], status: "parked", tasks: set(task("p")) } as const;
      assert.deepEqual(await store.commit(silent), { kind: "committed" });
      assert.deepEqual(placesIn(await open(store)), ["e/p"]);
      assert.deepEqual(await store.commit(append("e", 1)), { kind: "committed" });
    },
  },
  {
    name: "2. all or nothing: a commit that is refused, or is a bug, sets and clears no task",
    async run({ store }) {
      await store.commit(start("e", { tasks: set(task("p")) }));
      const before = await open(store);
      const tasks = { set: [task("q")], clear: ["p"] };
      assert.equal((await store.commit(start("e", { tasks }))).kind, "exists");
      assert.equal((await store.commit(append("e", 9, { tasks }))).kind, "conflict");
      await assert.rejects(store.commit(append("e", 1, { tasks, operation: operation("DROP", {}) })), /impossible/);
      assert.deepEqual(await open(store), before);
    },
  },
  {
    name: "6. durable: tasks are neither lost nor doubled by closing and opening",
    async run({ store, reopened }) {
      await store.commit(start("e", { tasks: set(task("p"), task("q")) }));
      await store.commit(append("e", 1, { tasks: clear("p") }));
      const before = await open(store);
      assert.deepEqual(await open(await reopened()), before);
    },
  },
  {
    name: "10. strangers: a tenant lists its own tasks, and clears its own alone",
    async run({ store }) {
      for (const tenant of ["a", "b"]) await store.commit(start("e", { key: key("e", tenant), tasks: set(task("p")) }));
      await store.commit(append("e", 1, { key: key("e", "a"), tasks: clear("p") }));
      assert.deepEqual(await store.tasks({ tenant: "a", limit: 10 }), []);
      const [kept, ...others] = await store.tasks({ tenant: "b", execution: "e", limit: 10 });
      assert.deepEqual([kept?.tenant, kept?.execution, others], ["b", "e", []]);
    },
  },
];

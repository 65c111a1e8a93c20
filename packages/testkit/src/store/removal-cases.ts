import assert from "node:assert/strict";
import type { Commit, Creation, Removal, Store, Tidied } from "@omnibase/spi";
import { append, creation, digest, executionsIn, key, outcomeOf, record, records, registering } from "./bench.ts";
import { operation, registryOf, start } from "./bench.ts";
import type { Case } from "./bench.ts";

const remembered = { removedMs: 9_000, policy: "older than P1D" };
const end = { class: "completed", outcome: "DONE", endedMs: 2_000 } as const;

/** The removal of an execution whose log is `records(1, count)`. */
const removal = (execution: string, count = 1, change: Partial<Removal> = {}): Removal => ({
  key: key(execution),
  head: digest(record(count)),
  records: count,
  ...remembered,
  ...change,
});

const ended = (execution: string, count = 1, change: Partial<Creation> = {}): Commit =>
  start(execution, { records: records(1, count), status: "ended", end, create: creation(change) });

const bounds = { nowMs: 10_000, recordsMax: 100, pagesMax: 100 };

/** Tidies until nothing is left, and says what each step did. */
async function tidiedUp(store: Store, given = bounds): Promise<readonly Tidied[]> {
  const steps: Tidied[] = [];
  for (let more = true; more;) {
    const step = await store.tidy(given);
    steps.push(step);
    ({ more } = step);
    assert.ok(steps.length < 1_000, "tidying does not end");
  }
  return steps;
}

const removing: readonly Case[] = [
  {
    name: "17. removed: log, row, tasks and timers go, and the tombstone says what was, also after it is opened anew",
    async run({ store, reopened }) {
      const tasks = { set: [{ place: "p", summary: "", actors: [], outcomes: ["DONE"] }], clear: [] };
      await store.commit(start("e", { tasks, timers: { set: [{ place: "p", dueMs: 5 }], clear: [] } }));
      await store.commit(append("e", 1, { status: "ended", end }));
      const more = { archive: "archive/a", untilMs: 20_000 };
      assert.deepEqual(await store.remove([removal("e", 2, more)]), ["removed"]);
      const again = await reopened();
      assert.deepEqual(await again.read(key("e")), []);
      assert.equal(await again.find(key("e")), undefined);
      assert.deepEqual(await again.list({ tenant: "t", limit: 9 }), []);
      assert.deepEqual(await again.tasks({ tenant: "t", limit: 9 }), []);
      assert.deepEqual(await again.due(9, 9), []);
      const stands = { ...key("e"), number: 1, ...creation(), end, head: digest(record(2)), records: 2 };
      assert.deepEqual(await again.tombstone(key("e")), { ...stands, ...remembered, ...more });
    },
  },
  {
    name: "17. removed: what has not ended is spared, and so is another log than was meant; their neighbours go",
    async run({ store }) {
      await store.commit(start("open"));
      for (const name of ["longer", "other", "goes"]) await store.commit(ended(name, 2));
      const other = { ...removal("other", 2), head: digest("another") };
      const answers = await store.remove([removal("open"), removal("longer"), other, removal("goes", 2)]);
      assert.deepEqual(answers, ["spared", "spared", "spared", "removed"]);
      assert.deepEqual(executionsIn(await store.list({ tenant: "t", limit: 9 })), ["other", "longer", "open"]);
      assert.equal(await store.tombstone(key("open")), undefined);
    },
  },
  {
    name: "17. removed: asked twice it is gone, and so is what never was",
    async run({ store }) {
      await store.commit(ended("e"));
      assert.deepEqual(await store.remove([removal("e"), removal("e"), removal("f")]), ["removed", "gone", "gone"]);
      assert.deepEqual(await store.remove([removal("e")]), ["gone"]);
      assert.deepEqual((await store.tombstone(key("e")))?.removedMs, 9_000);
    },
  },
  {
    name: "17. removed: what was written into stores, and what was emitted, stays",
    async run({ store }) {
      const emitted = [{ event: "demo::EV_A_V0", fields: { a: 1 }, atMs: 1 }];
      const committed = await store.commit(registering("e", "k", { emitted, status: "ended", end }));
      const head = committed.kind === "committed" ? (committed.settled?.head ?? "") : "";
      const before = [await store.entities("t", registryOf), await store.journal("t", "@events")];
      assert.deepEqual(await store.remove([{ ...removal("e", 2), head }]), ["removed"]);
      await tidiedUp(store);
      assert.deepEqual([await store.entities("t", registryOf), await store.journal("t", "@events")], before);
      const again = await store.commit(start("f", { operation: operation("REGISTER", { key: "k" }) }));
      assert.equal(outcomeOf(again), "ALREADY_EXISTS");
    },
  },
  {
    name: "17. removed: who asked for one that has not ended is spared, and so is who was asked for by one",
    async run({ store }) {
      await store.commit(start("asking"));
      await store.commit(ended("asked", 1, { parent: "asking" }));
      await store.commit(ended("done"));
      await store.commit(start("under-way", { create: creation({ parent: "done" }) }));
      const removals = [removal("asked"), removal("done")];
      assert.deepEqual(await store.remove(removals), ["spared", "spared"]);
      await store.commit(append("asking", 1, { status: "ended", end }));
      await store.commit(append("under-way", 1, { status: "ended", end }));
      assert.deepEqual(await store.remove(removals), ["removed", "removed"]);
      assert.equal((await store.tombstone(key("asked")))?.parent, "asking");
    },
  },
  {
    name: "17. removed: who follows is told nothing of it any more, and no position is given twice",
    async run({ store, reopened }) {
      for (const name of ["a", "b", "c"]) await store.commit(ended(name, 2));
      const seen = await store.changes({ tenant: "t", after: 0, limit: 99 });
      await store.remove([removal("a", 2), removal("c", 2)]);
      await tidiedUp(store);
      const again = await reopened();
      assert.deepEqual(await again.changes({ tenant: "t", after: 0, limit: 99 }), seen.slice(2, 4));
      await again.commit(ended("d"));
      await again.remove([removal("d")]);
      await tidiedUp(again);
      await again.commit(ended("e"));
      const [change] = await again.changes({ tenant: "t", after: seen.at(-1)?.position ?? 0, limit: 99 });
      assert.deepEqual([change?.execution, change?.position], ["e", (seen.at(-1)?.position ?? 0) + 2]);
      assert.equal((await again.usage()).records, 3);
    },
  },
  {
    name: "20. secrets: a removal takes what was secret of an execution, and who begins by its name has none of it",
    async run({ store }) {
      const boxes = [{ revision: 1, pointer: "/input/pin", box: "sealed" }];
      await store.commit({ ...ended("e", 1, { key: "wrapped" }), boxes });
      await store.commit(ended("last"));
      await store.remove([removal("e", 1, { untilMs: 1 })]);
      assert.equal(await store.secrets(key("e")), undefined);
      await tidiedUp(store);
      assert.equal((await store.commit(start("e"))).kind, "committed");
      assert.equal(await store.secrets(key("e")), undefined);
    },
  },
  {
    name: "17. removed: one tenant's removal leaves an execution of the same name to another",
    async run({ store }) {
      await store.commit(ended("e"));
      await store.commit({ ...ended("e"), key: key("e", "other") });
      await store.remove([removal("e")]);
      assert.equal((await store.find(key("e", "other")))?.status, "ended");
      assert.equal(await store.tombstone(key("e", "other")), undefined);
    },
  },
];

const remembering: readonly Case[] = [
  {
    name: "18. remembered: it is not begun again while its tombstone stands, and can be when that has fallen",
    async run({ store }) {
      await store.commit(ended("e"));
      await store.commit(ended("last"));
      await store.remove([removal("e", 1, { untilMs: 20_000 })]);
      const answer = await store.commit(start("e"));
      assert.equal(answer.kind, "removed");
      assert.equal(answer.kind === "removed" && answer.tombstone.request, "sha256:bb");
      assert.equal((await store.commit(append("e", 1))).kind, "conflict");
      await tidiedUp(store);
      assert.equal((await store.commit(start("e"))).kind, "removed");
      await tidiedUp(store, { ...bounds, nowMs: 20_000 });
      assert.equal((await store.commit(start("e"))).kind, "committed");
    },
  },
  {
    name: "18. remembered: no number is given twice, whatever was removed and forgotten",
    async run({ store, reopened }) {
      for (const name of ["a", "b"]) await store.commit(ended(name));
      await store.remove([removal("b", 1, { untilMs: 1 })]);
      await tidiedUp(store);
      const again = await reopened();
      await again.commit(start("c"));
      assert.equal((await again.find(key("c")))?.number, 3);
      assert.deepEqual(await again.read(key("c")), [record(1)]);
    },
  },
  {
    name: "18. remembered: a tombstone falls after those of its children",
    async run({ store }) {
      await store.commit(ended("parent"));
      await store.commit(ended("child", 1, { parent: "parent" }));
      await store.commit(ended("last"));
      await store.remove([removal("parent", 1, { untilMs: 20_000 }), removal("child", 1, { untilMs: 30_000 })]);
      await tidiedUp(store, { ...bounds, nowMs: 20_000 });
      assert.notEqual(await store.tombstone(key("parent")), undefined);
      await tidiedUp(store, { ...bounds, nowMs: 30_000 });
      assert.equal(await store.tombstone(key("parent")), undefined);
      assert.equal(await store.tombstone(key("child")), undefined);
    },
  },
];

const tidying: readonly Case[] = [
  {
    name: "19. bounded: no step erases more than it is told, and another owner finds what is left",
    async run({ store, reopened }) {
      await store.commit(ended("a", 25));
      await store.commit(ended("b", 3));
      await store.commit(start("kept", { records: records(1, 4) }));
      await store.remove([removal("a", 25), removal("b", 3)]);
      const few = { ...bounds, recordsMax: 10 };
      const [first, again] = [await store.tidy(few), await reopened()];
      const steps = [first, ...(await tidiedUp(again, few))];
      assert.ok(steps.every((step) => step.records <= 10));
      assert.equal((await again.usage()).records, 4);
      assert.deepEqual(await again.read(key("kept")), records(1, 4));
      assert.deepEqual(await again.tidy(few), { records: 0, tombstones: 0, freedBytes: 0, more: false });
    },
  },
  {
    name: "19. bounded: what commits beside it is whole, and what was removed is found by nobody meanwhile",
    async run({ store }) {
      await store.commit(ended("a", 50));
      const [removed, committed] = await Promise.all([store.remove([removal("a", 50)]), store.commit(start("b"))]);
      assert.deepEqual([removed, committed.kind], [["removed"], "committed"]);
      const [step, , read] = await Promise.all([
        store.tidy({ ...bounds, recordsMax: 10 }),
        store.commit(append("b", 1)),
        store.read(key("a")),
      ]);
      assert.deepEqual(read, []);
      assert.ok(step.records <= 10);
      assert.equal((await store.read(key("b"))).length, 2);
    },
  },
  {
    name: "extents say what each execution is and takes up, oldest first, page by page",
    async run({ store }) {
      for (const [index, name] of ["a", "b", "c"].entries()) await store.commit(ended(name, index + 1));
      await store.commit(start("d", { key: key("d", "other") }));
      const [first, ...more] = await store.extents({ tenant: "t", after: 0, limit: 2 });
      assert.deepEqual(executionsIn(more), ["b"]);
      const bytes = records(1, 1).join("").length;
      assert.deepEqual(first, { ...(await store.find(key("a"))), records: 1, bytes });
      const [last] = await store.extents({ tenant: "t", after: more[0]?.number ?? 0, limit: 2 });
      assert.deepEqual([last?.execution, last?.records, last?.bytes], ["c", 3, bytes * 3]);
    },
  },
  {
    name: "a snapshot is in use while an execution of anyone refers to it",
    async run({ store }) {
      await store.commit(ended("a"));
      await store.commit(start("b", { key: key("b", "other"), create: creation({ snapshot: "sha256:cc" }) }));
      assert.deepEqual((await store.snapshotsInUse()).toSorted(), ["sha256:aa", "sha256:cc"]);
      await store.remove([removal("a")]);
      assert.deepEqual(await store.snapshotsInUse(), ["sha256:cc"]);
    },
  },
];

export const removalCases: readonly Case[] = [...removing, ...remembering, ...tidying];

import assert from "node:assert/strict";
import type { Store } from "@omnibase/spi";
import { append, imported, key, operation, records, registering, registryOf, start } from "./bench.ts";
import type { Case } from "./bench.ts";

/** Everything that one store says, to be compared with itself. */
async function said(store: Store): Promise<unknown> {
  return {
    lines: await store.read(key("e")),
    row: await store.find(key("e")),
    open: await store.open(0, 10),
    due: await store.due(Number.MAX_SAFE_INTEGER, 10),
    next: await store.nextDue(),
    journal: await store.journal("t", registryOf),
    entities: await store.entities("t", registryOf),
    files: await store.fileDigests("t", "registry/names.jsonl"),
  };
}

const everything = start("e", {
  records: records(1, 2),
  timers: { set: [{ place: "p", dueMs: 9_000 }], clear: [] },
  operation: operation("REGISTER", { key: "new" }),
  imports: [imported()],
});

export const durabilityCases: readonly Case[] = [
  {
    name: "2. all or nothing: a commit that is refused leaves no trace of anything it carried",
    async run({ store }) {
      await store.commit(start("e"));
      const before = await said(store);
      assert.equal((await store.commit(everything)).kind, "exists");
      const { create, ...appending } = { ...everything, expected: 9, status: "ended" as const };
      assert.notEqual(create, undefined);
      assert.equal((await store.commit(appending)).kind, "conflict");
      assert.deepEqual(await said(store), before);
    },
  },
  {
    name: "2. all or nothing: an operation that is a bug leaves no trace of the commit that carried it",
    async run({ store }) {
      const before = await said(store);
      await assert.rejects(store.commit({ ...everything, operation: operation("DROP", {}) }), /impossible/);
      assert.deepEqual(await said(store), before);
      assert.equal((await store.commit(everything)).kind, "committed");
    },
  },
  {
    name: "2. all or nothing: all that a commit carries is there once it resolves",
    async run({ store }) {
      await store.commit(everything);
      assert.equal((await store.read(key("e"))).length, 3);
      assert.equal((await store.journal("t", registryOf)).length, 2);
      assert.equal(await store.nextDue(), 9_000);
      assert.deepEqual(await store.fileDigests("t", "registry/names.jsonl"), ["sha256:f1"]);
    },
  },
  {
    name: "6. durable: everything survives closing and opening again, or the store says why not",
    async run({ store, reopened }) {
      await store.commit(everything);
      await store.recordFile("t", "registry/names.jsonl", "sha256:f2");
      const before = await said(store);
      assert.deepEqual(await said(await reopened()), before);
    },
  },
  {
    name: "6. durable: a store that says it lacks it has told the truth",
    async run({ store, openedAnew }) {
      await store.commit(start("e"));
      const survived = (await (await openedAnew()).read(key("e"))).length === 1;
      assert.equal(survived, store.lacks.durable === undefined, store.lacks.durable);
    },
  },
  {
    name: "6. durable: a stream goes on where it stood, and still has one winner",
    async run({ store, reopened }) {
      await store.commit(start("e", { records: records(1, 3) }));
      const again = await reopened();
      assert.deepEqual(await again.commit(append("e", 2)), { kind: "conflict", actual: 3 });
      assert.equal((await again.commit(start("e"))).kind, "exists");
      assert.deepEqual(await again.commit(append("e", 3)), { kind: "committed" });
      assert.deepEqual(await again.read(key("e")), records(1, 4));
    },
  },
  {
    name: "6. durable: a key that was registered is taken for ever",
    async run({ store, reopened }) {
      await store.commit(registering("e", "a"));
      const answer = await (await reopened()).commit(registering("f", "a"));
      assert.equal(answer.kind === "committed" && answer.settled?.outcome, "ALREADY_EXISTS");
    },
  },
  {
    name: "6. durable: numbers and positions go on growing",
    async run({ store, reopened }) {
      await store.commit(registering("e", "a"));
      const again = await reopened();
      await again.commit(registering("f", "b"));
      const [first, second] = await again.journal("t", registryOf);
      assert.ok((first?.position ?? 0) < (second?.position ?? 0));
      assert.ok(((await again.find(key("e")))?.number ?? 0) < ((await again.find(key("f")))?.number ?? 0));
    },
  },
  {
    name: "6. durable: a commit that is under way when the store is closed is committed, or refused loudly",
    async run({ store, reopened }) {
      const committing = store.commit(start("e")).then(
        ({ kind }) => kind,
        () => "refused",
      );
      const again = await reopened();
      assert.equal((await again.read(key("e"))).length, (await committing) === "committed" ? 1 : 0);
    },
  },
];

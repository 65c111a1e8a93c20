import assert from "node:assert/strict";
import { append, executionsIn, imported, key, outcomeOf, record, registering, registryOf, start } from "./bench.ts";
import type { Case } from "./bench.ts";

export const tenantCases: readonly Case[] = [
  {
    name: "10. strangers: two tenants have executions of the same name, each its own",
    async run({ store }) {
      for (const tenant of ["a", "b"]) {
        const own = { key: key("e", tenant), records: [record(1, { tenant })] };
        assert.equal((await store.commit(start("e", own))).kind, "committed");
      }
      await store.commit(append("e", 1, { key: key("e", "b"), status: "ended" }));
      assert.deepEqual(await store.read(key("e", "a")), [record(1, { tenant: "a" })]);
      assert.equal((await store.find(key("e", "a")))?.status, "open");
      assert.equal((await store.find(key("e", "b")))?.status, "ended");
    },
  },
  {
    name: "10. strangers: names that join to the same text are different executions",
    async run({ store }) {
      for (const [tenant, execution] of [
        ["a", "bc"],
        ["ab", "c"],
        ["a\u0000b", "c"],
        ["a", "b\u0000c"],
      ] as const) {
        assert.equal((await store.commit(start("", { key: key(execution, tenant) }))).kind, "committed");
      }
    },
  },
  {
    name: "10. strangers: a list names one tenant's executions",
    async run({ store }) {
      await store.commit(start("e", { key: key("e", "a") }));
      await store.commit(start("f", { key: key("f", "b") }));
      assert.deepEqual(executionsIn(await store.list({ tenant: "a", limit: 10 })), ["e"]);
      assert.deepEqual(await store.list({ tenant: "c", limit: 10 }), []);
    },
  },
  {
    name: "10. strangers: two tenants register the same key in stores of the same name",
    async run({ store }) {
      const first = await store.commit(registering("e", "k", { key: key("e", "a") }));
      const second = await store.commit(registering("f", "k", { key: key("f", "b") }));
      assert.deepEqual([outcomeOf(first), outcomeOf(second)], ["SUCCESS", "SUCCESS"]);
      assert.equal((await store.journal("a", registryOf)).length, 1);
      assert.equal((await store.entities("b", registryOf)).length, 3);
      assert.deepEqual(await store.entities("c", registryOf), []);
    },
  },
  {
    name: "10. strangers: imports and digests of files are a tenant's own",
    async run({ store }) {
      await store.commit(start("e", { key: key("e", "a"), imports: [imported()] }));
      await store.commit(start("e", { key: key("e", "b"), imports: [imported({ digest: "sha256:b" })] }));
      await store.recordFile("a", "x", "sha256:x");
      assert.deepEqual(await store.fileDigests("a", "registry/names.jsonl"), ["sha256:f1"]);
      assert.deepEqual(await store.fileDigests("b", "registry/names.jsonl"), ["sha256:b"]);
      assert.deepEqual(await store.fileDigests("b", "x"), []);
    },
  },
  {
    name: "10. strangers: a timer names its tenant, and is cleared by its own tenant alone",
    async run({ store }) {
      const timers = { set: [{ place: "p", dueMs: 5 }], clear: [] };
      await store.commit(start("e", { key: key("e", "a"), timers }));
      await store.commit(start("e", { key: key("e", "b"), timers }));
      await store.commit(append("e", 1, { key: key("e", "a"), timers: { set: [], clear: ["p"] } }));
      assert.deepEqual(await store.due(5, 10), [{ tenant: "b", execution: "e", place: "p", dueMs: 5 }]);
    },
  },
];

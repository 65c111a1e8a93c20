import assert from "node:assert/strict";
import { append, key, records, start } from "./bench.ts";
import type { Case } from "./bench.ts";

export const usageCases: readonly Case[] = [
  {
    name: "usage counts executions by status and records, of all tenants, and bytes grow with what is kept",
    async run({ store }) {
      const before = await store.usage();
      assert.deepEqual(before.executions, { open: 0, parked: 0, incident: 0, ended: 0 });
      assert.equal(before.records, 0);
      await store.commit(start("a", { records: records(1, 3) }));
      await store.commit(start("b", { key: key("b", "other"), status: "ended" }));
      await store.commit(append("a", 3, { status: "incident" }));
      const after = await store.usage();
      assert.deepEqual(after.executions, { open: 0, parked: 0, incident: 1, ended: 1 });
      assert.equal(after.records, 5);
      assert.ok(after.bytes > before.bytes, `${String(after.bytes)} bytes, before ${String(before.bytes)}`);
      assert.ok(after.freeBytes <= after.bytes);
    },
  },
];

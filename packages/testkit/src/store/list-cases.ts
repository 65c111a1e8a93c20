import assert from "node:assert/strict";
import type { ExecutionStatus } from "@omnibase/spi";
import { append, creation, executionsIn, key, start } from "./bench.ts";
import type { Case } from "./bench.ts";

export const listCases: readonly Case[] = [
  {
    name: "a list is newest first, page by page, and names every execution once",
    async run({ store }) {
      const names = Array.from({ length: 25 }, (_, index) => `e${String(index)}`);
      for (const name of names) await store.commit(start(name));
      const seen: string[] = [];
      let before: number | undefined;
      for (;;) {
        const page = await store.list({ tenant: "t", limit: 10, ...(before === undefined ? {} : { before }) });
        if (page.length === 0) break;
        seen.push(...executionsIn(page));
        before = page.at(-1)?.number;
      }
      assert.deepEqual(seen, names.toReversed());
    },
  },
  {
    name: "a list tells executions apart by status, workflow and both",
    async run({ store }) {
      const other = creation({ workflow: "demo::WF_B_V0" });
      await store.commit(start("a"));
      await store.commit(start("b", { status: "ended" }));
      await store.commit(start("c", { create: other, status: "ended" }));
      await store.commit(start("d", { create: other, status: "incident" }));
      const named = async (query: { readonly status?: ExecutionStatus; readonly workflow?: string }) =>
        executionsIn(await store.list({ tenant: "t", limit: 10, ...query }));
      assert.deepEqual(await named({ status: "ended" }), ["c", "b"]);
      assert.deepEqual(await named({ status: "incident" }), ["d"]);
      assert.deepEqual(await named({ status: "parked" }), []);
      assert.deepEqual(await named({ workflow: "demo::WF_B_V0" }), ["d", "c"]);
      assert.deepEqual(await named({ workflow: "demo::WF_B_V0", status: "ended" }), ["c"]);
    },
  },
  {
    name: "a status changes with the commit that says so, and only then",
    async run({ store }) {
      await store.commit(start("e"));
      for (const [index, status] of (["parked", "incident", "open", "ended"] as const).entries()) {
        await store.commit(append("e", index + 1, { status }));
        assert.equal((await store.find(key("e")))?.status, status);
      }
      await store.commit(append("e", 5));
      assert.equal((await store.find(key("e")))?.status, "ended");
    },
  },
  {
    name: "open names what someone must drive on, oldest first, after a number",
    async run({ store }) {
      for (const name of ["a", "b", "c", "d"]) await store.commit(start(name));
      await store.commit(append("b", 1, { status: "ended" }));
      await store.commit(append("c", 1, { status: "parked" }));
      assert.deepEqual(executionsIn(await store.open(0, 10)), ["a", "d"]);
      const [first] = await store.open(0, 1);
      assert.equal(first?.execution, "a");
      assert.deepEqual(executionsIn(await store.open(first?.number ?? 0, 10)), ["d"]);
      await store.commit(append("c", 2, { status: "open" }));
      assert.deepEqual(executionsIn(await store.open(0, 10)), ["a", "c", "d"]);
    },
  },
  {
    name: "open names executions of every tenant",
    async run({ store }) {
      await store.commit(start("e", { key: key("e", "a") }));
      await store.commit(start("e", { key: key("e", "b") }));
      const rows = await store.open(0, 10);
      assert.deepEqual(
        rows.map(({ tenant }) => tenant),
        ["a", "b"],
      );
    },
  },
  {
    name: "what nobody began is empty everywhere",
    async run({ store }) {
      assert.deepEqual(await store.read(key("e")), []);
      assert.equal(await store.find(key("e")), undefined);
      assert.deepEqual(await store.list({ tenant: "t", limit: 10 }), []);
      assert.deepEqual(await store.open(0, 10), []);
      assert.deepEqual(await store.due(Number.MAX_SAFE_INTEGER, 10), []);
      assert.deepEqual(await store.journal("t", "s"), []);
      assert.deepEqual(await store.entities("t", "s"), []);
      assert.deepEqual(await store.fileDigests("t", "f"), []);
    },
  },
];

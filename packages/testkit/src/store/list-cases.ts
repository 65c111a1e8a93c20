import assert from "node:assert/strict";
import type { Change, Commit, EndClass, ExecutionStatus, ListQuery, Store } from "@omnibase/spi";
import { append, creation, executionsIn, key, records, registering, start } from "./bench.ts";
import type { Case } from "./bench.ts";

const listed = async (store: Store, query: Partial<ListQuery>): Promise<readonly string[]> =>
  executionsIn(await store.list({ tenant: "t", limit: 10, ...query }));

const by = (principal: string, parent?: string): Pick<Commit, "create"> => ({
  create: creation({ principal, ...(parent === undefined ? {} : { parent }) }),
});

const ended = (endClass: EndClass, outcome: string): Pick<Commit, "end" | "status"> => ({
  status: "ended",
  end: { class: endClass, outcome, endedMs: 2_000 },
});

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
    name: "15. found: by who began it, by what asked for it, by its name, and by several at once",
    async run({ store }) {
      await store.commit(start("a", by("ada")));
      await store.commit(start("b", by("bob", "a")));
      await store.commit(start("c", by("ada", "a")));
      await store.commit(start("d", { ...by("ada", "a"), key: key("d", "other") }));
      assert.deepEqual(await listed(store, { principal: "ada" }), ["c", "a"]);
      assert.deepEqual(await listed(store, { parent: "a" }), ["c", "b"]);
      assert.deepEqual(await listed(store, { parent: "a", principal: "ada" }), ["c"]);
      assert.deepEqual(await listed(store, { principal: "nobody" }), []);
      assert.deepEqual(await listed(store, { execution: "b" }), ["b"]);
      assert.deepEqual(await listed(store, { execution: "b", principal: "ada" }), []);
    },
  },
  {
    name: "15. found: by how it ended, from the commit that says so and not before",
    async run({ store, reopened }) {
      await store.commit(start("a", ended("completed", "GREETED")));
      await store.commit(start("b"));
      await store.commit(start("c", ended("failed", "BROKEN")));
      assert.deepEqual(await listed(store, { class: "completed" }), ["a"]);
      assert.equal((await store.find(key("b")))?.end, undefined);
      await store.commit(append("b", 1, ended("completed", "BROKEN")));
      await store.commit(append("b", 2));
      const again = await reopened();
      assert.deepEqual((await again.find(key("b")))?.end, { class: "completed", outcome: "BROKEN", endedMs: 2_000 });
      assert.deepEqual(await listed(again, { class: "completed" }), ["b", "a"]);
      assert.deepEqual(await listed(again, { outcome: "BROKEN" }), ["c", "b"]);
      assert.deepEqual(await listed(again, { outcome: "BROKEN", class: "failed", status: "ended" }), ["c"]);
      assert.deepEqual(await listed(again, { class: "cancelled" }), []);
    },
  },
  {
    name: "15. found: by when it began, also where a clock was set back",
    async run({ store }) {
      for (const [name, startedMs] of [
        ["a", 100],
        ["b", 300],
        ["c", 200],
        ["d", 400],
      ] as const) {
        await store.commit(start(name, { create: creation({ startedMs }) }));
      }
      assert.deepEqual(await listed(store, { sinceMs: 200 }), ["d", "c", "b"]);
      assert.deepEqual(await listed(store, { sinceMs: 250 }), ["d", "b"]);
      assert.deepEqual(await listed(store, { untilMs: 300 }), ["c", "a"]);
      assert.deepEqual(await listed(store, { sinceMs: 200, untilMs: 400 }), ["c", "b"]);
      assert.deepEqual(await listed(store, { sinceMs: 200, untilMs: 400, workflow: "demo::WF_B_V0" }), []);
      assert.deepEqual(await listed(store, { sinceMs: 401 }), []);
      assert.deepEqual(await listed(store, { sinceMs: 200, before: 4, limit: 1 }), ["c"]);
    },
  },
  {
    name: "15. found: a commit that is refused changes nothing that is asked for",
    async run({ store }) {
      await store.commit(start("e"));
      assert.equal((await store.commit(append("e", 9, ended("completed", "LATE")))).kind, "conflict");
      assert.deepEqual(await listed(store, { outcome: "LATE" }), []);
    },
  },
  {
    name: "16. followed: every record of a tenant, in the order of commits, page by page, each once",
    async run({ store, reopened }) {
      assert.equal(await store.lastPosition(), 0);
      await store.commit(start("a"));
      await store.commit(registering("b", "name"));
      await store.commit(start("a", { key: key("a", "other") }));
      await store.commit(append("a", 1, { records: records(2, 2) }));
      const again = await reopened();
      const seen: Change[] = [];
      for (let after = 0; ; after = seen.at(-1)?.position ?? after) {
        const page = await again.changes({ tenant: "t", after, limit: 2 });
        if (page.length === 0) break;
        seen.push(...page);
      }
      const told = seen.map(({ execution, revision, tenant }) => `${tenant}/${execution} ${String(revision)}`);
      assert.deepEqual(told, ["t/a 1", "t/b 1", "t/b 2", "t/a 2", "t/a 3"]);
      const lines = [...(await again.read(key("a"))), ...(await again.read(key("b")))];
      assert.deepEqual(seen.map(({ line }) => line).toSorted(), lines.toSorted());
      assert.equal(await again.lastPosition(), seen.at(-1)?.position);
    },
  },
  {
    name: "16. followed: what is committed later has later positions, and is seen at once",
    async run({ store }) {
      await store.commit(start("a"));
      const after = await store.lastPosition();
      assert.deepEqual(await store.changes({ tenant: "t", after, limit: 10 }), []);
      assert.equal((await store.commit(start("a"))).kind, "exists");
      await Promise.all(["b", "c", "d"].map((name) => store.commit(start(name))));
      const seen = await store.changes({ tenant: "t", after, limit: 10 });
      assert.deepEqual(executionsIn(seen), ["b", "c", "d"]);
      assert.ok(seen.every(({ position }) => position > after));
    },
  },
  {
    name: "under way is whatever has not ended, by how it stands",
    async run({ store }) {
      assert.deepEqual(await store.underWay(), { open: 0, parked: 0, incident: 0 });
      for (const name of ["a", "b", "c"]) await store.commit(start(name));
      await store.commit(start("p", { status: "parked" }));
      await store.commit(start("i", { status: "incident" }));
      await store.commit(append("c", 1, { status: "ended" }));
      assert.deepEqual(await store.underWay(), { open: 2, parked: 1, incident: 1 });
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

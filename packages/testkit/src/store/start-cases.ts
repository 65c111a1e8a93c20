import assert from "node:assert/strict";
import { append, creation, key, kinds, record, records, start } from "./bench.ts";
import type { Case } from "./bench.ts";

/** Names that a driver, a file name or a query language could trip over. */
const oddNames = [
  "",
  " ",
  "'; DROP TABLE executions; --",
  "a\u0000b",
  "a",
  "A",
  "%",
  "_",
  "é",
  "e\u0301",
  "🐙",
  "x".repeat(255),
];

export const startCases: readonly Case[] = [
  {
    name: "4. one start: what began is found, with everything that was said of it",
    async run({ store }) {
      const create = creation({ startedMs: 1_700_000_000_123, principal: "ä\u0000", parent: "p\u0001" });
      await store.commit(start("e", { create }));
      assert.deepEqual(await store.find(key("e")), {
        number: 1,
        tenant: "t",
        execution: "e",
        workflow: "demo::WF_A_V0",
        snapshot: "sha256:aa",
        request: "sha256:bb",
        status: "open",
        startedMs: 1_700_000_000_123,
        principal: "ä\u0000",
        parent: "p\u0001",
      });
    },
  },
  {
    name: "4. one start: the second is told what stands there, and changes nothing",
    async run({ store }) {
      await store.commit(start("e"));
      const second = start("e", {
        create: creation({ request: "sha256:other" }),
        records: [record(1, { by: "other" })],
      });
      assert.deepEqual(await store.commit(second), { kind: "exists", row: await store.find(key("e")) });
      assert.equal((await store.find(key("e")))?.request, "sha256:bb");
      assert.deepEqual(await store.read(key("e")), records(1, 1));
    },
  },
  {
    name: "4. one start: an execution that has moved on still exists",
    async run({ store }) {
      await store.commit(start("e"));
      await store.commit(append("e", 1, { status: "ended" }));
      const answer = await store.commit(start("e"));
      assert.equal(answer.kind === "exists" && answer.row.status, "ended");
    },
  },
  {
    name: "4. one start: of a hundred that are sent together, one begins",
    async run({ store }) {
      const creations = Array.from({ length: 100 }, (_, index) => creation({ request: `sha256:${String(index)}` }));
      const answers = await Promise.all(creations.map((create) => store.commit(start("e", { create }))));
      assert.equal(answers.filter(({ kind }) => kind === "committed").length, 1);
      const winner = answers.findIndex(({ kind }) => kind === "committed");
      const row = await store.find(key("e"));
      assert.equal(row?.request, `sha256:${String(winner)}`);
      for (const answer of answers) if (answer.kind === "exists") assert.deepEqual(answer.row, row);
    },
  },
  {
    name: "4. one start: two groups that race for the same executions agree on one winner each",
    async run({ store }) {
      const names = Array.from({ length: 30 }, (_, index) => `e${String(index)}`);
      const answers = await Promise.all(
        names.map((name) => Promise.all([store.commit(start(name)), store.commit(start(name))])),
      );
      for (const pair of answers) assert.deepEqual(kinds(pair), ["committed", "exists"]);
    },
  },
  {
    name: "4. one start: a creation that expects records conflicts",
    async run({ store }) {
      assert.deepEqual(await store.commit(start("e", { expected: 3 })), { kind: "conflict", actual: 0 });
      assert.equal(await store.find(key("e")), undefined);
    },
  },
  {
    name: "4. one start: odd names are names like any other, and differ by their characters",
    async run({ store }) {
      for (const name of oddNames) await store.commit(start(name, { records: [record(1, { name })] }));
      for (const name of oddNames) {
        assert.equal((await store.find(key(name)))?.execution, name);
        assert.deepEqual(await store.read(key(name)), [record(1, { name })]);
        assert.deepEqual(await store.commit(append(name, 1)), { kind: "committed" });
      }
    },
  },
  {
    name: "4. one start: numbers grow in the order of the starts",
    async run({ store }) {
      for (const name of ["a", "b", "c"]) await store.commit(start(name));
      const rows = await Promise.all(["a", "b", "c"].map((name) => store.find(key(name))));
      const numbers = rows.map((row) => row?.number ?? 0);
      assert.deepEqual(
        numbers,
        numbers.toSorted((a, b) => a - b),
      );
      assert.equal(new Set(numbers).size, 3);
    },
  },
];

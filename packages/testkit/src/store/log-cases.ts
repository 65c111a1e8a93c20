import assert from "node:assert/strict";
import { append, key, kinds, record, records, start } from "./bench.ts";
import type { Case } from "./bench.ts";

export const logCases: readonly Case[] = [
  {
    name: "1. dense: what is appended commit by commit is read in order, without holes",
    async run({ store }) {
      await store.commit(start("e", { records: records(1, 3) }));
      await store.commit(append("e", 3, { records: records(4, 2) }));
      await store.commit(append("e", 5));
      assert.deepEqual(await store.read(key("e")), records(1, 6));
      assert.deepEqual(await store.read(key("e"), 2, 3), records(3, 3));
    },
  },
  {
    name: "1. dense: a commit that expects too much conflicts, and so does one that expects too little",
    async run({ store }) {
      await store.commit(start("e", { records: records(1, 2) }));
      assert.deepEqual(await store.commit(append("e", 3)), { kind: "conflict", actual: 2 });
      assert.deepEqual(await store.commit(append("e", 1)), { kind: "conflict", actual: 2 });
      assert.deepEqual(await store.read(key("e")), records(1, 2));
    },
  },
  {
    name: "1. dense: appending to what never began conflicts with nothing there",
    async run({ store }) {
      assert.deepEqual(await store.commit(append("e", 4)), { kind: "conflict", actual: 0 });
      assert.deepEqual(await store.read(key("e")), []);
      assert.equal(await store.find(key("e")), undefined);
    },
  },
  {
    name: "1. dense: a first commit without a creation is a bug, and is loud",
    run: ({ store }) => assert.rejects(store.commit(append("e", 0)), /impossible/),
  },
  {
    name: "1. dense: a commit without records leaves the revision where it is",
    async run({ store }) {
      await store.commit(start("e"));
      assert.deepEqual(await store.commit(append("e", 1, { records: [], status: "parked" })), { kind: "committed" });
      assert.deepEqual(await store.commit(append("e", 1)), { kind: "committed" });
      assert.deepEqual(await store.read(key("e")), records(1, 2));
    },
  },
  {
    name: "3. one winner: of two equal expectations, one is committed",
    async run({ store }) {
      await store.commit(start("e"));
      const answers = await Promise.all([
        store.commit(append("e", 1, { records: [record(2, { by: "a" })] })),
        store.commit(append("e", 1, { records: [record(2, { by: "b" })] })),
      ]);
      assert.deepEqual(kinds(answers), ["committed", "conflict"]);
      assert.equal((await store.read(key("e"))).length, 2);
    },
  },
  {
    name: "3. one winner: of a hundred equal expectations, one is committed and its records are those that are read",
    async run({ store }) {
      await store.commit(start("e"));
      const lines = Array.from({ length: 100 }, (_, by) => record(2, { by }));
      const answers = await Promise.all(lines.map((line) => store.commit(append("e", 1, { records: [line] }))));
      assert.equal(answers.filter(({ kind }) => kind === "committed").length, 1);
      assert.deepEqual(
        answers.find(({ kind }) => kind === "conflict"),
        { kind: "conflict", actual: 2 },
      );
      const winner = answers.findIndex(({ kind }) => kind === "committed");
      assert.deepEqual((await store.read(key("e"))).at(1), lines[winner]);
    },
  },
  {
    name: "3. one winner: commits to one stream that were sent together and fit are all committed, in order",
    async run({ store }) {
      const answers = await Promise.all([
        store.commit(start("e")),
        ...Array.from({ length: 50 }, (_, index) => store.commit(append("e", index + 1))),
      ]);
      assert.ok(answers.every(({ kind }) => kind === "committed"));
      assert.deepEqual(await store.read(key("e")), records(1, 51));
    },
  },
  {
    name: "5. read your writes: each commit is read as soon as it resolves",
    async run({ store }) {
      await store.commit(start("e"));
      for (let revision = 1; revision <= 20; revision += 1) {
        await store.commit(append("e", revision));
        assert.equal((await store.read(key("e"))).length, revision + 1);
      }
    },
  },
  {
    name: "5. read your writes: reading after a revision gives what is behind it",
    async run({ store }) {
      await store.commit(start("e", { records: records(1, 5) }));
      assert.deepEqual(await store.read(key("e"), 3), records(4, 2));
      assert.deepEqual(await store.read(key("e"), 5), []);
      assert.deepEqual(await store.read(key("e"), 99), []);
    },
  },
  {
    name: "8. neighbours: refused commits leave those that share their group alone",
    async run({ store }) {
      await store.commit(start("a"));
      const answers = await Promise.all([
        store.commit(start("b")),
        store.commit(append("a", 7)),
        store.commit(start("a")),
        store.commit(append("a", 1)),
        store.commit(append("never", 3)),
        store.commit(start("c")),
      ]);
      assert.deepEqual(
        answers.map(({ kind }) => kind),
        ["committed", "conflict", "exists", "committed", "conflict", "committed"],
      );
      for (const [execution, length] of Object.entries({ a: 2, b: 1, c: 1, never: 0 })) {
        assert.equal((await store.read(key(execution))).length, length, execution);
      }
    },
  },
  {
    name: "8. neighbours: a commit that is a bug leaves those that share its group alone",
    async run({ store }) {
      const bug = assert.rejects(store.commit(append("never", 0)), /impossible/);
      await Promise.all([store.commit(start("a")), bug, store.commit(start("b"))]);
      assert.deepEqual(await store.read(key("a")), records(1, 1));
      assert.deepEqual(await store.read(key("b")), records(1, 1));
    },
  },
  {
    name: "8. neighbours: four hundred streams grow side by side",
    async run({ store }) {
      const names = Array.from({ length: 400 }, (_, index) => `e${String(index)}`);
      await Promise.all(
        names.map(async (name) => {
          await store.commit(start(name));
          for (let revision = 1; revision < 5; revision += 1) await store.commit(append(name, revision));
        }),
      );
      for (const name of names) assert.deepEqual(await store.read(key(name)), records(1, 5), name);
    },
  },
  {
    name: "9. bytes: text of every kind is read back as it was",
    async run({ store }) {
      const texts = ["é ü ß", "\u0000\u0001\u001F", "🐙🏳️‍🌈", "\\\"'`;--", "\uFEFF\uFFFF\u2028", "a\nb\r\nc", "ключ 鍵"];
      const lines = texts.map((text, index) => record(index + 1, { text }));
      await store.commit(start("e", { records: lines }));
      assert.deepEqual(await store.read(key("e")), lines);
    },
  },
  {
    name: "9. bytes: a record of 64 KiB and one of 1 MiB are read back as they were",
    async run({ store }) {
      const lines = [record(1, { text: "é".repeat(32_768) }), record(2, { text: "x".repeat(1_048_576) })];
      await store.commit(start("e", { records: lines }));
      assert.deepEqual(await store.read(key("e")), lines);
    },
  },
  {
    name: "9. bytes: ten thousand records, the last of them read alone",
    async run({ store }) {
      await store.commit(start("e", { records: records(1, 5_000) }));
      await store.commit(append("e", 5_000, { records: records(5_001, 5_000) }));
      const lines = await store.read(key("e"));
      assert.equal(lines.length, 10_000);
      assert.deepEqual(lines, records(1, 10_000));
      assert.deepEqual(await store.read(key("e"), 9_999), records(10_000, 1));
    },
  },
];

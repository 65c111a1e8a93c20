import assert from "node:assert/strict";
import { canonical, settledLine } from "@omnibase/core";
import { append, digest, hex, key, operation, outcomeOf, record, registering, registryOf, start } from "./bench.ts";
import type { Case } from "./bench.ts";

const address = (execution: string): string => `ADDR_${hex(execution).slice(0, 32)}`;

export const entityCases: readonly Case[] = [
  {
    name: "7. exactly once: the settled record is the last of its commit, and chained to what precedes it",
    async run({ store }) {
      const answer = await store.commit(registering("e", "a"));
      const value = { address: address("e") };
      const settled = { place: "CC_A/keep", attempt: 1, outcome: "SUCCESS", value, atMs: 2_000 };
      const line = settledLine(settled, digest(record(1)), 2);
      assert.deepEqual(await store.read(key("e")), [record(1), line]);
      assert.deepEqual(answer, { kind: "committed", settled: { outcome: "SUCCESS", value, head: digest(line) } });
    },
  },
  {
    name: "7. exactly once: the settled record counts, so the next commit stands behind it",
    async run({ store }) {
      await store.commit(registering("e", "a"));
      assert.deepEqual(await store.commit(append("e", 1)), { kind: "conflict", actual: 2 });
      assert.deepEqual(await store.commit(append("e", 2)), { kind: "committed" });
    },
  },
  {
    name: "7. exactly once: an operation needs no other record in its commit",
    async run({ store }) {
      await store.commit(start("e"));
      const commit = append("e", 1, { records: [], operation: operation("COUNT", {}) });
      const answer = await store.commit(commit);
      assert.equal(outcomeOf(answer), "SUCCESS");
      assert.equal((await store.read(key("e"))).length, 2);
    },
  },
  {
    name: "7. exactly once: of a hundred executions that register one key, one has it and all name its address",
    async run({ store }) {
      const names = Array.from({ length: 100 }, (_, index) => `e${String(index)}`);
      const answers = await Promise.all(names.map((name) => store.commit(registering(name, "the key"))));
      const winners = names.filter((_, index) => {
        const answer = answers[index];
        return answer !== undefined && outcomeOf(answer) === "SUCCESS";
      });
      assert.equal(winners.length, 1);
      for (const answer of answers) {
        assert.deepEqual(answer.kind === "committed" && answer.settled?.value, { address: address(winners[0] ?? "") });
      }
      assert.equal((await store.journal("t", registryOf)).length, 1);
    },
  },
  {
    name: "7. exactly once: two registrations of one key in one group see each other",
    async run({ store }) {
      const answers = await Promise.all([
        store.commit(registering("a", "k")),
        store.commit(registering("b", "k")),
        store.commit(registering("c", "other")),
      ]);
      assert.deepEqual(answers.map(outcomeOf), ["SUCCESS", "ALREADY_EXISTS", "SUCCESS"]);
    },
  },
  {
    name: "7. exactly once: an operation that is sent again at the same revision conflicts and is not applied again",
    async run({ store }) {
      await store.commit(start("e"));
      const commit = append("e", 1, { records: [], operation: operation("REGISTER", { key: "a" }) });
      assert.equal(outcomeOf(await store.commit(commit)), "SUCCESS");
      assert.deepEqual(await store.commit(commit), { kind: "conflict", actual: 2 });
      assert.equal((await store.journal("t", registryOf)).length, 1);
    },
  },
  {
    name: "7. exactly once: an outcome that writes nothing is recorded all the same",
    async run({ store }) {
      const commit = start("e", { operation: operation("REGISTER", { key: "" }) });
      assert.equal(outcomeOf(await store.commit(commit)), "VIOLATION");
      assert.equal((await store.read(key("e"))).length, 2);
      assert.deepEqual(await store.entities("t", registryOf), []);
      assert.deepEqual(await store.journal("t", registryOf), []);
    },
  },
  {
    name: "7. exactly once: what is removed is gone, and can be registered again",
    async run({ store }) {
      await store.commit(registering("a", "k"));
      await store.commit(start("b", { operation: operation("DEREGISTER", { key: "k" }) }));
      assert.deepEqual(await store.entities("t", registryOf), [{ key: "count", value: 0 }]);
      assert.equal(outcomeOf(await store.commit(registering("c", "k"))), "SUCCESS");
    },
  },
  {
    name: "7. exactly once: the stores of one tenant are apart",
    async run({ store }) {
      const elsewhere = operation("REGISTER", { key: "k" }, { store: "demo::STRUCTURE_A_V0/OTHER" });
      await store.commit(registering("a", "k"));
      assert.equal(outcomeOf(await store.commit(start("b", { operation: elsewhere }))), "SUCCESS");
      assert.equal((await store.journal("t", registryOf)).length, 1);
      assert.equal((await store.journal("t", "demo::STRUCTURE_A_V0/OTHER")).length, 1);
    },
  },
  {
    name: "9. bytes: keys and values of entities are read back as they were, in the order of their keys",
    async run({ store }) {
      const keys = ["a", "A", "\uFFFF", "🐙", "a\u0000b", "' --", "é"];
      for (const name of keys) {
        await store.commit(start(name, { operation: operation("REGISTER", { key: name, target_ref: name }) }));
      }
      const rows = await store.entities("t", registryOf);
      const registered = rows.filter((row) => row.key.startsWith("key/"));
      assert.deepEqual(
        registered.map((row) => row.key.slice("key/".length)),
        keys.toSorted(),
      );
      for (const { key: name, value } of registered) {
        assert.match(canonical(value), /"target_ref":/);
        assert.equal(typeof value === "object" && Reflect.get(value ?? {}, "target_ref"), name.slice("key/".length));
      }
    },
  },
  {
    name: "12. in order: journal lines stand in the order of their commits, and are read after a position",
    async run({ store }) {
      for (const name of ["a", "b", "c"]) await store.commit(registering(name, name));
      const lines = await store.journal("t", registryOf);
      assert.deepEqual(
        lines.map(({ line }) => line),
        ["a", "b", "c"].map((name) => canonical({ address: address(name), key: name })),
      );
      const positions = lines.map(({ position }) => position);
      assert.deepEqual(
        positions,
        positions.toSorted((a, b) => a - b),
      );
      assert.deepEqual(await store.journal("t", registryOf, positions[1]), lines.slice(2));
      assert.deepEqual(await store.journal("t", registryOf, positions[2]), []);
    },
  },
  {
    name: "12. in order: positions never change when more is committed",
    async run({ store }) {
      await store.commit(registering("a", "a"));
      const before = await store.journal("t", registryOf);
      await store.commit(start("b", { operation: operation("DEREGISTER", { key: "a" }) }));
      assert.deepEqual((await store.journal("t", registryOf)).slice(0, 1), before);
    },
  },
];

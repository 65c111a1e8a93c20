import assert from "node:assert/strict";
import { canonical } from "@omnibase/core";
import type { JsonObject } from "@omnibase/core";
import type { Committed, CommitOperation, Store } from "@omnibase/spi";
import { digest, hex, outcomeOf, record, start } from "./bench.ts";
import type { Case } from "./bench.ts";

const store = "demo::STRUCTURE_A_V0/KEPT";

/** An operation of any family, in a commit of its own. */
const performed = (to: Store, execution: string, name: string, input: JsonObject): Promise<Committed> => {
  const operation: CommitOperation = {
    place: "CC_A/keep",
    attempt: 1,
    atMs: 2_000,
    prev: digest(record(1)),
    operation: { name, store, input, nonce: hex(execution) },
  };
  return to.commit(start(execution, { operation }));
};

const valueOf = (answer: Committed): unknown => answer.kind === "committed" && answer.settled?.value;

const appendedBy = (execution: string, number: number, more: JsonObject): JsonObject => ({
  actor_id: null,
  record: {},
  record_id: `REC_${hex(execution).slice(0, 32)}`,
  sequence_number: number,
  stream_id: null,
  timestamp: "1970-01-01T00:00:02.000Z",
  ...more,
});

export const kindCases: readonly Case[] = [
  {
    name: "7. exactly once: of a hundred executions that append, each has a number of its own and none is left out",
    async run({ store: to }) {
      const names = Array.from({ length: 100 }, (_, index) => `e${String(index)}`);
      const answers = await Promise.all(
        names.map((name) => performed(to, name, "append-only.APPEND", { record: { name } })),
      );
      const numbers = answers.map((answer) => Reflect.get(Object(valueOf(answer)), "sequence_number"));
      assert.deepEqual(new Set(numbers), new Set(names.map((_, index) => index + 1)));
      const lines = await to.journal("t", store);
      assert.deepEqual(
        lines.map(({ line }) => Number(/"sequence_number":(\d+)/.exec(line)?.[1])),
        names.map((_, index) => index + 1),
      );
    },
  },
  {
    name: "7. exactly once: what is appended says the time of its record, and is listed by stream as it was appended",
    async run({ store: to }) {
      await performed(to, "a", "append-only.APPEND", { record: { n: 1 }, stream_id: "s" });
      await performed(to, "b", "append-only.APPEND", { record: { n: 2 } });
      await performed(to, "c", "append-only.APPEND", { record: { n: 3 }, stream_id: "s", actor_id: "ada" });
      const first = appendedBy("a", 1, { record: { n: 1 }, stream_id: "s" });
      const third = appendedBy("c", 3, { record: { n: 3 }, stream_id: "s", actor_id: "ada" });
      const listed = await performed(to, "d", "append-only.GET_ALL", { stream_id: "s" });
      assert.deepEqual(valueOf(listed), { entries: [first, third] });
      const [line] = await to.journal("t", store);
      assert.equal(line?.line, canonical(first));
    },
  },
  {
    name: "7. exactly once: an operation that lists the keys of its store sees every write that was committed before it",
    async run({ store: to }) {
      for (const [index, key] of ["b", "🐙", "\uFFFD", "a"].entries()) {
        await performed(to, `w${String(index)}`, "document.WRITE", { key, value: index });
      }
      await performed(to, "d", "document.DELETE", { key: "b" });
      const listed = await performed(to, "l", "document.LIST", {});
      assert.deepEqual(valueOf(listed), { keys: ["a", "🐙", "\uFFFD"] });
      assert.equal(outcomeOf(await performed(to, "r", "document.READ", { key: "b" })), "NOT_FOUND");
    },
  },
  {
    name: "7. exactly once: writes of a document in one group win in the order of their commits",
    async run({ store: to }) {
      const names = Array.from({ length: 20 }, (_, index) => `e${String(index)}`);
      await Promise.all(names.map((name) => performed(to, name, "document.WRITE", { key: "k", value: name })));
      assert.deepEqual(valueOf(await performed(to, "r", "document.READ", { key: "k" })), { value: "e19" });
      assert.deepEqual(await to.entities("t", store), [{ key: "k", value: "e19" }]);
      assert.deepEqual(await to.journal("t", store), []);
    },
  },
  {
    name: "7. exactly once: an operation lists what its own commit imports, and nothing else",
    async run({ store: to }) {
      const imported = {
        store,
        file: "kept.json",
        digest: "sha256:f1",
        entities: [{ key: "old", value: 1 }],
        journal: [],
      };
      const operation: CommitOperation = {
        place: "CC_A/keep",
        attempt: 1,
        atMs: 2_000,
        prev: digest(record(1)),
        operation: { name: "document.LIST", store, input: {}, nonce: hex("e") },
      };
      const answer = await to.commit(start("e", { operation, imports: [imported] }));
      assert.deepEqual(valueOf(answer), { keys: ["old"] });
    },
  },
];

import assert from "node:assert/strict";
import type { SealedBox } from "@omnibase/core";
import { append, creation, digest, key, record, start } from "./bench.ts";
import type { Case } from "./bench.ts";

const box = (revision: number, pointer: string): SealedBox => ({ revision, pointer, box: `${pointer} “${revision}”` });
const create = creation({ key: "wrapped" });

export const secretCases: readonly Case[] = [
  {
    name: "20. secrets: the key of a start, and every box of its commits, are read back as they were",
    async run({ reopened, store }) {
      await store.commit(start("e", { create, boxes: [box(1, "/input/pin"), box(1, "/input/a~1b")] }));
      await store.commit(append("e", 1, { boxes: [box(2, "/value/x")] }));
      const kept = await (await reopened()).secrets(key("e"));
      assert.equal(kept?.key, "wrapped");
      const byPointer = kept.boxes.toSorted((a, b) => (a.pointer < b.pointer ? -1 : 1));
      assert.deepEqual(byPointer, [box(1, "/input/a~1b"), box(1, "/input/pin"), box(2, "/value/x")]);
    },
  },
  {
    name: "20. secrets: whoever has none is told so, and so is a stranger",
    async run({ store }) {
      await store.commit(start("plain"));
      await store.commit(start("e", { create }));
      assert.equal(await store.secrets(key("plain")), undefined);
      assert.equal(await store.secrets(key("nobody")), undefined);
      assert.equal(await store.secrets(key("e", "other")), undefined);
      assert.deepEqual(await store.secrets(key("e")), { key: "wrapped", boxes: [] });
    },
  },
  {
    name: "20. secrets: a commit that is refused brings neither key nor box",
    async run({ store }) {
      await store.commit(start("e", { create }));
      await store.commit(start("e", { create: creation({ key: "other" }), boxes: [box(1, "/input/pin")] }));
      await store.commit(append("e", 7, { boxes: [box(8, "/value/x")] }));
      assert.deepEqual(await store.secrets(key("e")), { key: "wrapped", boxes: [] });
    },
  },
  {
    name: "20. secrets: what is erased is gone, and everything else stands",
    async run({ reopened, store }) {
      await store.commit(start("e", { create, boxes: [box(1, "/input/pin")] }));
      await store.commit(start("other", { create, boxes: [box(1, "/input/pin")] }));
      const lines = await store.read(key("e"));
      await store.eraseSecrets(key("e"));
      await store.eraseSecrets(key("e"));
      await store.eraseSecrets(key("nobody"));
      const later = await reopened();
      assert.equal(await later.secrets(key("e")), undefined);
      assert.deepEqual(await later.read(key("e")), lines);
      assert.equal((await later.find(key("e")))?.execution, "e");
      assert.deepEqual(await later.secrets(key("other")), { key: "wrapped", boxes: [box(1, "/input/pin")] });
    },
  },
  {
    name: "20. secrets: those of an execution that is removed go with it",
    async run({ reopened, store }) {
      const end = { class: "completed", outcome: "DONE", endedMs: 2_000 } as const;
      await store.commit(start("e", { create, boxes: [box(1, "/input/pin")], status: "ended", end }));
      const removal = { key: key("e"), head: digest(record(1)), records: 1, removedMs: 9_000, policy: "all" };
      assert.deepEqual(await store.remove([removal]), ["removed"]);
      assert.equal(await (await reopened()).secrets(key("e")), undefined);
    },
  },
];

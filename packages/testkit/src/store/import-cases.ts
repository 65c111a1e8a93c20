import assert from "node:assert/strict";
import { imported, operation, outcomeOf, registering, registryOf, start } from "./bench.ts";
import type { Case } from "./bench.ts";

const file = "registry/names.jsonl";

export const importCases: readonly Case[] = [
  {
    name: "2. all or nothing: an import brings entities, journal lines and the digest of its file",
    async run({ store }) {
      await store.commit(start("e", { imports: [imported()] }));
      assert.deepEqual(
        await store.entities("t", registryOf),
        imported().entities.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      );
      const lines = await store.journal("t", registryOf);
      assert.deepEqual(
        lines.map(({ line }) => line),
        [`{"address":"ADDR_1","key":"old"}`],
      );
      assert.deepEqual(await store.fileDigests("t", file), ["sha256:f1"]);
    },
  },
  {
    name: "7. exactly once: an operation sees what its own commit imports",
    async run({ store }) {
      const answer = await store.commit(registering("e", "old", { imports: [imported()] }));
      assert.equal(outcomeOf(answer), "ALREADY_EXISTS");
      assert.deepEqual(answer.kind === "committed" && answer.settled?.value, { address: "ADDR_1" });
    },
  },
  {
    name: "7. exactly once: an operation adds to what its own commit imports",
    async run({ store }) {
      await store.commit(registering("e", "new", { imports: [imported()] }));
      const counted = await store.commit(start("f", { operation: operation("COUNT", {}) }));
      assert.deepEqual(counted.kind === "committed" && counted.settled?.value, { count: 2 });
      assert.equal((await store.journal("t", registryOf)).length, 2);
    },
  },
  {
    name: "2. all or nothing: a store that knows something already refuses the whole commit",
    async run({ store }) {
      await store.commit(registering("e", "old"));
      const late = start("f", { imports: [imported()], operation: operation("COUNT", {}) });
      assert.deepEqual(await store.commit(late), { kind: "import-outdated", store: registryOf });
      assert.equal(await store.find({ tenant: "t", execution: "f" }), undefined);
      assert.equal((await store.journal("t", registryOf)).length, 1);
      assert.deepEqual(await store.fileDigests("t", file), []);
    },
  },
  {
    name: "2. all or nothing: an import that replaces leaves nothing of what was there",
    async run({ store }) {
      await store.commit(registering("e", "gone"));
      await store.recordFile("t", file, "sha256:f0");
      const replacing = imported({ replaces: "sha256:f0" });
      const answer = await store.commit(start("f", { imports: [replacing], operation: operation("COUNT", {}) }));
      assert.deepEqual(answer.kind === "committed" && answer.settled?.value, { count: 1 });
      assert.equal((await store.journal("t", registryOf)).length, 1);
      assert.equal((await store.entities("t", registryOf)).length, imported().entities.length);
      const again = await store.commit(start("g", { imports: [replacing] }));
      assert.deepEqual(again, { kind: "import-outdated", store: registryOf });
    },
  },
  {
    name: "7. exactly once: of two imports of one store in one group, one is taken in",
    async run({ store }) {
      const commits = ["a", "b"].map((name) => store.commit(start(name, { imports: [imported()] })));
      const kinds = (await Promise.all(commits)).map(({ kind }) => kind);
      assert.deepEqual(kinds, ["committed", "import-outdated"]);
      assert.equal((await store.journal("t", registryOf)).length, 1);
      assert.deepEqual(await store.fileDigests("t", file), ["sha256:f1"]);
    },
  },
  {
    name: "7. exactly once: several stores are imported in one commit",
    async run({ store }) {
      const other = imported({ store: "demo::STRUCTURE_A_V0/OTHER", file: "other.jsonl", digest: "sha256:f9" });
      await store.commit(start("e", { imports: [imported(), other] }));
      assert.deepEqual(await store.entities("t", other.store), await store.entities("t", registryOf));
      assert.deepEqual(await store.fileDigests("t", "other.jsonl"), ["sha256:f9"]);
    },
  },
  {
    name: "6. durable: digests of a file are kept in the order of their recording",
    async run({ store, reopened }) {
      for (const digest of ["sha256:1", "sha256:2", "sha256:2", "sha256:1"]) await store.recordFile("t", file, digest);
      const expected = ["sha256:1", "sha256:2", "sha256:1"];
      assert.deepEqual(await store.fileDigests("t", file), expected);
      assert.deepEqual(await (await reopened()).fileDigests("t", file), expected);
      assert.deepEqual(await store.fileDigests("t", "another").catch(() => []), []);
    },
  },
];

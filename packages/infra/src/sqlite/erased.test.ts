import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Commit, Store } from "@omnibase/spi";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openSqliteStore } from "./open.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "omnibase-erased-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const creation = {
  workflow: "demo::WF_A_V0",
  snapshot: "sha256:aa",
  request: "sha256:bb",
  startedMs: 1_000,
  principal: "ada",
};
const wrapped = "a-key-that-nobody-shall-find";
const box = (name: string): string => `${name} `.repeat(2_000);

const start = (execution: string, boxed: string): Commit => ({
  key: { tenant: "t", execution },
  expected: 0,
  records: ["{}"],
  create: { ...creation, key: `${wrapped} of ${execution}` },
  boxes: [{ revision: 1, pointer: "/input", box: box(boxed) }],
});

const onDisk = (): string =>
  readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), "latin1"))
    .join("");

it.each([["inline"], ["in a thread"]])(
  "leaves nothing of what was erased in any file of the store, %s",
  async (how) => {
    const store: Store = await openSqliteStore(join(folder, "store.db"), { inline: how === "inline" });
    await store.commit(start("e", "treasure"));
    await store.commit(start("other", "silver"));
    expect(onDisk()).toContain("treasure treasure");
    await store.eraseSecrets({ tenant: "t", execution: "e" });
    expect(onDisk()).not.toContain("treasure");
    expect(onDisk()).not.toContain(`${wrapped} of e`);
    expect(onDisk()).toContain("silver silver");
    await store.close();
  },
);

it("leaves nothing of them either when the execution is removed, once the log of commits is taken in", async () => {
  const file = join(folder, "store.db");
  const store: Store = await openSqliteStore(file, { inline: true });
  const end = { class: "completed", outcome: "DONE", endedMs: 2_000 } as const;
  await store.commit({ ...start("e", "treasure"), status: "ended", end });
  const head = `sha256:${createHash("sha256").update("{}").digest("hex")}`;
  const removal = { key: { tenant: "t", execution: "e" }, head, records: 1, removedMs: 9_000, policy: "all" };
  expect(await store.remove([removal])).toEqual(["removed"]);
  await store.close();
  expect(onDisk()).not.toContain("treasure");
  expect(onDisk()).not.toContain(`${wrapped} of e`);
});

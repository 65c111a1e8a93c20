import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "@omnibase/spi";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDatabase } from "./driver.ts";
import { openSqliteStore } from "./open.ts";
import { watchStore } from "./watch.ts";

let folder = "";
let file = "";
let owner: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "omnibase-watch-"));
  file = join(folder, "store.db");
  owner = await openSqliteStore(file, { inline: true });
});
afterEach(async () => {
  await owner.close();
  rmSync(folder, { recursive: true });
});

const begin = (execution: string): Promise<unknown> =>
  owner.commit({
    key: { tenant: "t", execution },
    expected: 0,
    records: ["{}"],
    create: { workflow: "w", snapshot: "s", request: "r", startedMs: 0, principal: "p" },
  });

it("tells once that something was committed since, and nothing of what was before", async () => {
  await begin("a");
  const watch = watchStore(file);
  expect([watch.changed(), watch.changed()]).toEqual([false, false]);
  await begin("b");
  await begin("c");
  expect([watch.changed(), watch.changed()]).toEqual([true, false]);
  watch.close();
});

it("keeps an owner neither from checkpointing nor from committing", async () => {
  const watch = watchStore(file);
  await begin("a");
  expect(watch.changed()).toBe(true);
  await begin("b");
  const other = openDatabase(file, { readOnly: false });
  expect(other.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()).toMatchObject({ busy: 0, log: 0 });
  other.close();
  await begin("c");
  expect(watch.changed()).toBe(true);
  watch.close();
});

it("is refused where there is no store", () => {
  expect(() => watchStore(join(folder, "none.db"))).toThrow("none.db");
});

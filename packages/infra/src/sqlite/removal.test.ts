import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Commit, Removal, Store } from "@omnibase/spi";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDatabase } from "./driver.ts";
import { openSqliteStore } from "./open.ts";
import { rewriteStore } from "./rewrite.ts";

let folder = "";
let file = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "omnibase-removal-"));
  file = join(folder, "store.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

const inline = (): Promise<Store> => openSqliteStore(file, { inline: true });

const [recordsEach, bytesEach] = [20, 5_000];
const line = "x".repeat(bytesEach);
const key = (execution: string) => ({ tenant: "t", execution });
const ended = (execution: string): Commit => ({
  key: key(execution),
  expected: 0,
  records: Array.from({ length: recordsEach }, () => line),
  create: { workflow: "w", snapshot: "s", request: "r", startedMs: 0, principal: "p" },
  status: "ended",
  end: { class: "completed", outcome: "DONE", endedMs: 0 },
});
const removal = (execution: string): Removal => ({
  key: key(execution),
  head: `sha256:${createHash("sha256").update(line).digest("hex")}`,
  records: recordsEach,
  removedMs: 0,
  policy: "all",
});
const names = Array.from({ length: 20 }, (_, index) => `e${String(index)}`);

async function filled(): Promise<Store> {
  const store = await inline();
  await Promise.all(names.map((name) => store.commit(ended(name))));
  return store;
}

async function tidyUp(store: Store, pagesMax: number): Promise<number> {
  for (let steps = 1; ; steps += 1) {
    const { freedBytes, more } = await store.tidy({ nowMs: 1, recordsMax: 50, pagesMax });
    expect(freedBytes).toBeLessThanOrEqual(pagesMax * 4_096);
    if (!more) return steps;
  }
}

const onDisk = (): number => statSync(file).size + (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0);

it("gives the disk back what was removed, a bounded number of pages a step", async () => {
  const store = await filled();
  const before = onDisk();
  expect(before).toBeGreaterThan(names.length * recordsEach * bytesEach);
  expect(new Set(await store.remove(names.slice(1).map(removal)))).toEqual(new Set(["removed"]));
  expect(await tidyUp(store, 32)).toBeGreaterThan(10);
  expect(onDisk()).toBeLessThan(before / 8);
  expect((await store.usage()).freeBytes).toBe(0);
  expect(await store.read(key("e0"))).toHaveLength(recordsEach);
  await store.close();
});

it("waits for nobody who reads: the log of commits is emptied another time", async () => {
  const store = await filled();
  const reading = openDatabase(file, { readOnly: true });
  reading.exec("BEGIN");
  reading.prepare("SELECT count(*) FROM records").get();
  await store.remove(names.map(removal));
  const beganMs = performance.now();
  await tidyUp(store, 1_000);
  expect(performance.now() - beganMs).toBeLessThan(2_000);
  reading.exec("COMMIT");
  reading.close();
  expect(await tidyUp(store, 1_000)).toBe(1);
  expect(onDisk()).toBeLessThan(200_000);
  await store.close();
});

it("uses the room anew in a store of 0.1.0, whose file does not shrink", async () => {
  await (await filled()).close();
  const database = openDatabase(file, { readOnly: false });
  database.exec("DROP TABLE tombstones; PRAGMA auto_vacuum = NONE; VACUUM; PRAGMA user_version = 1");
  database.close();
  const reader = await openSqliteStore(file, { readOnly: true });
  expect([await reader.tombstone(key("e0")), (await reader.usage()).tombstones]).toEqual([undefined, 0]);
  await reader.close();
  const store = await inline();
  const before = statSync(file).size;
  expect(await store.remove(names.map(removal))).not.toContain("spared");
  await tidyUp(store, 100);
  expect((await store.usage()).freeBytes).toBeGreaterThan(before / 2);
  await Promise.all(names.map((name) => store.commit(ended(`again-${name}`))));
  await store.close();
  expect(statSync(file).size).toBeLessThan(before * 1.1);
});

it("gives back what a store of 0.1.0 holds free once it was rewritten, and from then on", async () => {
  await (await filled()).close();
  const database = openDatabase(file, { readOnly: false });
  database.exec("PRAGMA auto_vacuum = NONE; VACUUM");
  database.close();
  const store = await inline();
  await store.remove(names.slice(10).map(removal));
  await tidyUp(store, 100);
  await store.close();
  const { bytesAfter, bytesBefore } = rewriteStore(file);
  expect(bytesAfter).toBeLessThan(bytesBefore * 0.6);
  const again = await inline();
  expect(await again.read(key("e0"))).toHaveLength(recordsEach);
  await again.remove(names.slice(0, 10).map(removal));
  await tidyUp(again, 100);
  expect((await again.usage()).bytes).toBeLessThan(bytesAfter / 4);
  await again.close();
});

const formatOf = (): unknown => {
  const database = openDatabase(file, { readOnly: true });
  const format = database.prepare("PRAGMA user_version").get<object>();
  database.close();
  return format;
};

it("keeps older versions out from the first removal on, and not before", async () => {
  const store = await filled();
  expect(formatOf()).toMatchObject({ user_version: 1 });
  await store.remove([removal("e0")]);
  expect(formatOf()).toMatchObject({ user_version: 2 });
  await store.close();
  expect(await (await inline()).close()).toBeUndefined();
});

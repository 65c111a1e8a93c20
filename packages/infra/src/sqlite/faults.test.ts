import { createHash } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noFailpoint, StoreFault } from "@omnibase/spi";
import type { Commit, Store } from "@omnibase/spi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "./driver.ts";
import type { Database } from "./driver.ts";
import { openSqliteStore } from "./index.ts";
import { inlineStore } from "./inline.ts";
import { FORMAT, openWriter } from "./schema.ts";

let folder = "";
let file = "";
const opened: Store[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "omnibase-faults-"));
  file = join(folder, "store.db");
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  rmSync(folder, { recursive: true });
});

const kept = (store: Store): Store => {
  opened.push(store);
  return store;
};
const openInline = async (): Promise<Store> => kept(await openSqliteStore(file, { inline: true }));

const key = (execution: string) => ({ tenant: "t", execution });
const start = (execution: string, bytes = 10): Commit => ({
  key: key(execution),
  expected: 0,
  records: ["x".repeat(bytes)],
  create: { workflow: "w", snapshot: "s", request: "r", startedMs: 0, principal: "p" },
});

/** How a call failed, in the two words that a caller acts upon. */
const faultOf = async (call: Promise<unknown>): Promise<readonly [string, boolean]> => {
  const error: unknown = await call.then(
    () => undefined,
    (fault: unknown) => fault,
  );
  return error instanceof StoreFault ? [error.code, error.retryable] : [String(error), false];
};

const digest = (): string => createHash("sha256").update(readFileSync(file)).digest("hex");

/** No more than this many pages: what a full disk looks like to SQLite. */
const limit = (database: Database, pages: number): void => {
  database.exec(`PRAGMA max_page_count = ${String(pages)}`);
};

/** SQLITE_IOERR_FSYNC. */
const SYNC_FAILED = 10 | (4 << 8);

/** A connection whose next COMMIT fails as a failed sync does. */
function failing(database: Database): { readonly database: Database; readonly fail: () => void } {
  let fails = false;
  return {
    fail: () => {
      fails = true;
    },
    database: {
      exec: (sql) => database.exec(sql),
      close: () => database.close(),
      prepare(sql) {
        const statement = database.prepare(sql);
        if (sql !== "COMMIT") return statement;
        return {
          get: () => undefined,
          all: () => [],
          run() {
            if (!fails) return statement.run();
            fails = false;
            throw Object.assign(new Error("disk I/O error"), { errcode: SYNC_FAILED });
          },
        };
      },
    },
  };
}

describe("a file that is no store of ours is refused and left as it is", () => {
  it("when it is garbage", async () => {
    writeFileSync(file, "garbage ".repeat(1_000));
    const before = digest();
    expect(await faultOf(openInline())).toEqual(["STORE_DAMAGED", false]);
    expect(await faultOf(openSqliteStore(file))).toEqual(["STORE_DAMAGED", false]);
    expect(digest()).toBe(before);
  });

  it("when its first page is torn", async () => {
    await (await openInline()).close();
    writeFileSync(file, readFileSync(file).subarray(0, 2_000));
    expect(await faultOf(openInline())).toEqual(["STORE_DAMAGED", false]);
  });

  it("when it is another program's database", async () => {
    const database = openDatabase(file, { readOnly: false });
    database.exec("CREATE TABLE theirs (a)");
    database.close();
    const before = digest();
    expect(await faultOf(openInline())).toEqual(["STORE_DAMAGED", false]);
    expect(digest()).toBe(before);
  });

  it("when a newer version wrote it", async () => {
    await (await openInline()).close();
    const database = openDatabase(file, { readOnly: false });
    database.exec(`PRAGMA user_version = ${String(FORMAT + 1)}`);
    database.close();
    const before = digest();
    expect(await faultOf(openInline())).toEqual(["STORE_NEWER", false]);
    expect(await faultOf(openSqliteStore(file, { readOnly: true }))).toEqual(["STORE_NEWER", false]);
    expect(digest()).toBe(before);
  });

  it("when it is a folder", async () =>
    expect(await faultOf(openSqliteStore(folder, { inline: true }))).toEqual(["STORE_FAILED", false]));
});

describe("a store that is damaged inside", () => {
  it("says so where the damage is read, and is not repaired by forgetting", async () => {
    const store = await openInline();
    for (let index = 0; index < 40; index += 1) await store.commit(start(`e${String(index)}`, 2_000));
    await store.close();
    const bytes = readFileSync(file);
    const descriptor = openSync(file, "r+");
    for (let at = 0; at < bytes.length; at += 4_096) {
      const holdsRecords = bytes.subarray(at, at + 4_096).includes("x".repeat(1_000));
      if (holdsRecords) writeSync(descriptor, Buffer.alloc(4_096, 0xff), 0, 4_096, at);
    }
    closeSync(descriptor);
    const again = await openInline();
    expect(await faultOf(again.read(key("e7")))).toEqual(["STORE_DAMAGED", false]);
    expect(await faultOf(again.commit(start("new")))).toEqual(["STORE_DAMAGED", false]);
  });

  it("loses only what was not acknowledged when the tail of its write-ahead log is torn", async () => {
    const store = await openInline();
    await store.commit(start("a"));
    const before = readFileSync(`${file}-wal`);
    await store.commit(start("b"));
    const after = readFileSync(`${file}-wal`);
    for (let cut = before.length; cut < after.length; cut += 97) {
      const copy = join(folder, `torn-${String(cut)}.db`);
      writeFileSync(copy, readFileSync(file));
      writeFileSync(`${copy}-wal`, after.subarray(0, cut));
      const torn = kept(await openSqliteStore(copy, { inline: true }));
      expect(await torn.read(key("a"))).toHaveLength(1);
      expect(await torn.find(key("b"))).toBeUndefined();
      expect(await torn.commit(start("b"))).toEqual({ kind: "committed" });
    }
  });
});

describe("a full disk", () => {
  it("refuses what does not fit, loses nothing acknowledged, and goes on when there is room", async () => {
    const database = openWriter(file);
    const store = kept(inlineStore(database, file, noFailpoint));
    limit(database, 100);
    const names = Array.from({ length: 200 }, (_, index) => `e${String(index)}`);
    const answers: (readonly [string, boolean])[] = [];
    for (const name of names) answers.push(await faultOf(store.commit(start(name, 3_000))));
    const acknowledged = names.filter((_, index) => answers[index]?.[0] === "undefined");
    const refused = answers.filter(([code]) => code !== "undefined");
    expect(acknowledged.length).toBeGreaterThan(10);
    expect(refused.length).toBeGreaterThan(10);
    expect(new Set(refused.map(String))).toEqual(new Set(["STORE_FULL,true"]));
    const stands = await Promise.all(names.map((name) => store.find(key(name))));
    expect(stands.flatMap((row) => row?.execution ?? [])).toEqual(acknowledged);

    limit(database, 10_000);
    const again = names.find((name) => !acknowledged.includes(name)) ?? "";
    expect(await store.commit(start(again, 3_000))).toEqual({ kind: "committed" });
    for (const name of acknowledged) expect(await store.read(key(name))).toEqual(["x".repeat(3_000)]);
  });

  it("fails a group whole: none of its commits is acknowledged and none stands", async () => {
    const database = openWriter(file);
    const store = kept(inlineStore(database, file, noFailpoint));
    limit(database, 30);
    const names = Array.from({ length: 50 }, (_, index) => `e${String(index)}`);
    const faults = await Promise.all(names.map((name) => faultOf(store.commit(start(name, 3_000)))));
    expect(new Set(faults.map(String))).toEqual(new Set(["STORE_FULL,true"]));
    expect(await store.list({ tenant: "t", limit: 100 })).toEqual([]);
  });
});

describe("a disk that does not take a write", () => {
  it("poisons the connection: nothing is acknowledged until it is opened anew", async () => {
    const { database, fail } = failing(openWriter(file));
    const store = kept(inlineStore(database, file, noFailpoint));
    await store.commit(start("a"));
    fail();
    expect(await faultOf(store.commit(start("b")))).toEqual(["STORE_FAILED", false]);
    expect(await faultOf(store.commit(start("c")))).toEqual(["STORE_FAILED", false]);
    expect(await store.read(key("a"))).toHaveLength(1);
    await store.close();
    const again = await openInline();
    expect(await again.find(key("b"))).toBeUndefined();
    expect(await again.commit(start("b"))).toEqual({ kind: "committed" });
  });
});

describe("two connections to one file", () => {
  it("that write in turns still have one winner for a revision, and one start", async () => {
    const [one, other] = [await openInline(), await openInline()];
    await one.commit(start("e"));
    expect((await other.commit(start("e"))).kind).toBe("exists");
    const next: Commit = { key: key("e"), expected: 1, records: ["2"] };
    expect(await other.commit(next)).toEqual({ kind: "committed" });
    expect(await one.commit(next)).toEqual({ kind: "conflict", actual: 2 });
    expect(await one.commit({ ...next, expected: 2 })).toEqual({ kind: "committed" });
  });

  it("of which one is in the middle of writing make the other wait, and then say STORE_LOCKED", async () => {
    const busy = openWriter(file);
    const store = kept(await openSqliteStore(file, { inline: true, busyTimeoutMs: 50 }));
    busy.exec("BEGIN IMMEDIATE");
    expect(await faultOf(store.commit(start("e")))).toEqual(["STORE_LOCKED", true]);
    busy.exec("COMMIT");
    busy.close();
    expect(await store.commit(start("e"))).toEqual({ kind: "committed" });
  });

  it("of which one only reads see the same, and the reader changes nothing", async () => {
    expect(await faultOf(openSqliteStore(file, { readOnly: true }))).toEqual(["STORE_FAILED", false]);
    const store = await openInline();
    await store.commit(start("e"));
    const reader = kept(await openSqliteStore(file, { readOnly: true }));
    expect(await reader.read(key("e"))).toHaveLength(1);
    await store.commit({ key: key("e"), expected: 1, records: ["2"] });
    expect(await reader.read(key("e"))).toHaveLength(2);
    expect(await faultOf(reader.commit(start("f")))).toEqual(["STORE_FAILED", false]);
    expect(await store.find(key("f"))).toBeUndefined();
  });

  it("a reader sees a store that nobody has open", async () => {
    const store = await openInline();
    await store.commit(start("e"));
    await store.close();
    const reader = kept(await openSqliteStore(file, { readOnly: true }));
    expect(await reader.read(key("e"))).toHaveLength(1);
  });
});

describe("a store", () => {
  it("that is closed says so, whatever it is asked", async () => {
    const store = await openInline();
    await store.close();
    expect(await faultOf(store.commit(start("e")))).toEqual(["STORE_FAILED", false]);
    expect(await faultOf(store.read(key("e")))).toEqual(["STORE_FAILED", false]);
    expect(await faultOf(store.recordFile("t", "f", "d"))).toEqual(["STORE_FAILED", false]);
  });

  it("syncs in full and keeps its log ahead, on every open", () => {
    for (let open = 0; open < 2; open += 1) {
      const database = openWriter(file);
      expect(database.prepare("PRAGMA synchronous").get()).toMatchObject({ synchronous: 2 });
      expect(database.prepare("PRAGMA journal_mode").get()).toMatchObject({ journal_mode: "wal" });
      expect(database.prepare("PRAGMA trusted_schema").get()).toMatchObject({ trusted_schema: 0 });
      expect(database.prepare("PRAGMA foreign_keys").get()).toMatchObject({ foreign_keys: 1 });
      database.close();
    }
  });

  it("whose group meets an error between its writes commits nothing and remembers nothing of it", async () => {
    let fails = true;
    const store = kept(
      await openSqliteStore(file, {
        inline: true,
        failpoint(name) {
          if (name !== "store.group.before-commit" || !fails) return;
          fails = false;
          throw new Error("not now");
        },
      }),
    );
    const faults = await Promise.all([faultOf(store.commit(start("a"))), faultOf(store.commit(start("b")))]);
    expect(faults).toEqual([
      ["Error: not now", false],
      ["Error: not now", false],
    ]);
    expect(await store.commit({ key: key("a"), expected: 1, records: ["2"] })).toEqual({ kind: "conflict", actual: 0 });
    expect(await store.commit(start("a"))).toEqual({ kind: "committed" });
  });

  it("appends to more streams than it remembers", async () => {
    const store = await openInline();
    const names = Array.from({ length: 45_000 }, (_, index) => `e${String(index)}`);
    await Promise.all(names.map((name) => store.commit(start(name))));
    const answers = await Promise.all(
      names.map((name) => store.commit({ key: key(name), expected: 1, records: ["2"] })),
    );
    expect(answers.every(({ kind }) => kind === "committed")).toBe(true);
  }, 30_000);

  it("in a worker starts from sources, and fails loudly when the worker is gone", async () => {
    const store = kept(await openSqliteStore(file));
    expect(await store.commit(start("e"))).toEqual({ kind: "committed" });
    await store.close();
    expect(await faultOf(store.commit(start("f")))).toEqual(["STORE_FAILED", false]);
  }, 30_000);
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ListQuery, Store } from "@omnibase/spi";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDatabase } from "./driver.ts";
import { openSqliteStore } from "./open.ts";
import { readerOf } from "./reader.ts";
import type { Reader } from "./reader.ts";
import { statementsOf } from "./statements.ts";

let folder = "";
let file = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "omnibase-listing-"));
  file = join(folder, "store.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

const inline = (): Promise<Store> => openSqliteStore(file, { inline: true });

/** How SQLite goes about a question. */
async function planOf(ask: (reader: Reader) => void): Promise<readonly string[]> {
  await (await inline()).close();
  const database = openDatabase(file, { readOnly: true });
  const asked: string[] = [];
  const statements = statementsOf(database);
  ask(
    readerOf((sql) => {
      asked.push(sql);
      return statements(sql);
    }),
  );
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${asked.at(-1) ?? ""}`).all<{ readonly detail: string }>();
  database.close();
  return plan.map(({ detail }) => detail).filter((detail) => !detail.startsWith("SCALAR SUBQUERY"));
}

const time = { sinceMs: 1, untilMs: 2 };
const byTime =
  "SEARCH main.executions USING COVERING INDEX executions_by_start (tenant=? AND started_ms>? AND started_ms<?)";

const asked: readonly (readonly [Partial<ListQuery>, string, string?])[] = [
  [{}, "INTEGER PRIMARY KEY (rowid<?)"],
  [{ status: "parked" }, "executions_under_way (status=? AND number<?)"],
  [{ status: "ended" }, "INTEGER PRIMARY KEY (rowid<?)"],
  [{ execution: "e" }, "(tenant=? AND execution=?)"],
  [{ workflow: "w" }, "executions_by_workflow (tenant=? AND workflow=? AND rowid<?)"],
  [{ principal: "p" }, "executions_by_principal (tenant=? AND principal=? AND rowid<?)"],
  [{ parent: "e" }, "executions_by_parent (tenant=? AND parent=? AND rowid<?)"],
  [{ class: "failed" }, "executions_by_class (tenant=? AND end_class=? AND rowid<?)"],
  [{ outcome: "KNOWN" }, "executions_by_outcome (tenant=? AND end_outcome=? AND rowid<?)"],
  [time, "INTEGER PRIMARY KEY (rowid>? AND rowid<?)", byTime],
  [{ class: "failed", ...time }, "executions_by_class (tenant=? AND end_class=? AND rowid>? AND rowid<?)", byTime],
];

for (const [query, way, other] of asked) {
  it(`a page is read off an index, and sorted by none: ${JSON.stringify(query)}`, async () => {
    const plan = await planOf((reader) => reader.list({ tenant: "t", limit: 10, ...query }));
    const [first = "", ...more] = plan;
    expect(first).toContain(way);
    expect([...new Set(more)]).toEqual(other === undefined ? [] : [other]);
  });
}

it("whoever follows is led by the positions, however many records there are", async () => {
  const plan = await planOf((reader) => reader.changes({ tenant: "t", after: 7, limit: 10 }));
  expect(plan).toEqual([
    "SEARCH r USING INTEGER PRIMARY KEY (rowid>?)",
    "SEARCH e USING INTEGER PRIMARY KEY (rowid=?)",
  ]);
});

const key = (execution: string) => ({ tenant: "t", execution });
const create = { workflow: "demo::WF_A_V0", snapshot: "sha256:aa", request: "sha256:bb", startedMs: 1_000 };
const line = (type: string, body: object): string =>
  JSON.stringify({ at: "2026-11-21T10:00:00.250Z", body, prev: null, revision: 1, type });

const columns = ["principal", "parent", "end_class", "end_outcome", "ended_ms"];

/** As a version left it that did not list what this one lists. */
async function earlierStore(): Promise<void> {
  const store = await inline();
  const began = line("Started", { principal: "bob", parent: { execution: "p", place: "CC_A/b" } });
  const lives = {
    a: [line("Started", { principal: "ada" })],
    b: [began, line("Completed", { class: "failed", outcome: "BROKEN" })],
    c: [began, line("Cancelled", { reason: "no" })],
    d: ["damaged", "{}"],
  };
  for (const [name, records] of Object.entries(lives)) {
    const status = records.length === 1 ? "open" : "ended";
    await store.commit({ key: key(name), expected: 0, records, status, create: { ...create, principal: "" } });
  }
  await store.close();
  const database = openDatabase(file, { readOnly: false });
  const indexes = database
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'executions_%' AND name <> 'executions_under_way'",
    )
    .all<{ readonly name: string }>();
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`);
  for (const column of columns) database.exec(`ALTER TABLE executions DROP COLUMN ${column}`);
  database.close();
}

const endedMs = Date.UTC(2026, 10, 21, 10, 0, 0, 250);

async function toldBy(store: Store): Promise<readonly unknown[]> {
  const names = async (query: object): Promise<readonly string[]> =>
    (await store.list({ tenant: "t", limit: 10, ...query })).map(({ execution }) => execution);
  return [
    await names({ principal: "bob" }),
    await names({ parent: "p", class: "failed" }),
    await names({ outcome: "CANCELLED", sinceMs: 1_000 }),
    await names({}),
    (await store.find(key("a")))?.principal,
    (await store.find(key("b")))?.end,
    (await store.find(key("d")))?.end,
  ];
}

const whole = [
  ["c", "b"],
  ["b"],
  ["c"],
  ["d", "c", "b", "a"],
  "ada",
  { class: "failed", outcome: "BROKEN", endedMs },
  undefined,
];

it("an earlier store tells what it was not asked then, to whoever reads beside its owner", async () => {
  await earlierStore();
  const store = await openSqliteStore(file, { readOnly: true });
  expect(await toldBy(store)).toEqual(whole);
  await store.close();
});

it("an earlier store is told off its records once, when it has an owner", async () => {
  await earlierStore();
  for (let opened = 0; opened < 2; opened += 1) {
    const store = await inline();
    expect(await toldBy(store)).toEqual(whole);
    await store.close();
  }
});

it("what an earlier version writes into a store of this one is told when it is opened again", async () => {
  await (await inline()).close();
  const database = openDatabase(file, { readOnly: false });
  database.exec(`INSERT INTO executions (number, tenant, execution, workflow, snapshot, request, status, started_ms)
    VALUES (1, 't', 'a', 'w', 's', 'r', 'ended', 1000)`);
  const insert = database.prepare("INSERT INTO records (execution, revision, line) VALUES (1, ?, ?)");
  insert.run(1, line("Started", { principal: "ada" }));
  insert.run(2, line("Completed", { class: "completed", outcome: "DONE" }));
  database.close();
  const store = await inline();
  const row = await store.find(key("a"));
  expect([row?.principal, row?.end]).toEqual(["ada", { class: "completed", outcome: "DONE", endedMs }]);
  await store.close();
});

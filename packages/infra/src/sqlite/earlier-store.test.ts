import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "@omnibase/spi";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDatabase } from "./driver.ts";
import { openSqliteStore } from "./open.ts";
import { readerOf } from "./reader.ts";
import { statementsOf } from "./statements.ts";

let folder = "";
let file = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "omnibase-earlier-"));
  file = join(folder, "store.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

const inline = (): Promise<Store> => openSqliteStore(file, { inline: true });
const create = {
  workflow: "demo::WF_A_V0",
  snapshot: "sha256:aa",
  request: "sha256:bb",
  startedMs: 1_000,
  principal: "ada",
};
const key = { tenant: "t", execution: "e" };
const query = { tenant: "t", limit: 10 };
const tasks = { set: [{ place: "p", summary: "do it", actors: [], outcomes: ["DONE"] }], clear: [] };

/** As 0.1.0 left it. */
async function earlierStore(): Promise<void> {
  const store = await inline();
  await store.commit({ key, expected: 0, records: ["{}"], create });
  await store.close();
  const database = openDatabase(file, { readOnly: false });
  database.exec("DROP TABLE tasks; DROP TABLE boxes; DROP TABLE secrets");
  database.close();
}

it("a store from before there were tasks has none, for whoever reads beside its owner", async () => {
  await earlierStore();
  const store = await openSqliteStore(file, { readOnly: true });
  expect(await store.tasks(query)).toEqual([]);
  expect(await store.secrets(key)).toBeUndefined();
  expect(await store.read(key)).toEqual(["{}"]);
  await store.close();
});

it("a store from before there were tasks takes them in as soon as it has an owner, and whoever reads sees them", async () => {
  await earlierStore();
  const reader = await openSqliteStore(file, { readOnly: true });
  expect(await reader.tasks(query)).toEqual([]);
  const store = await inline();
  await store.commit({ key, expected: 1, records: ["{}"], tasks });
  expect(await reader.tasks(query)).toMatchObject([{ execution: "e", place: "p" }]);
  await store.close();
  await reader.close();
});

it.each([{}, { execution: "e" }])("tasks are found by an index, however many there are of others: %j", async (more) => {
  await (await inline()).close();
  const database = openDatabase(file, { readOnly: true });
  const asked: string[] = [];
  const statements = statementsOf(database);
  const reader = readerOf((sql) => {
    asked.push(sql);
    return statements(sql);
  });
  reader.tasks({ ...query, ...more });
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${asked.at(-1) ?? ""}`).all<{ readonly detail: string }>();
  database.close();
  const ways = plan.map(({ detail }) => detail);
  expect(ways.some((way) => way.startsWith("SEARCH t USING"))).toBe(true);
  expect(ways.filter((way) => way.startsWith("SCAN") && !way.includes("CONSTANT"))).toEqual([]);
});

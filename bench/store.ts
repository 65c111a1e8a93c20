import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordLine } from "@omnibase/core";
import { noFailpoint } from "@omnibase/spi";
import type { Commit, Committed, Store } from "@omnibase/spi";
import { openSqliteStore } from "@omnibase/infra/sqlite";
import { openDatabase } from "../packages/infra/src/sqlite/driver.ts";
import { groupCommitter } from "../packages/infra/src/sqlite/group.ts";
import { openWriter } from "../packages/infra/src/sqlite/schema.ts";

/** How fast commits are, beside a loop that does nothing but insert the same rows in the same groups. */
const groups = [1, 16, 100, 512];
const seconds = Number(process.env["SECONDS"] ?? 2);
const folder = mkdtempSync(join(tmpdir(), "omnibase-bench-"));
let files = 0;

const line = recordLine(
  {
    type: "Settled",
    atMs: 0,
    place: "CC_KEEP/keep",
    attempt: 1,
    outcome: "SUCCESS",
    value: { address: "a".repeat(37) },
  },
  { atMs: 1_700_000_000_000, prev: `sha256:${"a".repeat(64)}`, revision: 3 },
);

const newFile = (): string => join(folder, `store-${String((files += 1))}.db`);
const now = (): number => performance.now();
const keyOf = (stream: number) => ({
  tenant: "default",
  execution: `019aa5d2-7c00-7000-8000-${String(stream).padStart(12, "0")}`,
});
const first = (stream: number): Commit => ({
  key: keyOf(stream),
  expected: 0,
  records: [line],
  create: {
    workflow: "demo::WF_GREET_V0",
    snapshot: `sha256:${"b".repeat(64)}`,
    request: `sha256:${"c".repeat(64)}`,
    startedMs: 0,
    principal: "ada",
  },
});
const next = (stream: number, expected: number): Commit => ({ key: keyOf(stream), expected, records: [line] });

/** Writes `size` rows in one transaction, each to another stream. */
interface Contender {
  readonly write: (round: number) => void;
  readonly close: () => void;
}

function raw(size: number): Contender {
  const database = openDatabase(newFile(), { readOnly: false });
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  database.exec(
    `CREATE TABLE records (position INTEGER PRIMARY KEY, execution INTEGER NOT NULL, revision INTEGER NOT NULL,
       line TEXT NOT NULL, UNIQUE (execution, revision)) STRICT`,
  );
  const [begin, commit] = [database.prepare("BEGIN IMMEDIATE"), database.prepare("COMMIT")];
  const insert = database.prepare("INSERT INTO records (execution, revision, line) VALUES (?, ?, ?)");
  return {
    write(round) {
      begin.run();
      for (let stream = 1; stream <= size; stream += 1) insert.run(stream, round, line);
      commit.run();
    },
    close: () => database.close(),
  };
}

function grouped(size: number): Contender {
  const file = newFile();
  const database = openWriter(file);
  const commitGroup = groupCommitter(database, { file, failpoint: noFailpoint });
  const streams = Array.from({ length: size }, (_, stream) => stream);
  commitGroup(streams.map(first));
  return {
    write(round) {
      const answers = commitGroup(streams.map((stream) => next(stream, round)));
      if (answers.some((answer) => answer instanceof Error || answer.kind !== "committed")) throw new Error("refused");
    },
    close: () => database.close(),
  };
}

/** Rows a second of each. They take turns of a tenth of a second, because the disk is not the same from one to the next. */
function race(size: number, contenders: readonly Contender[]): readonly number[] {
  const laps = contenders.map((contender) => ({ contender, rounds: 0, spent: 0 }));
  while (laps.some(({ spent }) => spent < seconds * 1_000)) {
    for (const lap of laps) {
      const begin = now();
      while (now() - begin < 100) lap.contender.write((lap.rounds += 1));
      lap.spent += now() - begin;
    }
  }
  for (const { contender } of laps) contender.close();
  return laps.map(({ rounds, spent }) => (rounds * size * 1_000) / spent);
}

/** `size` clients, each of whom commits again when it is answered. */
async function clients(store: Store, size: number): Promise<number> {
  const committed = async (commit: Commit): Promise<void> => {
    const answer: Committed = await store.commit(commit);
    if (answer.kind !== "committed") throw new Error(answer.kind);
  };
  await Promise.all(Array.from({ length: size }, (_, stream) => committed(first(stream))));
  const begin = now();
  let done = 0;
  await Promise.all(
    Array.from({ length: size }, async (_, stream) => {
      for (let revision = 1; now() - begin < seconds * 1_000; revision += 1) {
        await committed(next(stream, revision));
        done += 1;
      }
    }),
  );
  const result = (done * 1_000) / (now() - begin);
  await store.close();
  return result;
}

/** What one sync costs on this disk, now. */
function syncMedian(): number {
  const descriptor = openSync(join(folder, "probe"), "w");
  const page = Buffer.alloc(4_096);
  const times = Array.from({ length: 201 }, (_, index) => {
    writeSync(descriptor, page, 0, page.length, index * page.length);
    const begin = now();
    fdatasyncSync(descriptor);
    return now() - begin;
  });
  closeSync(descriptor);
  return times.toSorted((a, b) => a - b)[100] ?? 0;
}

const show = (value: number): string => Math.round(value).toLocaleString("en").padStart(9);

console.log(
  `${process.version}, ${String(line.length)} bytes a record, fdatasync of 4 KiB: median ${syncMedian().toFixed(3)} ms`,
);
console.log(" group |  raw loop | commitGroup | ratio | inline store | worker store   (records a second)");
for (const size of groups) {
  const [loop = 0, group = 0] = race(size, [raw(size), grouped(size)]);
  const inline = await clients(await openSqliteStore(newFile(), { inline: true }), size);
  const worker = await clients(await openSqliteStore(newFile()), size);
  const ratio = (loop / group).toFixed(2).padStart(5);
  console.log(
    `${String(size).padStart(6)} | ${show(loop)} | ${show(group)}   | ${ratio} | ${show(inline)}    | ${show(worker)}`,
  );
}
console.log(`fdatasync of 4 KiB at the end: median ${syncMedian().toFixed(3)} ms`);
rmSync(folder, { recursive: true });

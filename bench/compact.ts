import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostLimits } from "../packages/runtime/src/parts.ts";
import { openSqliteStore } from "@omnibase/infra/sqlite";
import type { Commit, Removal, Store } from "@omnibase/spi";

/** How long commits wait while a store is emptied beside them, compared with how long they wait when nothing else goes on. */
const [executions, recordsEach, recordBytes] = [10_000, 8, 300];
const folder = mkdtempSync(join(tmpdir(), "omnibase-compact-"));
const file = join(folder, "store.db");
const line = `{"at":"2026-11-21T10:00:00.000Z","body":{"value":"${"x".repeat(recordBytes)}"}}`;
const head = `sha256:${createHash("sha256").update(line).digest("hex")}`;
const key = (name: string) => ({ tenant: "default", execution: name });
const ended = (name: string): Commit => ({
  key: key(name),
  expected: 0,
  records: Array.from({ length: recordsEach }, () => line),
  create: { workflow: "w", snapshot: "s", request: "r", startedMs: 0, principal: "p" },
  status: "ended",
  end: { class: "completed", outcome: "DONE", endedMs: 0 },
});
const removal = (name: string): Removal => ({
  key: key(name),
  head,
  records: recordsEach,
  removedMs: 0,
  policy: "all",
});
const bytes = (): number => statSync(file).size;
const quantile = (values: readonly number[], part: number): string =>
  (values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? 0).toFixed(2);

/** One commit after the other, until it is told to stop; how long each took. */
function committing(store: Store, prefix: string): { stop: () => Promise<readonly number[]> } {
  const state = { going: true };
  const took: number[] = [];
  const loop = (async () => {
    while (state.going) {
      const beganMs = performance.now();
      await store.commit(ended(`${prefix}${String(took.length)}`));
      took.push(performance.now() - beganMs);
    }
  })();
  return {
    stop: async () => {
      state.going = false;
      await loop;
      return took;
    },
  };
}

const tell = (what: string, took: readonly number[]): void => {
  const max = Math.max(...took).toFixed(1);
  console.log(
    `${what.padEnd(10)} ${String(took.length).padStart(6)} commits, p50 ${quantile(took, 0.5)} ms, p99 ${quantile(took, 0.99)} ms, max ${max} ms`,
  );
};

const store = await openSqliteStore(file);
const names = Array.from({ length: executions }, (_, index) => `e${String(index)}`);
for (let at = 0; at < executions; at += 500)
  await Promise.all(names.slice(at, at + 500).map((name) => store.commit(ended(name))));
const quiet = committing(store, "quiet");
await new Promise((resolve) => setTimeout(resolve, 3_000));
tell("quiet", await quiet.stop());
const before = bytes();
const busy = committing(store, "busy");
const beganMs = performance.now();
for (let at = 0; at < executions; at += 100) await store.remove(names.slice(at, at + 100).map(removal));
const removedMs = performance.now() - beganMs;
let steps = 0;
const { tidyPagesMax: pagesMax, tidyRecordsMax: recordsMax } = hostLimits;
for (let more = true; more; steps += 1) ({ more } = await store.tidy({ nowMs: 1, recordsMax, pagesMax }));
const tookMs = performance.now() - beganMs;
tell("tidying", await busy.stop());
console.log(
  `removed ${String(executions)} executions in ${removedMs.toFixed(0)} ms, tidied in ${String(steps)} steps, ${(tookMs - removedMs).toFixed(0)} ms`,
);
console.log(`file ${String(before)} bytes before, ${String(bytes())} after`);
await store.close();
rmSync(folder, { recursive: true });

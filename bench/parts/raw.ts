import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Worker } from "node:worker_threads";
import type { RawRow } from "./raw-worker.ts";

/** The same rows and bytes in the same groups, without a machine, a chain or a promise between them. */
export interface RawTask {
  readonly records: number;
  readonly concurrency: number;
  readonly executions: number;
}

async function measure(task: RawTask): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-raw-"));
  const worker = new Worker(new URL("./raw-worker.js", import.meta.url), {
    workerData: { file: join(folder, "store.db") },
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  await message(worker);
  await drive(worker, { ...task, executions: Math.min(500, task.executions) }, 0);
  const began = performance.now();
  await drive(worker, task, 1_000_000);
  const seconds = (performance.now() - began) / 1_000;
  worker.postMessage("close");
  await new Promise((resolve) => worker.once("exit", resolve));
  rmSync(folder, { recursive: true });
  return task.executions / seconds;
}

const message = (worker: Worker): Promise<unknown> => new Promise((resolve) => worker.once("message", resolve));

/** Each client asks for its next commit when the one before returned; all that wait are the next group. */
async function drive(worker: Worker, { concurrency, executions, records }: RawTask, first: number): Promise<void> {
  const clients = Array.from({ length: concurrency }, () => ({ execution: 0, commit: 0 }));
  let next = 0;
  for (let busy = true; busy;) {
    const group: RawRow[] = [];
    for (const client of clients) {
      if (client.commit === 0) {
        if (next === executions) continue;
        client.execution = first + next++;
      }
      group.push(...commitOf(client, records));
      client.commit = client.commit + 1 === records - 2 ? 0 : client.commit + 1;
    }
    busy = group.length > 0;
    if (!busy) return;
    worker.postMessage(group);
    await message(worker);
  }
}

/** Started and Passed come first and together; Settled and Completed last and together; between them one at a time. */
function commitOf(
  { commit, execution }: { readonly commit: number; readonly execution: number },
  records: number,
): readonly RawRow[] {
  const revision = commit === 0 ? 1 : commit + 2;
  const row = (at: number): RawRow => ["record", execution, at, line(at)];
  const isLast = commit === records - 3;
  return [
    ...(commit === 0 ? ([["create", execution], row(1), row(2)] as const) : [row(revision)]),
    ...(isLast ? ([row(revision + 1), ["end", execution]] as const) : []),
  ];
}

const line = (revision: number): string =>
  `{"at":"2026-11-21T10:00:00.001Z","body":{"attempt":1,"outcome":"SUCCESS","place":"CC/effect_1","value":{}},"prev":"sha256:${"0".repeat(64)}","revision":${String(revision)},"type":"Settled"}`;

const task: RawTask = JSON.parse(process.argv[2] ?? "{}");
process.stdout.write(`${JSON.stringify({ perSecond: await measure(task) })}\n`);

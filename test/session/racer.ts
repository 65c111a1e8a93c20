import { appendFileSync, closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "@omnibase/infra/clock";
import { openSession, type OwnedHost } from "../../apps/cli/src/session.ts";
import { hostOf, leaving } from "./hosts.ts";

/**
 * A process that asks for work over one data root, as owner or client, and says on stdout what was acknowledged.
 *
 * `node racer.ts <data root> <key>…`. Its host keeps a ledger in one file and, unlike a store, trusts nobody: every line
 * says who wrote it, so two owners at a time would show.
 */
const [, , dataRoot = "", ...keys] = process.argv;
const clock = systemClock();
const ledger = join(dataRoot, "ledger");
const me = String(process.pid);

const lines = (): readonly string[] => readFileSync(ledger, { encoding: "utf8", flag: "a+" }).split("\n");

function write(line: string): void {
  const descriptor = openSync(ledger, "a");
  writeSync(descriptor, `${line} ${me}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(ms, resolve);
  });

/** One key is started once, by whoever comes first; and it ends a while later, if its owner is there to see it. */
async function openHost(): Promise<OwnedHost> {
  write("open");
  let isLeaving = false;
  const started = new Set(lines().flatMap((line) => (line.startsWith("start ") ? [line.split(" ")[1]] : [])));
  return hostOf({
    async start({ execution, tenant }) {
      if (isLeaving) return leaving;
      const existed = started.has(execution);
      started.add(execution);
      if (!existed) write(`start ${execution}`);
      return { ok: true, value: { tenant, execution, existed } };
    },
    async wait(key) {
      for (let turn = 0; turn < 4; turn += 1) {
        if (isLeaving) return leaving;
        await pause(5);
      }
      return { ok: true, value: { ...key, status: "ended" } };
    },
    async drain() {
      isLeaving = true;
      await pause(2);
    },
    async close() {
      write("close");
    },
  });
}

const session = await openSession({ dataRoot, openHost, clock });
appendFileSync(join(dataRoot, "ready"), `${me}\n`);
await Promise.all(
  keys.map(async (execution, index) => {
    await pause((index % 20) * 10);
    const request = { tenant: "default", execution, workflow: "w", snapshot: "s", input: {}, principal: "p" };
    const start = await session.start(request);
    if (start.ok) process.stdout.write(`${execution} ${start.value.existed ? "existed" : "new"}\n`);
    const end = await session.wait({ tenant: "default", execution });
    if (end.ok) process.stdout.write(`${execution} ${end.value.status}\n`);
  }),
);
await session.close();
process.stdout.write("done\n");

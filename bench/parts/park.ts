import { AsyncLocalStorage } from "node:async_hooks";
import { systemClock } from "@omnibase/infra/clock";
import { waitGraph, waiting, waitMs } from "./graph.ts";
import { digest, hostOver, sqliteStore } from "./host.ts";

/** Parks executions on timers in a store, in a process of its own. Prints how many there are. */
export interface ParkTask {
  readonly file: string;
  readonly count: number;
  /** When the first of them is due, and how long it is until the last one is. */
  readonly dueMs: number;
  readonly spreadMs: number;
}

/** They are begun as a host begins them, on a clock that shows to each when it must begin to be due as it should. */
async function park({ count, dueMs, file, spreadMs }: ParkTask): Promise<number> {
  const store = await sqliteStore(file, "worker");
  const begun = new AsyncLocalStorage<number>();
  const clock = { ...systemClock(), nowMs: () => begun.getStore() ?? Date.now() };
  const host = hostOver({ store, graphs: [waitGraph], clock });
  await host.recovered;
  let next = 0;
  const client = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      const begunMs = dueMs + Math.floor((index * spreadMs) / count) - waitMs;
      const key = { tenant: "default", execution: `parked-${String(dueMs)}-${String(index)}` };
      const request = { ...key, workflow: waiting, snapshot: digest, input: {}, principal: "bench" };
      const started = await begun.run(begunMs, () => host.start(request));
      if (!started.ok) throw new Error(started.error.code);
    }
  };
  await Promise.all(Array.from({ length: 500 }, client));
  await host.drain();
  await store.close();
  return count;
}

const task: ParkTask = JSON.parse(process.argv[2] ?? "{}");
process.stdout.write(`${JSON.stringify(await park(task))}\n`);

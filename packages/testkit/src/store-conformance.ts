import type { Store } from "@omnibase/spi";
import type { Case, Opened, StoreBench } from "./store/bench.ts";
import { durabilityCases } from "./store/durability-cases.ts";
import { entityCases } from "./store/entity-cases.ts";
import { eventCases } from "./store/event-cases.ts";
import { importCases } from "./store/import-cases.ts";
import { kindCases } from "./store/kind-cases.ts";
import { listCases } from "./store/list-cases.ts";
import { logCases } from "./store/log-cases.ts";
import { removalCases } from "./store/removal-cases.ts";
import { secretCases } from "./store/secret-cases.ts";
import { startCases } from "./store/start-cases.ts";
import { taskCases } from "./store/task-cases.ts";
import { tenantCases } from "./store/tenant-cases.ts";
import { usageCases } from "./store/usage-cases.ts";
import { timerCases } from "./store/timer-cases.ts";

/** What the test runner at hand is called with. */
export interface Runner {
  readonly describe: (name: string, body: () => void) => void;
  readonly it: (name: string, test: () => Promise<void>) => void;
}

/** The promises of `Store`, as tests. Every adapter runs them against the real thing. */
export function conformsToStore(name: string, fresh: () => Promise<StoreBench>, { describe, it }: Runner): void {
  describe(`${name} keeps the Store promises`, () => {
    for (const { name: promise, run } of cases) it(promise, () => using(fresh, run));
  });
}

const cases: readonly Case[] = [
  ...logCases,
  ...startCases,
  ...durabilityCases,
  ...entityCases,
  ...kindCases,
  ...eventCases,
  ...importCases,
  ...tenantCases,
  ...timerCases,
  ...taskCases,
  ...secretCases,
  ...listCases,
  ...removalCases,
  ...usageCases,
];

async function using(fresh: () => Promise<StoreBench>, run: (opened: Opened) => Promise<void>): Promise<void> {
  const bench = await fresh();
  let store: Store = await bench.open();
  const openedAnew = async (): Promise<Store> => {
    await store.close();
    store = await bench.open();
    return store;
  };
  const reopened = async (): Promise<Store> => (store.lacks.durable === undefined ? openedAnew() : store);
  try {
    await run({ store, reopened, openedAnew });
  } finally {
    await store.close();
    await bench.dispose?.();
  }
}

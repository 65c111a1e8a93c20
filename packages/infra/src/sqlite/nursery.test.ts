import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, it } from "vitest";
import { openSqliteStore } from "./open.ts";

const fill = `
  const kept = [];
  for (let count = 0; count < 1_000_000; count += 1) kept.push({});
  const [space] = require("node:v8").getHeapSpaceStatistics().filter((one) => one.space_name === "new_space");
  require("node:worker_threads").parentPort.postMessage(space.space_size);`;

/** How large the nursery of a thread becomes that keeps what it makes. */
const nurseryBytes = (): Promise<number> =>
  new Promise((resolve) => {
    new Worker(fill, { eval: true }).once("message", resolve);
  });

it("leaves the nursery of threads that are started after its own as it was", async () => {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-nursery-"));
  const store = await openSqliteStore(join(folder, "store.db"));
  // Other tests share this process, and one of them may open a store just now.
  await expect.poll(nurseryBytes, { timeout: 20_000 }).toBeGreaterThan(4 * 2 ** 20);
  await store.close();
  rmSync(folder, { recursive: true });
});

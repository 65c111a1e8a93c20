import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Store } from "@omnibase/spi";
import { conformsToStore } from "@omnibase/testkit";
import type { StoreBench } from "@omnibase/testkit";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, it } from "vitest";
import { memoryStore } from "./memory/index.ts";
import { openSqliteStore } from "./sqlite/index.ts";

/** A store in a folder of its own, which goes when the case is over. */
function inFolder(open: (file: string) => Promise<Store>): () => Promise<StoreBench> {
  return () => {
    const folder = mkdtempSync(join(tmpdir(), "omnibase-store-"));
    return Promise.resolve({
      open: () => open(join(folder, "made", "store.db")),
      dispose() {
        rmSync(folder, { recursive: true });
        return Promise.resolve();
      },
    });
  };
}

/** The worker as the command ships it: bundled, which is also what starts quickly. */
const bundleFolder = mkdtempSync(join(tmpdir(), "omnibase-worker-"));
const workerUrl = pathToFileURL(join(bundleFolder, "sqlite-worker.mjs"));

beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL("sqlite/worker-entry.ts", import.meta.url))],
    outfile: fileURLToPath(workerUrl),
    bundle: true,
    format: "esm",
    platform: "node",
    conditions: ["@omnibase/source"],
    // The driver of Node 20 is found from where the worker lies.
    define: { "import.meta.url": JSON.stringify(import.meta.url) },
  });
});

afterAll(() => rmSync(bundleFolder, { recursive: true }));

const memory = (): Promise<StoreBench> => Promise.resolve({ open: () => Promise.resolve(memoryStore()) });
const inline = inFolder((file) => openSqliteStore(file, { inline: true }));
const worker = inFolder((file) => openSqliteStore(file, { workerUrl }));

/** An adapter is done when its line passes. */
conformsToStore("memory", memory, { describe, it });
conformsToStore("sqlite inline", inline, { describe, it });
conformsToStore("sqlite worker", worker, { describe, it });

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "@omnibase/spi";
import { conformsToStore } from "@omnibase/testkit";
import type { StoreBench } from "@omnibase/testkit";
import { describe, it } from "vitest";
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

/** An adapter is done when its line passes. */
conformsToStore("memory", () => Promise.resolve({ open: () => Promise.resolve(memoryStore()) }), { describe, it });
conformsToStore(
  "sqlite inline",
  inFolder((file) => openSqliteStore(file, {})),
  { describe, it },
);

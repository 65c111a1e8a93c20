import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, it } from "vitest";

const definition = `
import { defineWorkflow, text } from "@omnibase/sdk";
import { test } from "@omnibase/sdk/test";
const end = { type: "EXIT", class: "rejected", outcome: "BAD" } as const;
const keep = defineWorkflow({
  code: "WF_KEEP_V0",
  intent: { input: { of: text() }, next: { ACK: "HASH", NACK: "BAD" } },
  stores: { KEPT: "kept.jsonl" },
  nodes: {
    HASH: {
      transform: "std::CT_PURE_KECCAK256_HASH_V0",
      inputs: { input_bytes: "$.payload.of" },
      next: { SUCCESS: "KEEP", VIOLATION: "BAD" },
    },
    KEEP: {
      side_effect: "std::CS_REGISTRY_V0",
      op: "REGISTER",
      store: "KEPT",
      inputs: { key: "$.payload.of" },
      next: { SUCCESS: "DONE", ALREADY_EXISTS: "BAD", VIOLATION: "BAD", BACKEND_ERROR: "BAD" },
    },
    DONE: { type: "EXIT", class: "completed", outcome: "KEPT" },
    BAD: end,
  },
});
const result = await test(keep).when({ start: { of: "00" } }).expect({ exit: "DONE" });
console.log(result?.outcome);
`;

it("executes what the standard library has where no repository lies around it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "alone-"));
  try {
    const outfile = join(folder, "main.mjs");
    await build({
      stdin: { contents: definition, resolveDir: process.cwd(), sourcefile: "main.ts", loader: "ts" },
      bundle: true,
      format: "esm",
      platform: "node",
      conditions: ["@omnibase/source"],
      external: ["@photostructure/sqlite", "nodemailer", "oxc-transform", "undici"],
      banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
      logLevel: "silent",
      outfile,
    });
    const { stdout } = await promisify(execFile)(process.execPath, [outfile], { cwd: folder });
    expect(stdout).toBe("KEPT\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

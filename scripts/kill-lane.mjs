import "./node-floor.mjs";
import { join } from "node:path";
import { root, runNode } from "./run.mjs";
import { setup } from "./setup.mjs";

setup();
// Fetched only now: before `setup` it may not be there.
const { build } = await import("esbuild");

/** Each is a process or a thread of its own. In one file each, they start several times faster than from sources. */
const outdir = join(root, "node_modules/.kill");
const folder = "test/e2e/kill";
await build({
  absWorkingDir: root,
  entryPoints: {
    main: `${folder}/main.ts`,
    victim: `${folder}/victim.ts`,
    receiver: `${folder}/receiver.ts`,
    racer: `${folder}/racer.ts`,
    "worker-entry": "packages/infra/src/sqlite/worker-entry.ts",
  },
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  conditions: ["@omnibase/source"],
  external: ["@photostructure/sqlite", "undici"],
  banner: {
    js: 'import { createRequire as killRequire } from "node:module"; const require = killRequire(import.meta.url);',
  },
  logLevel: "warning",
});

process.exitCode = runNode([
  "--disable-warning=ExperimentalWarning",
  join(outdir, "main.mjs"),
  ...process.argv.slice(2),
]);

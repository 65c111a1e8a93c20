import "./node-floor.mjs";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundling } from "./bundling.mjs";
import { root, runNode } from "./run.mjs";
import { setup } from "./setup.mjs";

setup();
// Fetched only now: before `setup` it may not be there.
const { build } = await import("esbuild");

/** Each is a process or a thread of its own. In one file each, they start several times faster than from sources. */
const outdir = join(root, "node_modules/.kill");
const folder = "test/e2e/kill";
await build({
  ...bundling,
  absWorkingDir: root,
  entryPoints: {
    main: `${folder}/main.ts`,
    victim: `${folder}/victim.ts`,
    receiver: `${folder}/receiver.ts`,
    racer: `${folder}/racer.ts`,
    "sqlite-worker": "packages/infra/src/sqlite/worker-entry.ts",
  },
  outdir,
});
writeFileSync(join(outdir, "package.json"), '{ "type": "module" }\n');

process.exitCode = runNode([
  "--disable-warning=ExperimentalWarning",
  join(outdir, "main.js"),
  ...process.argv.slice(2),
]);

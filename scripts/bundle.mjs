import "./node-floor.mjs";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./run.mjs";

const outdir = join(root, "apps/cli/dist");

/** Every file that Node starts by path needs an entry of its own: the command, and each worker. */
const entryPoints = { omnibase: "apps/cli/src/main.ts" };

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints,
  outdir,
  bundle: true,
  // A command loads only the chunks it needs, which is most of the difference between a slow and a quick `--help`.
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  format: "esm",
  platform: "node",
  target: "node20",
  conditions: ["@omnibase/source"],
  external: ["@photostructure/sqlite", "undici"],
  // Some packages inside are CommonJS and ask for Node's modules by `require`.
  banner: {
    js: 'import { createRequire as omnibaseRequire } from "node:module"; const require = omnibaseRequire(import.meta.url);',
  },
  metafile: true,
  logLevel: "warning",
});

removeStaleChunks(new Set(Object.keys(metafile.outputs)));

/** Chunks are named by content, so the ones of earlier builds would stay for ever. */
function removeStaleChunks(current) {
  const folder = "apps/cli/dist/chunks";
  for (const name of readdirSync(outdir).includes("chunks") ? readdirSync(join(root, folder)) : []) {
    if (!current.has(`${folder}/${name}`)) rmSync(join(root, folder, name));
  }
}

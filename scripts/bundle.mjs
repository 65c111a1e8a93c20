import "./node-floor.mjs";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { bundling } from "./bundling.mjs";
import { parsedLibrary } from "./library.mjs";
import { root } from "./run.mjs";

const outdir = join(root, "apps/cli/dist");

/** Every file that Node starts by path needs an entry of its own: the command, and each worker. */
const entryPoints = {
  omnibase: "apps/cli/src/main.ts",
  "sqlite-worker": "packages/infra/src/sqlite/worker-entry.ts",
};

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints,
  outdir,
  ...bundling,
  // A command loads only the chunks it needs, which is most of the difference between a slow and a quick `--help`.
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  define: { OMNIBASE_LIBRARY: JSON.stringify(await parsedLibrary()) },
  metafile: true,
});

removeStaleChunks(new Set(Object.keys(metafile.outputs)));

/** Chunks are named by content, so the ones of earlier builds would stay for ever. */
function removeStaleChunks(current) {
  const folder = "apps/cli/dist/chunks";
  for (const name of readdirSync(outdir).includes("chunks") ? readdirSync(join(root, folder)) : []) {
    if (!current.has(`${folder}/${name}`)) rmSync(join(root, folder, name));
  }
}

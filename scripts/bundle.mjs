import "./node-floor.mjs";
import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { bundling, expressionsWhenAsked, pastTheDoors } from "./bundling.mjs";
import { parsedLibrary } from "./library.mjs";
import { root } from "./run.mjs";

const outdir = join(root, "apps/cli/dist");
const main = "apps/cli/src/main.ts";
const worker = "packages/infra/src/sqlite/worker-entry.ts";
const run = "apps/cli/src/commands/run.ts";

/** As a chunk asks for it. */
const expressions = "../re2js.cjs";

const library = await parsedLibrary();
const define = {
  OMNIBASE_LIBRARY: JSON.stringify(library.text),
  OMNIBASE_LIBRARY_DIGEST: JSON.stringify(library.digest),
};

/** A command loads only the chunks it needs, which is most of the difference between a slow and a quick `--help`. */
const splitting = (doors, write) =>
  build({
    absWorkingDir: root,
    entryPoints: { omnibase: main },
    outdir,
    ...bundling,
    external: [...bundling.external, expressions],
    plugins: [doors, expressionsWhenAsked(`require(${JSON.stringify(expressions)})`)],
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    define,
    metafile: true,
    write,
  });

const apart = await splitting(pastTheDoors(), false);
const { metafile } = await splitting(pastTheDoors(companyIn(apart.metafile.outputs)), true);
await build({
  absWorkingDir: root,
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  logLevel: "warning",
  entryPoints: ["re2js"],
  outfile: join(outdir, "chunks", expressions),
});

// What Node starts by its path, and what programs import: each needs nothing of the rest.
const alone = { "sqlite-worker": worker, local: "apps/cli/src/local.ts" };
await build({ ...bundling, absWorkingDir: root, entryPoints: alone, outdir, define });

cpSync(join(root, "packages/infra/assets"), join(outdir, "fonts"), { recursive: true });
removeStaleChunks(new Set(Object.keys(metafile.outputs)));

/**
 * Split as finely as it can be, a command would fetch sixty files, and to fetch a file takes as long as to read thirty
 * thousand characters. So what is loaded before any command is one chunk, and what an execution needs is another, which all
 * commands take that look at data.
 */
function companyIn(outputs) {
  const entries = Object.values(outputs).filter(({ entryPoint }) => entryPoint !== undefined);
  const loaded = new Map(entries.map((entry) => [entry.entryPoint, filesLoadedBy(entry, outputs)]));
  const before = [...loaded.get(main)].filter((file) => file !== main);
  const executing = [...loaded.get(run)].filter((file) => !loaded.get(main).has(file));
  const needsSome = (entryPoint) => executing.some((file) => loaded.get(entryPoint).has(file));
  return new Map(
    [...loaded.keys()]
      .filter((entryPoint) => entryPoint !== main)
      .map((entryPoint) => [
        join(root, entryPoint),
        [...before, ...(needsSome(entryPoint) ? executing : [])].map((file) => join(root, file)),
      ]),
  );
}

/** With it, and not only when it asks for more. */
function filesLoadedBy(output, outputs, files = new Set()) {
  for (const file of Object.keys(output.inputs)) if (file.endsWith(".ts")) files.add(file);
  for (const { kind, path } of output.imports) {
    if (kind === "import-statement" && path in outputs) filesLoadedBy(outputs[path], outputs, files);
  }
  return files;
}

/** Chunks are named by content, so the ones of earlier builds would stay for ever. */
function removeStaleChunks(current) {
  const folder = "apps/cli/dist/chunks";
  for (const name of readdirSync(outdir).includes("chunks") ? readdirSync(join(root, folder)) : []) {
    if (!current.has(`${folder}/${name}`)) rmSync(join(root, folder, name));
  }
}

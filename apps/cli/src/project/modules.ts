import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { readArtifactBytes } from "@omnibase/infra/files";
import { contractsFolder, digestOfBytes, readFolder, type SourceFile, type Sources } from "./documents.ts";
import { definitionsAtTop } from "./locate.ts";
import type { ConfiguredWorkspace } from "./open.ts";

/** Files of definitions in TypeScript, and everything that they import: what they say depends on nothing else. */
export interface Modules extends Sources {
  /** Names of those that declare something themselves. */
  readonly entries: readonly string[];
}

const definitionNames = /^(?!.*\.(?:test|d)\.ts$)[\w.-]+\.ts$/;

/** Reads the files of a workspace. Nothing in them is executed by it. */
export async function readModules(workspace: ConfiguredWorkspace): Promise<Modules> {
  const found = [readFolder(workspace, contractsFolder, definitionNames), readFolder(workspace, "", definitionsAtTop)];
  const { config, prefix } = workspace;
  // Code may lie among the artifacts, and declares nothing.
  const code =
    config.implementations === undefined ? undefined : `${prefix}${posix.normalize(config.implementations)}/`;
  const own = found.flatMap(({ files }) => files).filter(({ file }) => code === undefined || !file.startsWith(code));
  const problems = found.flatMap((one) => one.problems);
  const entries = own.map(({ file }) => file);
  if (own.length === 0) return { files: [], entries, problems };
  return { files: await withImported(own, workspace), entries, problems };
}

/** Follows imports: modules of the workspace as they are, and packages by their manifest, which names their version. */
async function withImported(own: readonly SourceFile[], { prefix, root }: ConfiguredWorkspace): Promise<SourceFile[]> {
  const { importedBy, installedPackage, moduleNamed } = await import("@omnibase/infra/typescript");
  const read = new Map(own.map((one) => [one.file, one]));
  for (const { bytes, file } of read.values()) {
    for (const specifier of file.endsWith(".ts") ? importedBy(new TextDecoder().decode(bytes)) : []) {
      const isOwn = specifier.startsWith(".");
      const name = isOwn ? moduleNamed(specifier, file) : `node_modules/${specifier}/package.json`;
      if (read.has(name)) continue;
      const found = isOwn ? moduleIn(root, name, prefix) : manifestOf(specifier);
      // What is not there is said where it is asked for, when the module is loaded.
      if (found !== undefined) read.set(name, { file: name, bytes: found, digest: digestOfBytes(found) });
    }
  }
  return [...read.values()];

  function manifestOf(specifier: string): Uint8Array | undefined {
    const manifest = installedPackage(specifier, root)?.manifest;
    return manifest === undefined ? undefined : readFileSync(manifest);
  }
}

/** Only below the workspace, as everything that is declared. */
function moduleIn(root: string, name: string, prefix: string): Uint8Array | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const bytes = readArtifactBytes(root, name.slice(prefix.length));
  return bytes.ok ? bytes.value : undefined;
}

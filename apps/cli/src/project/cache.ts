import { join } from "node:path";
import type { Digest, JsonObject } from "@omnibase/core";
import { sha256, type SigningKey } from "@omnibase/infra/crypto";
import type { Config } from "./config.ts";
import type { ImplementationFile } from "./implementations.ts";
import type { Workspace } from "./locate.ts";
import { readSigned, writeSigned, type SignedFile } from "./signed-file.ts";

/**
 * What was compiled last time: one signed line that says from what, and the snapshot file.
 *
 * The project's key signs it, so nobody can put a snapshot or a grant there that nobody declared. Whatever does not
 * verify is as if it were not there.
 */
export interface Cached {
  /** Digest of everything that was compiled. */
  readonly inputs: string;
  readonly snapshot: Digest;
  /** The snapshot file. */
  readonly text: string;
  /** What each project file says, by its digest. */
  readonly configs: Readonly<Record<string, Config>>;
  readonly workflows: readonly string[];
  /** Code that stands in definitions, which are not evaluated again where nothing has changed. Absent: there is none. */
  readonly code?: readonly ImplementationFile[];
}

export function readCache(stateFolder: string, workspaces: readonly Workspace[], key: SigningKey): Cached | undefined {
  const signed = readSigned(compiledFile(stateFolder, workspaces, key));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- we signed it ourselves, in the shape that is written below
  return signed && { ...(signed.claim as unknown as Cached), text: signed.text };
}

export function writeCache(
  stateFolder: string,
  {
    cached,
    workspaces,
    key,
  }: { readonly cached: Cached; readonly workspaces: readonly Workspace[]; readonly key: SigningKey },
): void {
  const { text, ...claim } = cached;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- plain data, but an interface has no index signature
  writeSigned(compiledFile(stateFolder, workspaces, key), { claim: claim as unknown as JsonObject, text });
}

const compiledFile = (stateFolder: string, workspaces: readonly Workspace[], key: SigningKey): SignedFile => ({
  file: cacheFile(stateFolder, workspaces, "compiled"),
  type: "application/vnd.omnibase.cache.v2+json",
  key,
});

/** One for each set of workspaces that are compiled together. */
export const cacheFile = (stateFolder: string, workspaces: readonly Workspace[], kind: string): string =>
  join(stateFolder, "cache", `${sha256(workspaces.map(({ root }) => root).join("\n")).slice(0, 16)}.${kind}`);

import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canonical, digestOf, isObject, signEnvelope, verifyEnvelope, type Digest, type Json } from "@omnibase/core";
import { sha256, trustOf, type SigningKey } from "@omnibase/infra/crypto";
import { makeFolders } from "@omnibase/infra/files";
import type { Config } from "./config.ts";
import type { Workspace } from "./locate.ts";

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
}

const payloadType = "application/vnd.omnibase.cache.v1+json";

export function readCache(stateFolder: string, workspaces: readonly Workspace[], key: SigningKey): Cached | undefined {
  const found = readIfThere(cacheFile(stateFolder, workspaces));
  const end = found?.indexOf("\n") ?? -1;
  if (found === undefined || end < 0) return undefined;
  const envelope = verifyEnvelope(found.slice(0, end), payloadType, trustOf([key]));
  if (!envelope.ok) return undefined;
  const text = found.slice(end + 1);
  const claim: Json = JSON.parse(envelope.value.payload);
  return isObject(claim) && claim["text"] === digestOf(sha256, text) ? cachedOf(claim, text) : undefined;
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- we signed it ourselves, in the shape that is written below
const cachedOf = (claim: Json, text: string): Cached => ({ ...(claim as unknown as Cached), text });

/** Replaces what was there. A torn write does not verify, so nothing has to be synced. */
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
  const payload = canonical({ ...claim, text: digestOf(sha256, text) } as unknown as Json);
  const file = cacheFile(stateFolder, workspaces);
  const draft = `${file}.${String(process.pid)}`;
  makeFolders(join(stateFolder, cacheFolder), 0o700);
  try {
    writeFileSync(draft, `${signEnvelope(payloadType, payload, key)}\n${text}`, { mode: 0o600 });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

const cacheFolder = "cache";

const cacheFile = (stateFolder: string, workspaces: readonly Workspace[]): string =>
  join(stateFolder, cacheFolder, `${sha256(workspaces.map(({ root }) => root).join("\n")).slice(0, 16)}.compiled`);

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PureTransform, Snapshot } from "@omnibase/core";
import { keepFile, namesIn, sweepFolder, touch } from "@omnibase/infra/files";
import { builtinTransforms, loadBuiltin } from "@omnibase/infra/transforms";
import type { SnapshotSource, Swept } from "@omnibase/spi";
import type { Place } from "../project/open.ts";
import { implementationsFolder, snapshotsFolder } from "./layout.ts";
import { ownCode, type OwnCode } from "./own-code.ts";

/**
 * Transforms that someone wrote, kept beside the snapshots that seal them: an execution goes on under the code with which
 * it began, whatever the project says by then.
 */
export interface KeptTransforms {
  /** By the sealed name; of those that a snapshot named which was loaded. */
  readonly transform: (implementation: string) => PureTransform | undefined;
  /** Makes what a snapshot seals executable. What is not kept, or was changed, is left out. */
  load(snapshot: Pick<Snapshot, "implementations">): Promise<void>;
  /** Nothing is executed after it. */
  close(): Promise<void>;
}

const SEALED = /@(sha256:([0-9a-f]{64}))$/;

const pathOf = (dataRoot: string, hex: string): string => join(implementationsFolder(dataRoot), `${hex}.ts`);

export function keptTransforms({ config, dataRoot }: Pick<Place, "config" | "dataRoot">): KeptTransforms {
  const code = ownCode(config);
  const loaded = new Map<string, PureTransform>();
  return {
    transform: (implementation) =>
      loaded.get(implementation) ??
      (Object.hasOwn(builtinTransforms, implementation) ? builtinTransforms[implementation] : undefined),
    load: async ({ implementations }) => {
      for (const sealed of Object.values(implementations)) {
        if (loaded.has(sealed)) continue;
        const transform = (await loadBuiltin(sealed)) ?? (await loadKept(dataRoot, sealed, code));
        if (transform !== undefined) loaded.set(sealed, transform);
      }
    },
    close: () => code.close(),
  };
}

async function loadKept(dataRoot: string, sealed: string, code: OwnCode): Promise<PureTransform | undefined> {
  const [, digest, hex] = SEALED.exec(sealed) ?? [];
  if (digest === undefined || hex === undefined) return undefined;
  const path = pathOf(dataRoot, hex);
  return existsSync(path) ? code.load(readFileSync(path, "utf8"), digest) : undefined;
}

/** What a snapshot seals is executable before the snapshot is. */
export const withTransforms = (snapshots: SnapshotSource, kept: KeptTransforms, dataRoot: string): SnapshotSource => ({
  keep: (digest, text) => snapshots.keep(digest, text),
  sweep: async (needed) => {
    const swept = await snapshots.sweep(needed);
    const code = await sweepTransforms(dataRoot, snapshots);
    return { files: swept.files + code.files, bytes: swept.bytes + code.bytes };
  },
  load: async (digest) => {
    const answer = await snapshots.load(digest);
    if (answer.ok) await kept.load(answer.value);
    return answer;
  },
});

/** Transforms that no snapshot seals any more. Where one cannot be read, nobody knows what it seals, and all stay. */
async function sweepTransforms(dataRoot: string, snapshots: SnapshotSource): Promise<Swept> {
  const nothing = { files: 0, bytes: 0 };
  if (namesIn(implementationsFolder(dataRoot)).length === 0) return nothing;
  const needed = new Set<string>();
  for (const name of namesIn(snapshotsFolder(dataRoot))) {
    const [, hex] = /^([0-9a-f]{64})\.snapshot$/.exec(name) ?? [];
    if (hex === undefined) continue;
    const snapshot = await snapshots.load(`sha256:${hex}`);
    if (!snapshot.ok) return nothing;
    for (const sealed of Object.values(snapshot.value.implementations)) {
      needed.add(`${SEALED.exec(sealed)?.[2] ?? ""}.ts`);
    }
  }
  return sweepFolder(implementationsFolder(dataRoot), (name) => !needed.has(name));
}

export interface KeptSource {
  readonly digest: string;
  readonly source: string;
}

/** Durable when it returns. The digest is the name, so keeping it again is no change. */
export function keepTransforms(dataRoot: string, sources: readonly KeptSource[]): void {
  for (const { digest, source } of sources) {
    const path = pathOf(dataRoot, digest.slice("sha256:".length));
    if (existsSync(path) && readFileSync(path, "utf8") === source) touch(path);
    else keepFile(path, source);
  }
}

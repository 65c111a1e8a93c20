import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeSnapshotFile, err, type Digest, type Trust } from "@omnibase/core";
import { noFailpoint, SnapshotFault, type Failpoint, type SnapshotSource } from "@omnibase/spi";
import { codeOf } from "../shared/code-of.ts";
import { makeDirectory, replaceFile, syncDirectory, writeNewFile } from "../shared/durable-file.ts";
import { sha256 } from "../shared/sha256.ts";
import { sweepFolder, touch } from "../shared/sweep-folder.ts";

export interface SnapshotFolderOptions {
  readonly trust: Trust;
  readonly failpoint?: Failpoint;
}

/** Snapshots as files, one each, named by their digest: `<hex>.snapshot`. */
export function snapshotFolder(
  directory: string,
  { trust, failpoint = noFailpoint }: SnapshotFolderOptions,
): SnapshotSource {
  return {
    load: async (digest) => {
      const bytes = guarded(() => readIfThere(snapshotPath(directory, digest)));
      if (bytes !== undefined) return decodeSnapshotFile(bytes, { sha256, trust, digest });
      return err({ code: "SNAPSHOT_MISSING", object: "file", detail: `no snapshot ${digest} is kept` });
    },
    keep: async (digest, text) => {
      guarded(() => {
        keep(directory, { digest, bytes: Buffer.from(text) }, failpoint);
      });
    },
    sweep: async (needed) =>
      guarded(() => {
        const names = new Set([...needed].map((digest) => `${digest.slice("sha256:".length)}${ending}`));
        return sweepFolder(directory, (name) => !names.has(name));
      }),
  };
}

const ending = ".snapshot";
const DIGEST = /^sha256:([0-9a-f]{64})$/;

/** Where a snapshot lies. A digest comes out of logs and arguments, so it must not be able to name another file. */
export function snapshotPath(directory: string, digest: Digest): string {
  const hex = DIGEST.exec(digest)?.[1];
  if (hex === undefined) throw new Error(`impossible: ${digest} is no digest`);
  return join(directory, `${hex}${ending}`);
}

interface Kept {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
}

/** The name appears only when the bytes are on the disk, and what stood there before is replaced whole. */
function keep(directory: string, { digest, bytes }: Kept, failpoint: Failpoint): void {
  const file = snapshotPath(directory, digest);
  if (readIfThere(file)?.equals(bytes) === true) {
    touch(file);
    return syncDirectory(directory);
  }
  makeDirectory(directory, 0o700);
  failpoint("snapshot.before-write");
  replaceFile(file, (draft) => {
    writeNewFile(draft, bytes, 0o600);
    failpoint("snapshot.before-rename");
  });
  failpoint("snapshot.after-rename");
  syncDirectory(directory);
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Failures of the platform carry a code; anything else is a bug and stays one. */
function guarded<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new SnapshotFault(error.message, {
      retryable: error.code !== "EACCES" && error.code !== "EROFS",
      cause: error,
    });
  }
}

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import {
  archivePaths,
  digestOf,
  err,
  instantText,
  ok,
  openArchive,
  signArchive,
  verifyArchive,
  type ArchivedExecution,
  type ArchiveFiles,
  type ArchiveRefusal,
  type Result,
  type Trust,
  type VerifiedArchive,
} from "@omnibase/core";
import { sha256, sha256OfBytes } from "@omnibase/infra/crypto";
import { readPlainFile, writeFolder, type FolderFile } from "@omnibase/infra/files";
import type { Failpoint } from "@omnibase/spi";
import type { Refused } from "../edge/report.ts";
import type { Project } from "../project/open.ts";
import { implementationsFolder, snapshotsFolder, tenant } from "./layout.ts";
import { snapshotOf } from "./kept-snapshot.ts";

/** One execution that is to be archived: its log, whole and verified, and its receipt. */
export interface Archivable extends ArchivedExecution {
  readonly endedMs: number;
  readonly lines: readonly string[];
  readonly receipt: string;
}

/**
 * Archives executions into a folder of their own below the given one, and says which. The same executions make the same
 * name: a folder that is there already is used again, if it holds.
 */
export async function archiveInto(
  folder: string,
  batch: readonly Archivable[],
  { failpoint, project }: { readonly failpoint: Failpoint; readonly project: Project },
): Promise<Result<string, Refused>> {
  const names = batch.map(({ execution, head }) => `${execution} ${head}`).join("\n");
  const day = instantText(batch[0]?.endedMs ?? 0).slice(0, 10);
  const path = join(folder, `${day}-${sha256(names).slice(0, 12)}`);
  if (existsSync(path)) {
    const verified = verifyArchiveAt(path, project.trust);
    return verified.ok ? ok(path) : verified;
  }
  const files = await filesOf(batch, project);
  if (!files.ok) return files;
  writeFolder(path, files.value, () => failpoint("retention.archive.before-rename"));
  failpoint("retention.archive.after-rename");
  return ok(path);
}

async function filesOf(
  batch: readonly Archivable[],
  project: Project,
): Promise<Result<readonly FolderFile[], Refused>> {
  const { dataRoot, key } = project;
  const files: FolderFile[] = [{ path: archivePaths.key, bytes: key.publicKeyPem }];
  const sealed = new Set<string>();
  for (const digest of new Set(batch.map(({ snapshot }) => snapshot))) {
    const snapshot = await snapshotOf(project, digest);
    if (!snapshot.ok) return snapshot;
    const name = `${digest.slice("sha256:".length)}.snapshot`;
    files.push({ path: archivePaths.snapshot(digest), bytes: readPlainFile(join(snapshotsFolder(dataRoot), name)) });
    for (const one of Object.values(snapshot.value.implementations)) {
      const [, code] = /@(sha256:[0-9a-f]{64})$/.exec(one) ?? [];
      if (code !== undefined) sealed.add(code);
    }
  }
  for (const code of sealed) {
    const kept = join(implementationsFolder(dataRoot), `${code.slice("sha256:".length)}.ts`);
    if (existsSync(kept)) files.push({ path: archivePaths.implementation(code), bytes: readPlainFile(kept) });
  }
  const logs = batch.flatMap(({ lines }) => lines);
  files.push({ path: archivePaths.logs, bytes: logs.map((line) => `${line}\n`).join("") });
  files.push({ path: archivePaths.receipts, bytes: batch.map(({ receipt }) => `${receipt}\n`).join("") });
  const inOrder = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const listed = inOrder.map(({ bytes, path }) => ({ path, digest: digestOfFile(bytes) }));
  const executions = batch.map(({ execution, head, records, snapshot, workflow }) => {
    return { execution, head, records, snapshot, workflow };
  });
  const manifest = signArchive({ tenant, executions, files: listed }, key);
  return ok([...inOrder, { path: archivePaths.manifest, bytes: `${manifest}\n` }]);
}

const digestOfFile = (bytes: FolderFile["bytes"]): string =>
  typeof bytes === "string" ? digestOf(sha256, bytes) : `sha256:${sha256OfBytes(bytes)}`;

/** Everything that lies in a folder; what is no ordinary file is a stranger in it. */
export function archiveAt(folder: string): ArchiveFiles {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return { paths, read: (path) => readPlainFile(join(folder, path)) };
}

export const openArchiveAt = (folder: string, trust: Trust): Result<VerifiedArchive, Refused> =>
  told(folder, openArchive(archiveAt(folder), { sha256OfBytes, trust }));

export const verifyArchiveAt = (folder: string, trust: Trust): Result<VerifiedArchive, Refused> =>
  told(folder, verifyArchive(archiveAt(folder), { sha256, sha256OfBytes, trust }));

function told(folder: string, verified: Result<VerifiedArchive, ArchiveRefusal>): Result<VerifiedArchive, Refused> {
  if (verified.ok) return verified;
  const { code, detail, file, revision } = verified.error;
  const facts = { verified: false, archive: folder, file, detail, ...(revision === undefined ? {} : { revision }) };
  return err({ exit: 5, code, message: `the archive ${folder} does not hold: ${file}: ${detail}`, facts });
}

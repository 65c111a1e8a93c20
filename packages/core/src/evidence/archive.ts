import { decodeSnapshotFile } from "../compile/snapshot-file.ts";
import type { SnapshotRefusal } from "../compile/snapshot-file.ts";
import { byteLines } from "../value/byte-lines.ts";
import { canonical } from "../value/canonical.ts";
import { parseCanonical } from "../value/canonical-text.ts";
import { hasExactly } from "../value/exact-keys.ts";
import type { Json } from "../value/json.ts";
import { present } from "../value/present.ts";
import { err, ok, type Result } from "../value/result.ts";
import type { Digest, Sha256 } from "../value/sha256.ts";
import { decodeUtf8 } from "../value/utf8-text.ts";
import { signEnvelope, verifyEnvelope, type EnvelopeRefusal, type Signer, type Trust } from "./dsse.ts";
import { verifyReceipt, type ReceiptRefusal, type VerifiedReceipt } from "./receipt.ts";

const archivePayloadType = "application/vnd.omnibase.archive.v1+json";
const archiveFormat = "omnibase-archive/1";

/** Executions that were taken out of a store, with everything that it takes to verify and to replay them. */
export interface Archive {
  readonly tenant: string;
  readonly executions: readonly ArchivedExecution[];
  /** Every file of it but the manifest, in the order of their paths. */
  readonly files: readonly ArchivedFile[];
}

export interface ArchivedExecution {
  readonly execution: string;
  readonly head: Digest;
  readonly records: number;
  readonly snapshot: Digest;
  readonly workflow: string;
}

export interface ArchivedFile {
  readonly path: string;
  readonly digest: Digest;
}

/**
 * Where what lies in an archive. Logs stand one behind the other in the order of the manifest, which says how many lines each
 * has; receipts, a line each, in the same order. Snapshots and code lie as in a data root, so whoever looks for them there
 * finds them here.
 */
export const archivePaths = {
  manifest: "manifest.json",
  key: "key.pub.pem",
  logs: "logs.jsonl",
  receipts: "receipts.jsonl",
  snapshot: (digest: Digest): string => `.omnibase/snapshots/${hexOf(digest)}.snapshot`,
  implementation: (digest: Digest): string => `.omnibase/implementations/${hexOf(digest)}.ts`,
} as const;

const hexOf = (digest: Digest): string => digest.slice("sha256:".length);

/** The manifest, signed: one line, without newline. */
export function signArchive({ executions, files, tenant }: Archive, signer: Signer): string {
  const manifest = {
    executions: executions.map((one): Json => ({ ...one })),
    files: files.map((one): Json => ({ ...one })),
    format: archiveFormat,
    tenant,
  };
  return signEnvelope(archivePayloadType, canonical(manifest), signer);
}

/** An archive as it lies somewhere. */
export interface ArchiveFiles {
  /** The path of every file, from the folder of the archive. */
  readonly paths: readonly string[];
  read(path: string): Uint8Array;
}

export interface ArchiveChecks {
  readonly sha256: Sha256;
  /** Of bytes as they are. */
  readonly sha256OfBytes: (bytes: Uint8Array) => string;
  readonly trust: Trust;
}

export interface ArchiveRefusal {
  readonly code: EnvelopeRefusal["code"] | ReceiptRefusal["code"] | SnapshotRefusal["code"] | "ARCHIVE_MISMATCH";
  /** The file that does not hold, from the folder of the archive. */
  readonly file: string;
  readonly detail: string;
  readonly revision?: number;
}

export interface VerifiedArchive {
  readonly keyid: Digest;
  readonly archive: Archive;
}

/** What a trusted key says is in it, and that those very files are there and no other. */
export function openArchive(
  files: ArchiveFiles,
  { sha256OfBytes, trust }: Pick<ArchiveChecks, "sha256OfBytes" | "trust">,
): Result<VerifiedArchive, ArchiveRefusal> {
  const { manifest } = archivePaths;
  if (!files.paths.includes(manifest)) return refuse("ARCHIVE_MISMATCH", manifest, "it is not there");
  const text = decodeUtf8(files.read(manifest), { file: "", family: "PAYLOAD" });
  if (!text.ok) return refuse("MALFORMED", manifest, "it is not UTF-8");
  const envelope = verifyEnvelope(text.value.replace(/\n$/, ""), archivePayloadType, trust);
  if (!envelope.ok) return refuse(envelope.error.code, manifest, envelope.error.detail);
  const archive = parseManifest(envelope.value.payload);
  if (archive === undefined) return refuse("MALFORMED", manifest, `it is no ${archiveFormat}`);
  const declared = new Set([manifest, ...archive.files.map(({ path }) => path)]);
  const stranger = files.paths.find((path) => !declared.has(path));
  if (stranger !== undefined) return refuse("ARCHIVE_MISMATCH", stranger, "the manifest does not know it");
  const there = new Set(files.paths);
  for (const { digest, path } of archive.files) {
    if (!there.has(path)) return refuse("ARCHIVE_MISMATCH", path, "it is not there");
    if (`sha256:${sha256OfBytes(files.read(path))}` !== digest) {
      return refuse("ARCHIVE_MISMATCH", path, "it is not what was archived");
    }
  }
  return ok({ keyid: envelope.value.keyid, archive });
}

/** The log and the receipt of one execution, as files of their own would hold them. */
export interface ArchivedParts {
  readonly log: Uint8Array;
  readonly receipt: Uint8Array;
}

/** Cuts the logs and the receipts of an archive apart. `undefined`: they are more or fewer than the manifest says. */
export function cutArchive(
  { executions }: Pick<Archive, "executions">,
  files: Pick<ArchiveFiles, "read">,
): readonly ArchivedParts[] | undefined {
  const [logs, receipts] = [files.read(archivePaths.logs), files.read(archivePaths.receipts)];
  const [cutLogs, cutReceipts] = [byteLines(logs), byteLines(receipts)];
  const total = executions.reduce((sum, { records }) => sum + records, 0);
  if (cutLogs.lines.length !== total || cutReceipts.lines.length !== executions.length) return undefined;
  if (cutLogs.rest.length > 0 || cutReceipts.rest.length > 0) return undefined;
  let [line, from] = [0, 0];
  return executions.map(({ records }, index) => {
    const own = cutLogs.lines.slice(line, line + records);
    const to = own.reduce((end, { length }) => end + length + 1, from);
    const parts = { log: logs.subarray(from, to), receipt: present(cutReceipts.lines[index]) };
    [line, from] = [line + records, to];
    return parts;
  });
}

/** That, and that every execution in it holds: its receipt, its log, and the snapshot that both name. */
export function verifyArchive(files: ArchiveFiles, checks: ArchiveChecks): Result<VerifiedArchive, ArchiveRefusal> {
  const opened = openArchive(files, checks);
  if (!opened.ok) return opened;
  const { archive } = opened.value;
  const parts = cutArchive(archive, files);
  if (parts === undefined) return refuse("ARCHIVE_MISMATCH", archivePaths.logs, "the manifest says of other lines");
  for (const [index, one] of archive.executions.entries()) {
    const verified = verifyReceipt(present(parts[index]), checks);
    if (!verified.ok) {
      const { code, detail, revision } = verified.error;
      const where = { file: archivePaths.receipts, detail: `${one.execution}: ${detail}` };
      return err({ code, ...where, ...(revision === undefined ? {} : { revision }) });
    }
    if (!isThat({ ...one, tenant: archive.tenant }, verified.value)) {
      return refuse("ARCHIVE_MISMATCH", archivePaths.receipts, `the manifest says otherwise of ${one.execution}`);
    }
  }
  for (const digest of new Set(archive.executions.map(({ snapshot }) => snapshot))) {
    const path = archivePaths.snapshot(digest);
    const decoded = decodeSnapshotFile(files.read(path), { ...checks, digest });
    if (!decoded.ok) return refuse(decoded.error.code, path, `${decoded.error.object}: ${decoded.error.detail}`);
  }
  return opened;
}

const isThat = (one: ArchivedExecution & { readonly tenant: string }, verified: VerifiedReceipt): boolean =>
  (["execution", "head", "records", "snapshot", "tenant", "workflow"] as const).every(
    (field) => one[field] === verified[field],
  );

const refuse = (code: ArchiveRefusal["code"], file: string, detail: string): Result<never, ArchiveRefusal> =>
  err({ code, file, detail });

/** What each execution needs stands among the files, so whoever has the manifest may read it. */
function parseManifest(payload: string): Archive | undefined {
  const value = parseCanonical(payload);
  if (!hasExactly(value, ["executions", "files", "format", "tenant"])) return undefined;
  const { executions, files, format, tenant } = value;
  if (format !== archiveFormat || typeof tenant !== "string") return undefined;
  if (!isListOf(executions, isExecution) || !isListOf(files, isFile)) return undefined;
  const paths = new Set(files.map(({ path }) => path));
  const needed = [
    archivePaths.logs,
    archivePaths.receipts,
    ...executions.map((one) => archivePaths.snapshot(one.snapshot)),
  ];
  const isWhole = needed.every((path) => paths.has(path));
  return isWhole ? { tenant, executions, files } : undefined;
}

const isListOf = <T>(value: Json, isOne: (one: unknown) => one is T): value is Json & readonly T[] =>
  Array.isArray(value) && value.every(isOne);

const isExecution = (value: unknown): value is ArchivedExecution =>
  hasExactly(value, ["execution", "head", "records", "snapshot", "workflow"]) &&
  [value.execution, value.head, value.snapshot, value.workflow].every((text) => typeof text === "string") &&
  typeof value.records === "number";

const isFile = (value: unknown): value is ArchivedFile =>
  hasExactly(value, ["digest", "path"]) && typeof value.digest === "string" && typeof value.path === "string";

import { signEnvelope, verifyEnvelope, type EnvelopeRefusal, type Signer, type Trust } from "../evidence/dsse.ts";
import type { Graph } from "../graph/graph.ts";
import { byteLines } from "../value/byte-lines.ts";
import { parseCanonical } from "../value/canonical-text.ts";
import { hasExactly } from "../value/exact-keys.ts";
import { isObject, type Json } from "../value/json.ts";
import { err, ok, type Err, type Result } from "../value/result.ts";
import { digestOf, type Digest, type Sha256 } from "../value/sha256.ts";
import { decodeUtf8 } from "../value/utf8-text.ts";
import type { Authority, Compiled, StoreKind } from "./compiled.ts";
import { snapshotFormat, type Sealed } from "./seal.ts";

export const snapshotPayloadType = "application/vnd.omnibase.snapshot.v1+json";

/** What the runtime executes: verified, whole, and nothing besides. */
export interface Snapshot extends Compiled {
  readonly digest: Digest;
  /** The key that answers for it. */
  readonly keyid: Digest;
}

export interface SnapshotRefusal {
  readonly code: SnapshotRefusalCode;
  /** Identity of the artifact, `graph <workflow>`, or the part of the file: envelope, signature, manifest, file. */
  readonly object: string;
  readonly detail: string;
}

export type SnapshotRefusalCode =
  | "SNAPSHOT_TAMPERED"
  | "SNAPSHOT_UNTRUSTED"
  | "SNAPSHOT_MALFORMED"
  | "SNAPSHOT_MISSING";

/**
 * One snapshot as one file: the signed manifest, then one line for each object and for each graph, in the order of their
 * identities. Nothing else has a place in it, so every byte is vouched for.
 */
export function encodeSnapshotFile(sealed: Sealed, signer: Signer): string {
  const lines = [
    signEnvelope(snapshotPayloadType, sealed.manifest, signer),
    ...inOrder(sealed.objects).map(([, text]) => text),
    ...inOrder(sealed.graphs).map(([, text]) => text),
  ];
  return `${lines.join("\n")}\n`;
}

export interface DecodeSnapshotOptions {
  readonly sha256: Sha256;
  readonly trust: Trust;
  /** Which snapshot it must be. Absent: whichever a trusted key signed. */
  readonly digest?: Digest;
}

/** Recomputes every hash and verifies the signature. Takes bytes, because a changed byte may spell the same text. */
export function decodeSnapshotFile(
  bytes: Uint8Array,
  options: DecodeSnapshotOptions,
): Result<Snapshot, SnapshotRefusal> {
  const { lines, rest } = byteLines(bytes);
  const [first, ...others] = lines;
  const text = first === undefined ? undefined : textOf(first);
  if (text === undefined) return refuse("SNAPSHOT_MALFORMED", "envelope", "the first line is not whole UTF-8");
  const envelope = verifyEnvelope(text, snapshotPayloadType, options.trust);
  if (!envelope.ok) return refuseEnvelope(envelope.error);
  const { payload, keyid } = envelope.value;
  const digest = digestOf(options.sha256, payload);
  if (options.digest !== undefined && options.digest !== digest) {
    return refuse("SNAPSHOT_TAMPERED", "manifest", `it is snapshot ${digest}, not ${options.digest}`);
  }
  const manifest = parseManifest(payload);
  if (manifest === undefined) return refuse("SNAPSHOT_MALFORMED", "manifest", `it is no ${snapshotFormat}`);
  const parts = partsOf(manifest);
  const values = readParts(parts, others, options.sha256);
  if (!values.ok) return values;
  if (others.length > parts.length || rest.length > 0) {
    return refuse("SNAPSHOT_TAMPERED", "file", "bytes follow the last object");
  }
  return assemble(manifest, values.value, { digest, keyid });
}

const envelopeCodes = {
  MALFORMED: { code: "SNAPSHOT_MALFORMED", object: "envelope" },
  UNKNOWN_KEY: { code: "SNAPSHOT_UNTRUSTED", object: "signature" },
  BAD_SIGNATURE: { code: "SNAPSHOT_TAMPERED", object: "signature" },
} as const;

function refuseEnvelope({ code, detail }: EnvelopeRefusal): Err<SnapshotRefusal> {
  return err({ ...envelopeCodes[code], detail });
}

const refuse = (code: SnapshotRefusalCode, object: string, detail: string): Err<SnapshotRefusal> =>
  err({ code, object, detail });

interface Manifest {
  readonly authority: Authority;
  readonly graphs: Texts;
  readonly implementations: Texts;
  readonly objects: Texts;
}

type Texts = { readonly [name: string]: string };

function parseManifest(payload: string): Manifest | undefined {
  const value = parseCanonical(payload);
  if (!hasExactly(value, ["authority", "format", "graphs", "implementations", "objects"])) return undefined;
  const { authority, format, graphs, implementations, objects } = value;
  if (format !== snapshotFormat || !isTexts(graphs) || !isTexts(implementations) || !isTexts(objects)) return undefined;
  return isAuthority(authority) ? { authority, graphs, implementations, objects } : undefined;
}

const isText = (value: unknown): value is string => typeof value === "string";
const isTexts = (value: Json): value is Texts => isObject(value) && Object.values(value).every(isText);

function isAuthority(value: unknown): value is Authority {
  if (!hasExactly(value, ["hosts", "stores"]) || !isObject(value.stores)) return false;
  return Array.isArray(value.hosts) && value.hosts.every(isText) && Object.values(value.stores).every(isStoreGrant);
}

/** Closed, so that a kind that is new to this version is refused before anything runs. */
const storeKinds: { readonly [kind in StoreKind]: true } = { registry: true };

const isStoreGrant = (value: Json): boolean =>
  hasExactly(value, ["file", "kind"]) &&
  isText(value.file) &&
  isText(value.kind) &&
  Object.hasOwn(storeKinds, value.kind);

/** One line of the file: what it is called in a refusal, and what its bytes must hash to. */
interface Part {
  readonly object: string;
  readonly digest: Digest;
}

const partsOf = ({ objects, graphs }: Manifest): readonly Part[] => [
  ...inOrder(objects).map(([object, digest]) => ({ object, digest })),
  ...inOrder(graphs).map(([workflow, digest]) => ({ object: `graph ${workflow}`, digest })),
];

/** Checks every line against its digest. Lines cannot be moved, so the first that fails is the one that was changed. */
function readParts(
  parts: readonly Part[],
  lines: readonly Uint8Array[],
  sha256: Sha256,
): Result<readonly Json[], SnapshotRefusal> {
  const values: Json[] = [];
  for (const [index, { object, digest }] of parts.entries()) {
    const line = lines[index];
    if (line === undefined) return refuse("SNAPSHOT_TAMPERED", object, "the file ends before it is whole");
    const text = textOf(line);
    if (text === undefined) return refuse("SNAPSHOT_TAMPERED", object, "it is not UTF-8");
    const actual = digestOf(sha256, text);
    if (actual !== digest) return refuse("SNAPSHOT_TAMPERED", object, `its digest is ${actual}, not ${digest}`);
    const value = parseCanonical(text);
    if (value === undefined) return refuse("SNAPSHOT_MALFORMED", object, "it is not canonical JSON");
    values.push(value);
  }
  return ok(values);
}

function assemble(
  { authority, graphs, implementations, objects }: Manifest,
  values: readonly Json[],
  { digest, keyid }: { readonly digest: Digest; readonly keyid: Digest },
): Result<Snapshot, SnapshotRefusal> {
  const identities = inOrder(objects).map(([identity]) => identity);
  const artifacts = identities.map((identity, index): [string, Json] => [identity, values[index] ?? null]);
  const lowered: [string, Graph][] = [];
  for (const [index, [workflow]] of inOrder(graphs).entries()) {
    const graph = values[identities.length + index];
    if (!isGraph(graph, workflow)) {
      return refuse("SNAPSHOT_MALFORMED", `graph ${workflow}`, "it is no graph of that workflow in a known format");
    }
    lowered.push([workflow, graph]);
  }
  return ok({
    digest,
    keyid,
    authority,
    implementations,
    objects: Object.fromEntries(artifacts),
    graphs: Object.fromEntries(lowered),
  });
}

/** Only the compiler makes graphs and a trusted key signed this one, so the format says the rest. */
function isGraph(value: unknown, workflow: string): value is Graph {
  if (!hasExactly(value, ["format", "places", "scopes", "start", "workflow"])) return false;
  return value.format === "omnibase-graph/1" && value.workflow === workflow;
}

function textOf(bytes: Uint8Array): string | undefined {
  const decoded = decodeUtf8(bytes, { file: "", family: "PAYLOAD" });
  return decoded.ok ? decoded.value : undefined;
}

/** By UTF-16 code units, like the keys of the manifest. */
const inOrder = (table: Texts): readonly (readonly [string, string])[] =>
  Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1));

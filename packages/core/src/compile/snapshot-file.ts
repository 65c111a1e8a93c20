import { signEnvelope, verifyEnvelope, type EnvelopeRefusal, type Signer, type Trust } from "../evidence/dsse.ts";
import { storeKinds } from "../entity/kinds.ts";
import type { Graph } from "../graph/graph.ts";
import { byteLines } from "../value/byte-lines.ts";
import { parseCanonical } from "../value/canonical-text.ts";
import { hasExactly } from "../value/exact-keys.ts";
import { isObject, type Json } from "../value/json.ts";
import { err, ok, type Err, type Result } from "../value/result.ts";
import { digestOf, type Digest, type Sha256 } from "../value/sha256.ts";
import { decodeUtf8 } from "../value/utf8-text.ts";
import type { Authority, Compiled } from "./compiled.ts";
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
  const parts = readParts(manifest, others, options.sha256);
  if (!parts.ok) return parts;
  if (others.length > parts.value.lines || rest.length > 0) {
    return refuse("SNAPSHOT_TAMPERED", "file", "bytes follow the last object");
  }
  const { authority, implementations, routes } = manifest;
  const { objects, graphs } = parts.value;
  const doors = routes === undefined ? {} : { routes };
  return ok({ digest, keyid, objects, graphs, implementations, authority, ...doors });
}

const envelopeCodes = {
  MALFORMED: { code: "SNAPSHOT_MALFORMED", object: "envelope" },
  WRONG_TYPE: { code: "SNAPSHOT_UNTRUSTED", object: "envelope" },
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
  readonly routes: Compiled["routes"];
}

type Texts = { readonly [name: string]: string };

function parseManifest(payload: string): Manifest | undefined {
  const value = parseCanonical(payload);
  if (!hasExactly(value, ["authority", "format", "graphs", "implementations", "objects"], ["routes"])) return undefined;
  const { authority, format, graphs, implementations, objects, routes } = value;
  if (format !== snapshotFormat || !isTexts(graphs) || !isTexts(implementations) || !isTexts(objects)) return undefined;
  if (!isAuthority(authority) || !areRoutes(routes)) return undefined;
  return { authority, graphs, implementations, objects, routes };
}

const isText = (value: unknown): value is string => typeof value === "string";
const isTexts = (value: Json): value is Texts => isObject(value) && Object.values(value).every(isText);

function isAuthority(value: unknown): value is Authority {
  if (!hasExactly(value, ["hosts", "stores"], ["actors", "children", "people", "secrets"])) return false;
  const { actors = {}, children = [], hosts, people = [], secrets = [], stores } = value;
  if (!isTexts(actors) || !isObject(stores) || !Object.values(stores).every(isStoreGrant)) return false;
  return [children, hosts, people, secrets].every(areTexts);
}

const areTexts = (value: Json): boolean => Array.isArray(value) && value.every(isText);

/** Only the compiler makes routes, so their form says the rest. */
function areRoutes(value: unknown): value is Compiled["routes"] {
  if (value === undefined) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).every((route) => hasExactly(route, ["admits", "method", "path", "replies", "workflow"]));
}

/** Closed, so that a kind that is new to this version is refused before anything runs. */
const knownKinds: ReadonlySet<string> = new Set(storeKinds);

const isStoreGrant = (value: Json): boolean =>
  hasExactly(value, ["file", "kind"]) && isText(value.file) && isText(value.kind) && knownKinds.has(value.kind);

interface Parts extends Pick<Compiled, "objects" | "graphs"> {
  readonly lines: number;
}

/** Checks every line against its digest. Lines cannot be moved, so the first that fails is the one that was changed. */
function readParts(manifest: Manifest, lines: readonly Uint8Array[], sha256: Sha256): Result<Parts, SnapshotRefusal> {
  const objects: [string, Json][] = [];
  const graphs: [string, Graph][] = [];
  for (const [identity, digest] of inOrder(manifest.objects)) {
    const value = readPart({ object: identity, digest }, lines[objects.length], sha256);
    if (!value.ok) return value;
    objects.push([identity, value.value]);
  }
  for (const [workflow, digest] of inOrder(manifest.graphs)) {
    const object = `graph ${workflow}`;
    const value = readPart({ object, digest }, lines[objects.length + graphs.length], sha256);
    if (!value.ok) return value;
    const graph: unknown = value.value;
    if (!isGraph(graph, workflow)) return refuse("SNAPSHOT_MALFORMED", object, "it is no graph of a known format");
    graphs.push([workflow, graph]);
  }
  const count = objects.length + graphs.length;
  return ok({ objects: Object.fromEntries(objects), graphs: Object.fromEntries(graphs), lines: count });
}

interface Part {
  /** What it is called in a refusal. */
  readonly object: string;
  readonly digest: Digest;
}

function readPart(
  { object, digest }: Part,
  line: Uint8Array | undefined,
  sha256: Sha256,
): Result<Json, SnapshotRefusal> {
  if (line === undefined) return refuse("SNAPSHOT_TAMPERED", object, "the file ends before it is whole");
  const text = textOf(line);
  if (text === undefined) return refuse("SNAPSHOT_TAMPERED", object, "it is not UTF-8");
  const actual = digestOf(sha256, text);
  if (actual !== digest) return refuse("SNAPSHOT_TAMPERED", object, `its digest is ${actual}, not ${digest}`);
  const value = parseCanonical(text);
  return value === undefined ? refuse("SNAPSHOT_MALFORMED", object, "it is not canonical JSON") : ok(value);
}

/** Only the compiler makes graphs and a trusted key signed this one, so the format says the rest. */
function isGraph(value: unknown, workflow: string): value is Graph {
  if (!hasExactly(value, ["format", "places", "scopes", "start", "workflow"], ["signals"])) return false;
  return value.format === "omnibase-graph/1" && value.workflow === workflow;
}

function textOf(bytes: Uint8Array): string | undefined {
  const decoded = decodeUtf8(bytes, { file: "", family: "PAYLOAD" });
  return decoded.ok ? decoded.value : undefined;
}

/** By UTF-16 code units, like the keys of the manifest. */
const inOrder = (table: Texts): readonly (readonly [string, string])[] =>
  Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1));

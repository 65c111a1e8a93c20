import { canonical } from "../value/canonical.ts";
import { parseCanonical } from "../value/canonical-text.ts";
import { hasExactly, type Exactly } from "../value/exact-keys.ts";
import { isObject, type Json, type JsonObject } from "../value/json.ts";
import { err, ok, type Result } from "../value/result.ts";
import { digestOf, type Digest, type Sha256 } from "../value/sha256.ts";
import { decodeUtf8 } from "../value/utf8-text.ts";
import { logLines, verifyChain, type Chain, type ChainBreak, type LogRecord, type StartedBody } from "./chain.ts";
import { signEnvelope, verifyEnvelope, type EnvelopeRefusal, type Signer, type Trust } from "./dsse.ts";

export const receiptPayloadType = "application/vnd.in-toto+json";
const statementType = "https://in-toto.io/Statement/v1";
const predicateType = "urn:omnibase:receipt:v1";

export type SignReceiptRefusal = ChainBreak | { readonly code: "NOT_ENDED"; readonly detail: string };

/**
 * The signed summary of an execution that has ended: one line, without newline. The chain is verified first, so that a
 * damaged log is never vouched for.
 */
export function signReceipt(
  lines: readonly string[],
  { sha256, signer }: { readonly sha256: Sha256; readonly signer: Signer },
): Result<string, SignReceiptRefusal> {
  const chain = verifyChain(lines, { sha256 });
  if (!chain.ok) return chain;
  const predicate = predicateOf(chain.value, sha256);
  if (predicate === undefined) return err({ code: "NOT_ENDED", detail: "the execution has not ended" });
  return ok(signEnvelope(receiptPayloadType, canonical(statementOf(chain.value, predicate)), signer));
}

const statementOf = ({ head, started }: Chain, predicate: Predicate): JsonObject => ({
  _type: statementType,
  predicate,
  predicateType,
  subject: [{ digest: { sha256: head.slice("sha256:".length) }, name: subjectOf(started) }],
});

const subjectOf = ({ tenant, execution }: StartedBody): string => `execution:${tenant}/${execution}`;

const predicateKeys = [
  "completed_at",
  "engine",
  "exit",
  "head",
  "input",
  "isolation",
  "outputs",
  "records",
  "snapshot",
  "started_at",
  "workflow",
] as const;

type Predicate = Exactly<(typeof predicateKeys)[number]>;

/** Everything that a receipt says follows from the log. Undefined where the log does not end. */
function predicateOf({ records, head, started }: Chain, sha256: Sha256): Predicate | undefined {
  const last = records.findLast(({ type }) => type === "Completed" || type === "Cancelled");
  const ending = last === undefined ? undefined : endingOf(last);
  if (ending === undefined) return undefined;
  const digest = (value: Json): Digest => digestOf(sha256, canonical(value));
  return {
    completed_at: ending.at,
    engine: started.engine,
    exit: ending.exit,
    head,
    input: digest(started.input),
    isolation: started.isolation,
    outputs: digest(ending.outputs),
    records: records.length,
    snapshot: started.snapshot,
    started_at: records[0].at,
    workflow: started.workflow,
  };
}

interface Ending {
  readonly at: string;
  readonly exit: JsonObject;
  readonly outputs: Json;
}

/** A cancelled execution left by no exit and has no outputs. */
function endingOf({ at, type, body }: LogRecord): Ending | undefined {
  if (type === "Cancelled") {
    return { at, exit: { class: "cancelled", node: null, outcome: "CANCELLED" }, outputs: {} };
  }
  if (!hasExactly(body, ["class", "emitted", "exit", "outcome", "outputs"])) return undefined;
  return { at, exit: { class: body.class, node: body.exit, outcome: body.outcome }, outputs: body.outputs };
}

export interface VerifiedReceipt {
  readonly tenant: string;
  readonly execution: string;
  readonly workflow: string;
  readonly snapshot: Digest;
  readonly records: number;
  readonly head: Digest;
  readonly keyid: Digest;
}

export interface ReceiptRefusal {
  readonly code: EnvelopeRefusal["code"] | ChainBreak["code"] | "RECEIPT_MISMATCH";
  readonly detail: string;
  /** Where the log fails: the first revision that does not hold, that is missing, or that is one too many. */
  readonly revision?: number;
}

export interface ReceiptFiles {
  /** The receipt as a file: its line may end with one newline. */
  readonly receipt: Uint8Array;
  readonly log: Uint8Array;
}

/**
 * Whether the holder of a trusted key recorded exactly this log. Three links: the key signed the statement, the statement
 * names the log's head, and whatever else it says is what the log says.
 */
export function verifyReceipt(
  { receipt, log }: ReceiptFiles,
  { sha256, trust }: { readonly sha256: Sha256; readonly trust: Trust },
): Result<VerifiedReceipt, ReceiptRefusal> {
  const claim = claimIn(receipt, trust);
  if (!claim.ok) return claim;
  const lines = logLines(log);
  if (!lines.ok) return lines;
  const chain = verifyChain(lines.value, { sha256 });
  if (!chain.ok) return chain;
  const difference = endDifference(chain.value, claim.value) ?? predicateDifference(chain.value, claim.value, sha256);
  if (difference !== undefined) return err(difference);
  const { head, records, started } = chain.value;
  const { tenant, execution, workflow, snapshot } = started;
  const { keyid } = claim.value;
  return ok({ tenant, execution, workflow, snapshot, records: records.length, head, keyid });
}

/**
 * What a trusted key says of an execution whose log is not at hand. It holds against the head that was remembered of it,
 * with {@link contradiction}; what else it says of the log nobody can check without the log.
 */
export function readReceipt(
  receipt: Uint8Array,
  { trust }: { readonly trust: Trust },
): Result<VerifiedReceipt, ReceiptRefusal> {
  const claim = claimIn(receipt, trust);
  if (!claim.ok) return claim;
  const { head, keyid, predicate, records, subject } = claim.value;
  const [, tenant = "", execution = ""] = /^execution:([^/]*)\/(.*)$/s.exec(subject) ?? [];
  const { snapshot, workflow } = predicate;
  if (typeof snapshot !== "string" || typeof workflow !== "string") return malformed("names no snapshot and workflow");
  return ok({ tenant, execution, workflow, snapshot, records, head, keyid });
}

/** What is remembered of an execution when its log is gone. */
export type RememberedLog = Pick<VerifiedReceipt, "head" | "records" | "snapshot" | "workflow">;

/** Where a receipt says otherwise than what is remembered. */
export function contradiction(receipt: VerifiedReceipt, remembered: RememberedLog): ReceiptRefusal | undefined {
  const fields = ["head", "records", "snapshot", "workflow"] as const;
  const field = fields.find((one) => receipt[one] !== remembered[one]);
  return field === undefined ? undefined : mismatch(`says of \`${field}\` what is not remembered`);
}

function claimIn(receipt: Uint8Array, trust: Trust): Result<Claim & { readonly keyid: Digest }, ReceiptRefusal> {
  const text = decodeUtf8(receipt, { file: "", family: "PAYLOAD" });
  if (!text.ok) return err({ code: "MALFORMED", detail: "the receipt is not UTF-8" });
  const envelope = verifyEnvelope(text.value.replace(/\n$/, ""), receiptPayloadType, trust);
  if (!envelope.ok) return envelope;
  const claim = parseClaim(envelope.value.payload);
  return claim.ok ? ok({ ...claim.value, keyid: envelope.value.keyid }) : claim;
}

interface Claim {
  readonly records: number;
  readonly head: string;
  readonly subject: string;
  readonly predicate: Predicate;
}

function parseClaim(payload: string): Result<Claim, ReceiptRefusal> {
  const value = parseCanonical(payload);
  if (!hasExactly(value, ["_type", "predicate", "predicateType", "subject"])) return malformed("is no statement");
  const { _type: type, predicate, subject } = value;
  if (type !== statementType || value.predicateType !== predicateType) return malformed("is of another type");
  if (!hasExactly(predicate, predicateKeys)) return malformed("has another predicate");
  const [only, ...others] = Array.isArray(subject) ? subject : [];
  if (others.length > 0 || !hasExactly(only, ["digest", "name"])) return malformed("has another subject");
  const { records, head } = predicate;
  if (typeof records !== "number" || typeof head !== "string") return malformed("names no head");
  if (typeof only.name !== "string" || !isObject(only.digest)) return malformed("names no subject");
  if (canonical(only.digest) !== canonical({ sha256: head.slice("sha256:".length) })) {
    return malformed("has a subject that is not its head");
  }
  return ok({ records, head, subject: only.name, predicate });
}

const malformed = (what: string): Result<never, ReceiptRefusal> =>
  err({ code: "MALFORMED", detail: `the receipt ${what}` });

function endDifference({ records, head }: Chain, claim: Claim): ReceiptRefusal | undefined {
  if (records.length === claim.records && head === claim.head) return undefined;
  const revision = records.length === claim.records ? records.length : Math.min(records.length, claim.records) + 1;
  const detail = `the log ends at ${String(records.length)} ${head}, the receipt says ${String(claim.records)} ${claim.head}`;
  return { code: "CHAIN_BROKEN", detail, revision };
}

/** Rebuilds what the receipt should say and names the first field in which it departs from that. */
function predicateDifference(chain: Chain, claim: Claim, sha256: Sha256): ReceiptRefusal | undefined {
  if (claim.subject !== subjectOf(chain.started)) return mismatch("is of another execution");
  const expected = predicateOf(chain, sha256);
  if (expected === undefined) return mismatch("is of an execution that has not ended");
  const field = predicateKeys.find((key) => canonical(claim.predicate[key]) !== canonical(expected[key]));
  return field === undefined ? undefined : mismatch(`says of \`${field}\` what the log does not`);
}

const mismatch = (what: string): ReceiptRefusal => ({ code: "RECEIPT_MISMATCH", detail: `the receipt ${what}` });

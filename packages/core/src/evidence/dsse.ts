import { base64Bytes, base64Text } from "../value/base64.ts";
import { parseCanonical } from "../value/canonical-text.ts";
import { canonical } from "../value/canonical.ts";
import { hasExactly } from "../value/exact-keys.ts";
import type { Json } from "../value/json.ts";
import { err, ok, type Result } from "../value/result.ts";
import type { Digest } from "../value/sha256.ts";
import { utf8Bytes } from "../value/utf8-bytes.ts";
import { decodeUtf8 } from "../value/utf8-text.ts";

/** Signs with one key. The id is the digest of the public key (SPKI, DER). */
export interface Signer {
  readonly keyid: Digest;
  sign(bytes: Uint8Array): Uint8Array;
}

/** The public keys that count. Whoever verifies chooses them; what is verified never does. */
export interface Trust {
  readonly keyids: readonly Digest[];
  /** Asked only of a key in `keyids`. */
  verify(keyid: Digest, bytes: Uint8Array, signature: Uint8Array): boolean;
}

export interface Envelope {
  readonly payloadType: string;
  /** The very bytes that were signed. */
  readonly payload: Uint8Array;
  readonly signatures: readonly EnvelopeSignature[];
}

interface EnvelopeSignature {
  readonly keyid: Digest;
  readonly signature: Uint8Array;
}

export interface EnvelopeRefusal {
  readonly code: "MALFORMED" | "WRONG_TYPE" | "UNKNOWN_KEY" | "BAD_SIGNATURE";
  readonly detail: string;
}

/** What DSSE signs: type and payload, each behind its length, so that neither can pass for the other. */
export function preAuthentication(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = utf8Bytes(payloadType);
  const head = utf8Bytes(`DSSEv1 ${String(type.length)} ${payloadType} ${String(payload.length)} `);
  const bytes = new Uint8Array(head.length + payload.length);
  bytes.set(head);
  bytes.set(payload, head.length);
  return bytes;
}

/** The canonical text of an envelope: the only one that {@link parseEnvelope} reads back. */
export const envelopeText = ({ payloadType, payload, signatures }: Envelope): string =>
  canonical({
    payload: base64Text(payload),
    payloadType,
    signatures: signatures.map(({ keyid, signature }) => ({ keyid, sig: base64Text(signature) })),
  });

export function signEnvelope(payloadType: string, payload: string, signer: Signer): string {
  const bytes = utf8Bytes(payload);
  const signature = signer.sign(preAuthentication(payloadType, bytes));
  return envelopeText({ payloadType, payload: bytes, signatures: [{ keyid: signer.keyid, signature }] });
}

/** Reads an envelope that equals its canonical re-encoding. Says nothing about who signed it. */
export function parseEnvelope(text: string): Result<Envelope, EnvelopeRefusal> {
  const value = parseCanonical(text);
  if (value === undefined) return malformed("the envelope is not canonical JSON");
  if (!hasExactly(value, ["payload", "payloadType", "signatures"])) return malformed("the envelope has other keys");
  const { payload, payloadType, signatures } = value;
  if (typeof payloadType !== "string") return malformed("the payload type is not a text");
  const bytes = typeof payload === "string" ? base64Bytes(payload) : undefined;
  if (bytes === undefined) return malformed("the payload is not canonical base64");
  const parsed = Array.isArray(signatures) ? signatures.map(parseSignature) : [undefined];
  const whole = parsed.filter((signature) => signature !== undefined);
  if (whole.length < parsed.length) return malformed("the signatures are not such");
  return ok({ payloadType, payload: bytes, signatures: whole });
}

function parseSignature(value: Json): EnvelopeSignature | undefined {
  if (!hasExactly(value, ["keyid", "sig"]) || typeof value.keyid !== "string") return undefined;
  const signature = typeof value.sig === "string" ? base64Bytes(value.sig) : undefined;
  return signature === undefined ? undefined : { keyid: value["keyid"], signature };
}

export interface VerifiedEnvelope {
  readonly payload: string;
  readonly keyid: Digest;
}

/**
 * The payload, where exactly one signature stands and a trusted key made it. A second signature would be bytes that
 * nobody answers for, so it is refused like a strange one.
 */
export function verifyEnvelope(
  text: string,
  payloadType: string,
  trust: Trust,
): Result<VerifiedEnvelope, EnvelopeRefusal> {
  const parsed = parseEnvelope(text);
  if (!parsed.ok) return parsed;
  const { payload, signatures } = parsed.value;
  if (parsed.value.payloadType !== payloadType) {
    // Whoever signed it said something else than what it is shown for.
    return err({ code: "WRONG_TYPE", detail: `the payload type is not ${payloadType}` });
  }
  const [only] = signatures;
  if (only === undefined || signatures.length > 1 || !trust.keyids.includes(only.keyid)) {
    const who = signatures.map(({ keyid }) => keyid).join(", ") || "nobody";
    return err({ code: "UNKNOWN_KEY", detail: `signed by ${who}, which is not one trusted key` });
  }
  if (!trust.verify(only.keyid, preAuthentication(payloadType, payload), only.signature)) {
    return err({ code: "BAD_SIGNATURE", detail: "the signature does not fit the payload" });
  }
  const decoded = decodeUtf8(payload, { file: "", family: "PAYLOAD" });
  return decoded.ok ? ok({ payload: decoded.value, keyid: only.keyid }) : malformed("the payload is not UTF-8");
}

const malformed = (detail: string): Result<never, EnvelopeRefusal> => err({ code: "MALFORMED", detail });

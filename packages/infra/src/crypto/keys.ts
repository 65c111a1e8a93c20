import { createPrivateKey, createPublicKey, hash, sign, verify, type KeyObject } from "node:crypto";
import { err, ok, type Digest, type Result, type Signer, type Trust } from "@omnibase/core";

/** Someone's public key: who made a signature, and how to check it without us. */
export interface PublicKey {
  readonly keyid: Digest;
  readonly publicKeyPem: string;
  verify(bytes: Uint8Array, signature: Uint8Array): boolean;
}

/** A key that signs. The private half never leaves it. */
export interface SigningKey extends PublicKey, Signer {}

export interface KeyMalformed {
  readonly code: "KEY_MALFORMED";
  readonly detail: string;
}

/** `sha256:` of the public key in SPKI DER, as receipts and snapshots name it. */
export const keyidOf = (key: KeyObject): Digest =>
  `sha256:${hash("sha256", key.export({ type: "spki", format: "der" }))}`;

/** Reads a public key in PEM. Only Ed25519 signs here; and a private key is not taken for its public half. */
export function readPublicKey(pem: string): Result<PublicKey, KeyMalformed> {
  const key = pem.includes("PRIVATE KEY") ? undefined : parsed(() => createPublicKey(pem));
  return key === undefined ? malformed("it is no Ed25519 public key in PEM") : ok(publicKeyOf(key));
}

/** Reads a private key in PKCS #8 PEM. */
export function readSigningKey(pem: string): Result<SigningKey, KeyMalformed> {
  const key = parsed(() => createPrivateKey(pem));
  if (key === undefined) return malformed("it is no Ed25519 private key in PEM");
  return ok({ ...publicKeyOf(createPublicKey(key)), sign: (bytes) => sign(null, bytes, key) });
}

/** Trusts these keys and no other. */
export function trustOf(keys: readonly PublicKey[]): Trust {
  const byId = new Map(keys.map((key) => [key.keyid, key]));
  return {
    keyids: [...byId.keys()],
    verify: (keyid, bytes, signature) => byId.get(keyid)?.verify(bytes, signature) ?? false,
  };
}

const publicKeyOf = (key: KeyObject): PublicKey => ({
  keyid: keyidOf(key),
  publicKeyPem: key.export({ type: "spki", format: "pem" }).toString(),
  verify: (bytes, signature) => verify(null, bytes, key, signature),
});

/** The platform throws at what it cannot read, and of what it can read only one kind will do. */
function parsed(read: () => KeyObject): KeyObject | undefined {
  try {
    const key = read();
    return key.asymmetricKeyType === "ed25519" ? key : undefined;
  } catch {
    return undefined;
  }
}

const malformed = (detail: string): Result<never, KeyMalformed> => err({ code: "KEY_MALFORMED", detail });

import { createHash, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import type { Sha256, Signer, Trust } from "@omnibase/core";

export const sha256: Sha256 = (text) => createHash("sha256").update(text).digest("hex");

export interface TestKey extends Signer {
  readonly publicKeyPem: string;
  /** Trusts this key alone. */
  readonly trust: Trust;
}

/** PKCS #8 of an Ed25519 key, up to its 32 secret bytes. */
const prefixHex = "302e020100300506032b657004220420";

/** A real key that is the same in every test that names it so, and therefore worth nothing outside. */
export function testKey(name: string): TestKey {
  const seed = createHash("sha256").update(`a key for tests: ${name}`).digest();
  const secret = createPrivateKey({
    key: Buffer.concat([Buffer.from(prefixHex, "hex"), seed]),
    format: "der",
    type: "pkcs8",
  });
  const open = createPublicKey(secret);
  const keyid = `sha256:${createHash("sha256")
    .update(open.export({ type: "spki", format: "der" }))
    .digest("hex")}`;
  return {
    keyid,
    publicKeyPem: open.export({ type: "spki", format: "pem" }).toString(),
    sign: (bytes) => sign(null, bytes, secret),
    trust: { keyids: [keyid], verify: (_, bytes, signature) => verify(null, bytes, open, signature) },
  };
}

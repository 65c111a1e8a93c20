import { createECDH, createHash, createHmac, createPublicKey, pbkdf2Sync, verify } from "node:crypto";
import { isObject, type JsonObject, type PureTransform } from "@omnibase/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveMasterKey } from "./derive-master-key.ts";
import { ecdsaSign } from "./ecdsa-sign.ts";
import { entropyToMnemonic } from "./entropy-to-mnemonic.ts";
import { mnemonicToSeed } from "./mnemonic-to-seed.ts";
import { privateKeyToPublic } from "./private-key-to-public.ts";

/** The platform computes most of it, too, by other code. */
const curves = [
  ["secp256k1", "secp256k1"],
  ["secp256r1", "prime256v1"],
] as const;

const hex = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString("hex")}`;
const valueOf = (answer: ReturnType<PureTransform>): JsonObject => (isObject(answer.value) ? answer.value : {});
const textAt = (value: JsonObject, name: string): string => {
  const text = value[name];
  return typeof text === "string" ? text : "";
};

/** Above 0 and below every order. */
const key = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Uint8Array.from(bytes, (byte, at) => (at === 0 ? byte & 127 : at === 31 ? byte | 1 : byte)));

describe("the platform agrees", () => {
  it.each(curves)("on the points of %s", (curve, name) => {
    fc.assert(
      fc.property(key, (bytes) => {
        const ecdh = createECDH(name);
        ecdh.setPrivateKey(bytes);
        const known = { outcome: "SUCCESS", value: { public_key_uncompressed_bytes: hex(ecdh.getPublicKey()) } };
        expect(privateKeyToPublic({ private_key_bytes: hex(bytes), curve })).toEqual(known);
      }),
      { numRuns: 30 },
    );
  });

  it.each(curves)("that what is signed on %s is signed by the key, and by no other", (curve, name) => {
    fc.assert(
      fc.property(key, key, fc.uint8Array({ maxLength: 64 }), (bytes, other, message) => {
        fc.pre(hex(bytes) !== hex(other));
        const message_hash = hex(createHash("sha256").update(message).digest());
        const signed = valueOf(ecdsaSign({ private_key_bytes: hex(bytes), message_hash, curve }));
        const signature = Buffer.from(textAt(signed, "signed_bytes").slice(2, 130), "hex");
        const isBy = (signer: Uint8Array): boolean =>
          verify("sha256", message, { key: publicKeyOf(signer, name), dsaEncoding: "ieee-p1363" }, signature);
        expect([isBy(bytes), isBy(other)]).toEqual([true, false]);
      }),
      { numRuns: 30 },
    );
  });

  it("on seeds, whatever the passphrase is written in", () => {
    const entropy = fc.constantFrom(16, 20, 24, 28, 32).chain((n) => fc.uint8Array({ minLength: n, maxLength: n }));
    fc.assert(
      fc.property(entropy, fc.string({ unit: "grapheme" }), (bytes, passphrase) => {
        const mnemonic = textAt(valueOf(entropyToMnemonic({ entropy_bytes: hex(bytes) })), "mnemonic");
        const salt = `mnemonic${passphrase}`.normalize("NFKD");
        const seed_bytes = hex(pbkdf2Sync(mnemonic.normalize("NFKD"), salt, 2_048, 64, "sha512"));
        expect(mnemonicToSeed({ mnemonic, passphrase })).toEqual({ outcome: "SUCCESS", value: { seed_bytes } });
      }),
      { numRuns: 20 },
    );
  });

  it("on the roots of trees", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 64 }), (seed) => {
        const mac = createHmac("sha512", "Bitcoin seed").update(seed).digest();
        expect(valueOf(deriveMasterKey({ seed_bytes: hex(seed) }))).toEqual({
          master_private_key_bytes: hex(mac.subarray(0, 32)),
          master_chain_code_bytes: hex(mac.subarray(32)),
        });
      }),
      { numRuns: 50 },
    );
  });
});

function publicKeyOf(bytes: Uint8Array, name: (typeof curves)[number][1]): ReturnType<typeof createPublicKey> {
  const ecdh = createECDH(name);
  ecdh.setPrivateKey(bytes);
  const point = ecdh.getPublicKey();
  const crv = name === "secp256k1" ? "secp256k1" : "P-256";
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
  return createPublicKey({ format: "jwk", key: { kty: "EC", crv, x: x ?? "", y: y ?? "" } });
}

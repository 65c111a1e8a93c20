import type { PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { curveNamed } from "./curves.ts";
import { bytesOf, hexOf } from "./hex-bytes.ts";

/** Signs a hash. `v` says which of the possible signers it was, and is the last byte of the whole. */
export const ecdsaSign: PureTransform = ({ private_key_bytes, message_hash, curve: name = "secp256k1" }) => {
  const curve = curveNamed(name);
  if (curve === undefined) return violation("curve", "it must be secp256k1 or secp256r1");
  const key = bytesOf(private_key_bytes, 32);
  if (key === undefined || !curve.isKey(key)) {
    return violation("private_key_bytes", "it must be a key of the curve: 0x and 32 bytes");
  }
  const hash = bytesOf(message_hash, 32);
  if (hash === undefined) return violation("message_hash", "it must be 0x and 32 bytes in hexadecimal digits");
  const { r, recovery: v, s } = curve.sign(hash, key);
  return success({ r: hexOf(r), s: hexOf(s), v, signed_bytes: hexOf(Uint8Array.of(...r, ...s, v)) });
};

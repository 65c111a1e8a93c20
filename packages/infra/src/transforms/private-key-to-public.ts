import type { PureTransform } from "@omnibase/core";
import { success, violation } from "./answer.ts";
import { curveNamed } from "./curves.ts";
import { bytesOf, hexOf } from "./hex-bytes.ts";

/** The point of a private key, uncompressed. */
export const privateKeyToPublic: PureTransform = ({ private_key_bytes, curve: name = "secp256k1" }) => {
  const curve = curveNamed(name);
  if (curve === undefined) return violation("curve", "it must be secp256k1 or secp256r1");
  const key = bytesOf(private_key_bytes, 32);
  if (key === undefined || !curve.isKey(key)) {
    return violation("private_key_bytes", "it must be a key of the curve: 0x and 32 bytes");
  }
  return success({ public_key_uncompressed_bytes: hexOf(curve.publicKeyOf(key)) });
};

import { p256 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import type { Json } from "@omnibase/core";

/** What transforms do on a curve. A key is 32 bytes: a whole number from 1 that is below the order of the curve. */
export interface Curve {
  readonly isKey: (bytes: Uint8Array) => boolean;
  /** `04`, X and Y. */
  readonly publicKeyOf: (key: Uint8Array) => Uint8Array;
  /** Whether they are a point of the curve, written like that. */
  readonly isPublicKey: (bytes: Uint8Array) => boolean;
  /** Of a hash, with the nonce that RFC 6979 derives: the same key and hash, the same signature. */
  readonly sign: (hash: Uint8Array, key: Uint8Array) => Signature;
}

interface Signature {
  readonly r: Uint8Array;
  readonly s: Uint8Array;
  /** Which of the points with this `r` the signer's was: 0 or 1, and 2 or 3 where the x of the point is past the order. */
  readonly recovery: number;
}

/** The curve of Bitcoin and Ethereum, which take no signature but the one with the lower `s`. */
export const ethereumCurve: Curve = curveOf(secp256k1, true);

const curves: ReadonlyMap<Json, Curve> = new Map([
  ["secp256k1", ethereumCurve],
  ["secp256r1", curveOf(p256, false)],
]);

export const curveNamed = (name: Json): Curve | undefined => curves.get(name);

function curveOf(library: typeof secp256k1, lowS: boolean): Curve {
  return {
    isKey: (bytes) => library.utils.isValidSecretKey(bytes),
    publicKeyOf: (key) => library.getPublicKey(key, false),
    isPublicKey: (bytes) => library.utils.isValidPublicKey(bytes, false),
    sign: (hash, key) => {
      const signed = library.sign(hash, key, { prehash: false, lowS, format: "recovered" });
      return { r: signed.slice(1, 33), s: signed.slice(33), recovery: signed[0] ?? 0 };
    },
  };
}
